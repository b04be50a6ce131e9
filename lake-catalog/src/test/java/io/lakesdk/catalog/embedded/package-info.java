@NullMarked
package io.lakesdk.catalog.embedded;

import org.jspecify.annotations.NullMarked;
