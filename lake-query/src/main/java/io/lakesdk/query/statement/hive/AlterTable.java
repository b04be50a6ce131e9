package io.lakesdk.query.statement.hive;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.folder.FolderFiles;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.table.Targets;
import java.util.List;

/**
 * ALTER TABLE where it changes a definition, which becomes a version of it in the catalog. A table
 * without partitions that is given another folder has what is in it. Source: the pages of ALTER
 * TABLE in the Athena user guide.
 */
record AlterTable(List<String> name, TableChange change) implements Ddl {

  @Override
  public Rows run(Lake lake, String database) {
    DatasetId id = TableNames.id(name, database);
    Dataset before = new Targets(lake, database).definition(id);
    Dataset after = change.apply(lake, before);
    if (!after.equals(before)) {
      change(lake, before, after);
    }
    return FixedRows.none();
  }

  private static void change(Lake lake, Dataset before, Dataset after) {
    boolean moves =
        !after.zone().equals(before.zone()) || !after.location().equals(before.location());
    if (moves && !after.isPartitioned()) {
      List<FolderFiles.Member> files = FolderFiles.of(lake, after).unpartitioned();
      if (!files.isEmpty()) {
        new Adoption(lake, after)
            .publish(Write.append(), files, () -> register(lake, before, after));
        return;
      }
    }
    try {
      lake.backend().atomically(() -> register(lake, before, after));
    } catch (OutcomeUnknownException lost) {
      Targets.settle(lake, after, lost);
    }
  }

  private static Dataset register(Lake lake, Dataset before, Dataset after) {
    if (!Targets.isCurrent(lake, after)) {
      Targets.requireUnchanged(lake, before, "alter");
    }
    return Catalog.of(lake).register(after);
  }
}
