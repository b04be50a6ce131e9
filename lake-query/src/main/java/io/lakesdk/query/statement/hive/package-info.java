/**
 * Hive's DDL as Athena takes and prints it: {@link io.lakesdk.query.statement.hive.HiveTokens}
 * reads its words, and {@link io.lakesdk.query.statement.hive.HiveTable} writes a dataset in it.
 */
@NullMarked
package io.lakesdk.query.statement.hive;

import org.jspecify.annotations.NullMarked;
