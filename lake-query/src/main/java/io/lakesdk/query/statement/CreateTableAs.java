package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.statement.table.NewDataset;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.write.NewTable;
import io.lakesdk.query.statement.write.TableLoad;
import io.lakesdk.query.statement.write.TableProperties;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.SaveMode;

/**
 * CREATE TABLE AS: registers a table and publishes its rows in one transaction. Source: "CREATE
 * TABLE AS" and "Considerations and limitations for CTAS queries" of the Athena user guide.
 */
record CreateTableAs(CreateTableAsSelect tree) implements Statement {

  @Override
  public Rows run(Session session) {
    requireSupported();
    Lake lake = session.lake();
    DatasetId id = TableNames.id(tree.getName(), session.database());
    TableProperties properties = TableProperties.read(tree.getProperties(), lake);
    lake.access().require(Action.WRITE, Resource.zone(properties.zone()));
    PlannedQuery query = session.plan(tree.getQuery());
    NewTable table = new NewTable(tree, id, properties, query.columns());
    if (Definitions.of(lake).find(id).isPresent()) {
      if (tree.getSaveMode() == SaveMode.IGNORE) {
        return FixedRows.written(0, query.stats());
      }
      throw NewDataset.exists(id);
    }
    if (Views.of(lake).find(id).isPresent()) {
      throw new AlreadyExistsException(
          "create", Subject.dataset(id), "there is a view of that name; DROP VIEW it first");
    }
    requireEmpty(lake, table.dataset());
    return create(lake, table, query);
  }

  private void requireSupported() {
    if (tree.getSaveMode() == SaveMode.REPLACE) {
      throw Refusal.unsupported(tree, "CREATE OR REPLACE TABLE");
    }
    if (tree.getColumnAliases().isPresent()) {
      throw Refusal.unsupported(
          tree, "a list of columns before AS (name them in the query; in Athena too)");
    }
    if (tree.getComment().isPresent()) {
      throw Refusal.unsupported(tree, "COMMENT");
    }
  }

  private Rows create(Lake lake, NewTable table, PlannedQuery query) {
    Dataset dataset = table.dataset();
    NewDataset created = new NewDataset(lake, dataset);
    return created.create(
        () -> {
          if (tree.isWithData()) {
            // Replacing, though there is nothing, conflicts with whoever else creates the table.
            return new TableLoad(lake, dataset, Write.overwrite(), "CREATE TABLE AS")
                .run(query, table.written(), created::register);
          }
          created.registerAlone();
          return FixedRows.written(0, query.stats());
        });
  }

  /**
   * Files of loads do not count: those of another table are told by registering, and others were
   * never published.
   */
  private static void requireEmpty(Lake lake, Dataset dataset) {
    ObjectStore store = lake.backend().store(dataset.zone());
    if (store.all(dataset.location()).anyMatch(object -> isContent(store, object.key()))) {
      throw new AlreadyExistsException(
          "create",
          Subject.dataset(dataset.id()),
          "there are objects in its location "
              + dataset.zone()
              + "/"
              + dataset.location()
              + ", which must be empty; give another external_location");
    }
  }

  private static boolean isContent(ObjectStore store, String key) {
    try {
      ObjectInfo object = store.head(key, ReadOptions.current());
      return !object.metadata().containsKey(Draft.OBJECT_MARK);
    } catch (NotFoundException removed) {
      return false;
    }
  }
}
