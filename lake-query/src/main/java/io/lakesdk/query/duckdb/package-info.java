/** What DuckDB is told and tells: names, literals, casts and values. */
@NullMarked
package io.lakesdk.query.duckdb;

import org.jspecify.annotations.NullMarked;
