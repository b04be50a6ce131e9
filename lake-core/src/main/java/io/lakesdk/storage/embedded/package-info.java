/** Storage of an embedded lake, in memory and in a folder. */
@NullMarked
package io.lakesdk.storage.embedded;

import org.jspecify.annotations.NullMarked;
