/**
 * What all engines do with rows: {@link io.lakesdk.query.rows.RowStream} turns values that come row
 * by row into the streams that {@link io.lakesdk.query.Rows} promises.
 */
@NullMarked
package io.lakesdk.query.rows;

import org.jspecify.annotations.NullMarked;
