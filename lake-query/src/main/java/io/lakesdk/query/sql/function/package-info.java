/**
 * How functions are described, found and called. {@link
 * io.lakesdk.query.sql.function.FunctionTable} collects those of a theme, which are in the package
 * {@code library}; {@link io.lakesdk.query.sql.function.Functions} finds the line that a call
 * means. What SQL cannot say is written in Java, as {@link
 * io.lakesdk.query.sql.function.JavaFunction} has it.
 */
@NullMarked
package io.lakesdk.query.sql.function;

import org.jspecify.annotations.NullMarked;
