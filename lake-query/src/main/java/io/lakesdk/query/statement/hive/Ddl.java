package io.lakesdk.query.statement.hive;

import io.lakesdk.Lake;
import io.lakesdk.query.Rows;

/** A statement of Hive's DDL that changes what tables are, once it was parsed. */
public sealed interface Ddl
    permits CreateExternalTable, AlterTable, AddPartitions, DropPartitions, RepairTable {

  /**
   * Runs it.
   *
   * @param lake as the principal who asks sees it
   * @param database of names without one
   */
  Rows run(Lake lake, String database);
}
