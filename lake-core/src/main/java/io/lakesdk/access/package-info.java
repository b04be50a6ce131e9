/**
 * How layers ask whether somebody may do something. {@link io.lakesdk.access.AccessControl} is what
 * layers call, through {@code lake.access()}; {@link io.lakesdk.access.AccessPolicy} is what
 * lake-security implements. A dataset may be visible in part: {@link io.lakesdk.access.DatasetView}
 * says which columns and rows.
 */
@NullMarked
package io.lakesdk.access;

import org.jspecify.annotations.NullMarked;
