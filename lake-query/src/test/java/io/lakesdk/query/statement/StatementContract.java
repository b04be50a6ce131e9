package io.lakesdk.query.statement;

/**
 * What the statements of an embedded lake promise. Each class that this extends has one topic: who
 * joins this contract joins them all.
 */
abstract class StatementContract extends UnloadStatementContract {}
