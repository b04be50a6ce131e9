/**
 * Pieces of SQL for DuckDB. A {@link io.lakesdk.query.sql.render.Typed} is an expression with its
 * type; {@link io.lakesdk.query.sql.render.Casts} turns one type into another, {@link
 * io.lakesdk.query.sql.render.Template} puts expressions into a pattern without evaluating any
 * twice, {@link io.lakesdk.query.sql.render.Decimals} does exact arithmetic.
 */
@NullMarked
package io.lakesdk.query.sql.render;

import org.jspecify.annotations.NullMarked;
