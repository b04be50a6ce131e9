/** Publishing on the metadata database of an embedded lake. */
@NullMarked
package io.lakesdk.publish.embedded;

import org.jspecify.annotations.NullMarked;
