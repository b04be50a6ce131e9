@NullMarked
package io.lakesdk.catalog.aws;

import org.jspecify.annotations.NullMarked;
