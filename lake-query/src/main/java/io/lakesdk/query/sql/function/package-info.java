/**
 * The functions of Athena's SQL. Each theme has its table, such as {@link
 * io.lakesdk.query.sql.function.StringFunctions}; a line there is a signature in Trino's notation
 * and what it becomes in DuckDB. {@link io.lakesdk.query.sql.function.Functions} finds the line
 * that a call means. What SQL cannot say is written in Java, as {@link
 * io.lakesdk.query.sql.function.JavaFunction} has it. To add a function, add a line to the table of
 * its theme.
 */
@NullMarked
package io.lakesdk.query.sql.function;

import org.jspecify.annotations.NullMarked;
