/**
 * The functions of Athena's SQL. Each theme has its table, such as {@code StringFunctions}; a line
 * there is a signature in Trino's notation and what it becomes in DuckDB. To add a function, add a
 * line to the table of its theme.
 */
@NullMarked
package io.lakesdk.query.sql.function.library;

import org.jspecify.annotations.NullMarked;
