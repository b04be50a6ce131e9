/**
 * Results as Apache Arrow; {@link io.lakesdk.query.arrow.ArrowRows} is the door. Needs {@code
 * org.apache.arrow:arrow-vector} and one of Arrow's allocators on the class path, and the JVM's
 * option {@code --add-opens=java.base/java.nio=ALL-UNNAMED}.
 */
@NullMarked
package io.lakesdk.query.arrow;

import org.jspecify.annotations.NullMarked;
