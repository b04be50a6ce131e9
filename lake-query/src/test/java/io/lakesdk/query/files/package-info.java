@NullMarked
package io.lakesdk.query.files;

import org.jspecify.annotations.NullMarked;
