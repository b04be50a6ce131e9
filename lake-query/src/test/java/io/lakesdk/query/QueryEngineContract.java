package io.lakesdk.query;

/**
 * What a query engine promises, whatever it runs on. Each class that this extends has one topic:
 * who joins this contract joins them all.
 */
abstract class QueryEngineContract extends QueryControlContract {}
