/**
 * How publishing in an embedded lake behaves when there is much: many versions, many partitions.
 */
@NullMarked
package io.lakesdk.publish.embedded;

import org.jspecify.annotations.NullMarked;
