/**
 * Databases as federated sources. {@link io.lakesdk.query.federated.jdbc.JdbcSource} finds tables,
 * {@code JdbcTypes} says what becomes of types, and {@code JdbcConditions} which part of a
 * statement's conditions a database may be asked.
 */
@NullMarked
package io.lakesdk.query.federated.jdbc;

import org.jspecify.annotations.NullMarked;
