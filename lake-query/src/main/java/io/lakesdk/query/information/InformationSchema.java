package io.lakesdk.query.information;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.LakeException;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.access.Authorization;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code information_schema} tells a principal: the datasets and views of which it may see a
 * column, with the columns that it may see, and itself. Nothing is authorised or written to the
 * audit, since what is hidden is not there. Source: "Query the AWS Glue Data Catalog" of the Athena
 * user guide, and Trino's tables of these names.
 */
public final class InformationSchema {

  /** The schema, as statements name it. */
  public static final String NAME = "information_schema";

  private static final String CATALOG = "awsdatacatalog";

  private final Lake lake;
  private final Optional<String> database;

  /**
   * @param lake as the principal who asks sees it
   * @param rows datasets and views that do not fulfil it may be left out
   */
  public InformationSchema(Lake lake, RowCondition rows) {
    this.lake = lake;
    this.database = database(rows);
  }

  /** The one database that is asked for, if it is one. */
  private static Optional<String> database(RowCondition rows) {
    if (rows instanceof RowCondition.And and) {
      return and.all().stream().flatMap(each -> database(each).stream()).findFirst();
    }
    return rows instanceof RowCondition.Compare compare
            && compare.column().equals("table_schema")
            && compare.operator() == Operator.EQUAL
            && compare.value() instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /**
   * The rows of a table.
   *
   * @param columns those that are wanted, in the order in which values are
   */
  public List<@Nullable Object[]> rows(InformationTable table, List<Column> columns) {
    List<Map<String, Object>> all =
        switch (table) {
          case SCHEMATA -> schemata();
          case TABLES -> tables();
          case COLUMNS -> columns();
          case VIEWS -> views(columns.stream().anyMatch(c -> c.name().equals("view_definition")));
        };
    List<@Nullable Object[]> rows = new ArrayList<>(all.size());
    for (Map<String, Object> row : all) {
      rows.add(columns.stream().map(column -> row.get(column.name())).toArray());
    }
    return rows;
  }

  private List<Dataset> datasets() {
    if (database.isEmpty()) {
      return Catalog.of(lake).list();
    }
    return DatasetId.canBe(database.get()) ? Catalog.of(lake).list(database.get()) : List.of();
  }

  private List<View> allViews() {
    if (database.isEmpty()) {
      return Views.of(lake).list();
    }
    return DatasetId.canBe(database.get()) ? Views.of(lake).list(database.get()) : List.of();
  }

  private List<Map<String, Object>> schemata() {
    TreeSet<String> names = new TreeSet<>(List.of(NAME));
    datasets().forEach(dataset -> names.add(dataset.id().database()));
    allViews().forEach(view -> names.add(view.id().database()));
    return names.stream()
        .map(name -> Map.<String, Object>of("catalog_name", CATALOG, "schema_name", name))
        .toList();
  }

  private List<Map<String, Object>> tables() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (InformationTable table : InformationTable.values()) {
      rows.add(typed(row(NAME, table.sqlName()), "BASE TABLE"));
    }
    datasets().forEach(dataset -> rows.add(typed(row(dataset.id()), "BASE TABLE")));
    allViews().forEach(view -> rows.add(typed(row(view.id()), "VIEW")));
    return rows;
  }

  private static Map<String, Object> typed(Map<String, Object> row, String type) {
    row.put("table_type", type);
    return row;
  }

  private static Map<String, Object> row(DatasetId id) {
    return row(id.database(), id.table());
  }

  private static Map<String, Object> row(String schema, String table) {
    Map<String, Object> row = new HashMap<>();
    row.put("table_catalog", CATALOG);
    row.put("table_schema", schema);
    row.put("table_name", table);
    return row;
  }

  private List<Map<String, Object>> columns() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (InformationTable table : InformationTable.values()) {
      List<Column> listed =
          table.columns().stream()
              .filter(column -> table.listed().contains(column.name()))
              .toList();
      add(rows, row(NAME, table.sqlName()), listed, List.of());
    }
    for (Dataset dataset : datasets()) {
      List<String> keys = dataset.partitions().stream().map(Column::name).toList();
      add(rows, row(dataset.id()), dataset.columns().columns(), keys);
    }
    for (View view : allViews()) {
      add(rows, row(view.id()), VisibleDataset.of(lake, view).columns(), List.of());
    }
    return rows;
  }

  private static void add(
      List<Map<String, Object>> rows,
      Map<String, Object> table,
      List<Column> columns,
      List<String> keys) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Map<String, Object> row = new HashMap<>(table);
      row.put("column_name", column.name());
      row.put("ordinal_position", i + 1L);
      row.put("is_nullable", "YES");
      row.put("data_type", SqlTypes.of(column.type()).toString());
      if (keys.contains(column.name())) {
        row.put("extra_info", "partition key");
      }
      rows.add(row);
    }
  }

  private List<Map<String, Object>> views(boolean withQueries) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (View view : allViews()) {
      Map<String, Object> row = row(view.id());
      if (withQueries && mayReadQuery(view)) {
        row.put("view_definition", view.sql());
      }
      rows.add(row);
    }
    return rows;
  }

  /**
   * Whether the principal may see all columns that the view gives and that its query refers to,
   * which its text names.
   */
  private boolean mayReadQuery(View view) {
    if (lake.principal().isAdministrator()) {
      return true;
    }
    String sql =
        "SELECT "
            + Sql.list(view.columns().stream().map(column -> Sql.name(column.name())).toList())
            + " FROM "
            + Sql.name(view.id().database())
            + "."
            + Sql.name(view.id().table());
    TableResolver visible =
        (ofDatabase, table) ->
            ofDatabase.flatMap(name -> visible(name, table)).map(found -> found.table(found));
    try {
      Translation translation =
          new Translator(visible, view.database(), lake.clock()).translate(sql, Map.of());
      return Authorization.isShown(translation, handle -> Optional.of((VisibleDataset) handle));
    } catch (LakeException staleOrHidden) {
      return false;
    }
  }

  private Optional<VisibleDataset> visible(String ofDatabase, String table) {
    if (!Stream.of(ofDatabase, table).allMatch(DatasetId::canBe)) {
      return Optional.empty();
    }
    DatasetId id = new DatasetId(ofDatabase, table);
    return Definitions.of(lake)
        .find(id)
        .map(dataset -> VisibleDataset.of(lake, dataset))
        .or(() -> Views.of(lake).find(id).map(view -> VisibleDataset.of(lake, view)))
        .filter(found -> !found.isHidden());
  }
}
