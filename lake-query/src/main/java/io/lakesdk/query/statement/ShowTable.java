package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.hive.HiveTable;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one table or view, as far as the principal may see it: its columns, its
 * partitions, the statement that would make it, its properties.
 *
 * @param name the parts of its name
 * @param property the only one to be shown
 */
record ShowTable(What what, List<String> name, Optional<String> property) implements Statement {

  /** What is asked for. */
  enum What {
    COLUMNS,
    PARTITIONS,
    CREATE,
    PROPERTIES,
    DESCRIPTION,
    CREATE_VIEW
  }

  @Override
  public Rows run(Session session) {
    Optional<String> source =
        ShowSource.catalog(name, 3).filter(catalog -> ShowSource.isKnown(session.lake(), catalog));
    if (source.isPresent()) {
      return ofSource(session, source.get());
    }
    Catalog catalog = Catalog.of(session.lake());
    DatasetId id = TableNames.id(name, session.database());
    Optional<ShowView> view = ShowView.find(session, id);
    if (view.isPresent()) {
      return of(view.get());
    }
    Dataset table = catalog.dataset(id);
    return switch (what) {
      case COLUMNS -> FixedRows.texts("field", table.columns().names());
      case PARTITIONS -> FixedRows.texts("partition", partitions(catalog, table));
      case CREATE ->
          FixedRows.texts("createtab_stmt", new HiveTable(session.lake(), table).statement());
      case PROPERTIES -> properties(id, properties(catalog, session, table));
      case DESCRIPTION -> rows(description(table), "col_name", "data_type", "comment");
      case CREATE_VIEW -> throw SqlErrors.refuse("Relation '" + id + "' is a table, not a view");
    };
  }

  private Rows ofSource(Session session, String catalog) {
    List<Column> columns = ShowSource.columns(session.lake(), catalog, name);
    return switch (what) {
      case COLUMNS -> names(columns);
      case DESCRIPTION -> described(columns);
      case CREATE, PARTITIONS, PROPERTIES, CREATE_VIEW -> throw ShowSource.isNoTable(name);
    };
  }

  private static Rows names(List<Column> columns) {
    return FixedRows.texts("field", columns.stream().map(Column::name).toList());
  }

  private static Rows described(List<Column> columns) {
    return rows(columns.stream().map(ShowTable::line).toList(), "col_name", "data_type", "comment");
  }

  private Rows of(ShowView view) {
    return switch (what) {
      case COLUMNS -> names(view.columns());
      case DESCRIPTION -> described(view.columns());
      case PROPERTIES -> properties(view.view().id(), view.properties());
      case CREATE_VIEW -> FixedRows.texts("Create View", view.statement());
      case CREATE, PARTITIONS -> throw view.isNoTable();
    };
  }

  private static List<String> partitions(Catalog catalog, Dataset table) {
    if (!table.isPartitioned()) {
      throw new InvalidDefinitionException(
          "show the partitions of",
          Subject.dataset(table.id()),
          "it is not partitioned, or its partition keys are hidden");
    }
    return catalog.partitions(table.id()).list().stream()
        .map(summary -> summary.partition().path())
        .toList();
  }

  private static Map<String, String> properties(Catalog catalog, Session session, Dataset table) {
    SchemaVersion newest = catalog.versions(table.id()).get(0);
    return new HiveTable(session.lake(), table).properties(newest.at());
  }

  private Rows properties(DatasetId id, Map<String, String> all) {
    List<List<String>> lines =
        all.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
    if (property.isPresent()) {
      String asked = property.get();
      String value = all.get(asked);
      lines =
          List.of(
              List.of(
                  asked,
                  value == null ? "Table " + id + " does not have property: " + asked : value));
    }
    return rows(lines, "prpt_name", "prpt_value");
  }

  /** As Hive prints it: all columns, then the partition keys again under a heading. */
  private static List<List<String>> description(Dataset table) {
    List<List<String>> lines = new ArrayList<>();
    Stream.concat(table.schema().columns().stream(), table.partitions().stream())
        .forEach(column -> lines.add(line(column)));
    if (table.isPartitioned()) {
      lines.add(List.of("", "", ""));
      lines.add(List.of("# Partition Information", "", ""));
      lines.add(List.of("# col_name", "data_type", "comment"));
      lines.add(List.of("", "", ""));
      table.partitions().forEach(column -> lines.add(line(column)));
    }
    return lines;
  }

  private static List<String> line(Column column) {
    return List.of(
        column.name(),
        column.type().toString(),
        Objects.requireNonNullElse(column.description(), ""));
  }

  private static Rows rows(List<List<String>> values, String... columns) {
    return new FixedRows(
        Stream.of(columns).map(column -> new Rows.ResultColumn(column, "string")).toList(),
        values.stream().map(line -> List.<@Nullable Object>copyOf(line)).toList(),
        QueryStats.ofDefinition());
  }
}
