@NullMarked
package io.lakesdk.query.projection;

import org.jspecify.annotations.NullMarked;
