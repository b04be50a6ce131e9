package io.lakesdk.query.statement.hive;

import io.lakesdk.AwsPlace;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ALTER TABLE changes in a definition. Whether files can be read with the new one, the catalog
 * decides.
 */
sealed interface TableChange {

  /**
   * The definition after it.
   *
   * @throws InvalidDefinitionException if there can be none
   */
  Dataset apply(Lake lake, Dataset before);

  /** ADD COLUMNS: behind the others. */
  record AddColumns(List<Column> columns) implements TableChange {
    @Override
    public Dataset apply(Lake lake, Dataset before) {
      List<Column> all = new ArrayList<>(before.schema().columns());
      all.addAll(columns);
      return before.withSchema(Schema.of(all));
    }
  }

  /** REPLACE COLUMNS: all columns but the partition keys. */
  record ReplaceColumns(List<Column> columns) implements TableChange {
    @Override
    public Dataset apply(Lake lake, Dataset before) {
      return before.withSchema(Schema.of(columns));
    }
  }

  /**
   * Where a column goes.
   *
   * @param after another one, or first
   */
  record Place(Optional<String> after) {}

  /**
   * CHANGE COLUMN: its name, type, comment and place.
   *
   * @param name of the column before
   * @param column afterwards; without a comment it keeps the one that it has
   */
  record ChangeColumn(String name, Column column, Optional<Place> place) implements TableChange {
    @Override
    public Dataset apply(Lake lake, Dataset before) {
      if (before.partitions().stream().anyMatch(key -> key.name().equals(name))) {
        throw SqlErrors.refuse(
            "column "
                + name
                + " is a partition key, which cannot be changed; create another table");
      }
      Column known = column(before, name);
      String kept = known.description();
      Column changed =
          column.description() == null && kept != null ? column.describedAs(kept) : column;
      List<Column> columns = new ArrayList<>(before.schema().columns());
      int at = columns.indexOf(known);
      if (place.isPresent()) {
        columns.remove(at);
        Optional<String> after = place.get().after();
        columns.add(
            after.isEmpty() ? 0 : 1 + columns.indexOf(other(before, after.get(), known)), changed);
      } else {
        columns.set(at, changed);
      }
      return before.withSchema(Schema.of(columns));
    }

    private static Column other(Dataset table, String name, Column changed) {
      Column found = column(table, name);
      if (found.equals(changed)) {
        throw SqlErrors.refuse("column " + name + " cannot stand after itself");
      }
      return found;
    }

    private static Column column(Dataset table, String name) {
      return table
          .schema()
          .find(name)
          .orElseThrow(
              () -> SqlErrors.refuse("column " + name + " is no column of table " + table.id()));
    }
  }

  /** SET LOCATION: another folder. */
  record SetLocation(String uri) implements TableChange {
    @Override
    public Dataset apply(Lake lake, Dataset before) {
      AwsPlace place = CreateExternalTable.place(lake, uri);
      return before.toBuilder().in(place.zone()).at(place.folder()).build();
    }
  }

  /** SET TBLPROPERTIES: those that say something of the table. */
  record SetProperties(Map<String, String> properties) implements TableChange {
    @Override
    public Dataset apply(Lake lake, Dataset before) {
      Settings table = new Settings("TBLPROPERTIES", properties);
      Format format = HiveFormats.changed(before.format(), table);
      TableSettings common = TableSettings.take(table, format, before.partitions());
      table.requireNoneLeft();
      Map<String, String> projection = new HashMap<>(before.projection());
      projection.putAll(common.projection());
      Dataset.Builder changed = before.toBuilder().format(format).projecting(projection);
      common.comment().ifPresent(changed::describedAs);
      return changed.build();
    }
  }
}
