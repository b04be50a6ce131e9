package io.lakesdk.query.sql.function;

/** A line of a table: a signature and what a call of it becomes. */
public record ScalarFunction(Signature signature, Renderer renderer) {}
