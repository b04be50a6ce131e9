/**
 * Results of JDBC: {@link io.lakesdk.query.jdbc.result.LakeResultSet} walks a {@link
 * io.lakesdk.query.jdbc.result.Cursor} and turns values as {@link
 * io.lakesdk.query.jdbc.result.Conversion} says; types are described by {@link
 * io.lakesdk.query.jdbc.result.JdbcType}, errors by {@link
 * io.lakesdk.query.jdbc.result.JdbcErrors}. For the driver alone.
 */
@NullMarked
package io.lakesdk.query.jdbc.result;

import org.jspecify.annotations.NullMarked;
