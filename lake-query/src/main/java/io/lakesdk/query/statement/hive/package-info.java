/**
 * Hive's DDL as Athena takes and prints it: {@link io.lakesdk.query.statement.hive.HiveTokens}
 * reads its words, {@link io.lakesdk.query.statement.hive.DdlParser} makes statements of them that
 * change tables, each a {@link io.lakesdk.query.statement.hive.Ddl}, and {@link
 * io.lakesdk.query.statement.hive.HiveTable} writes a dataset in it. {@code HiveFormats} says which
 * SerDe is which format.
 */
@NullMarked
package io.lakesdk.query.statement.hive;

import org.jspecify.annotations.NullMarked;
