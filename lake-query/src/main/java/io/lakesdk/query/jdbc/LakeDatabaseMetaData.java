package io.lakesdk.query.jdbc;

import io.lakesdk.Dataset;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.LakeException;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.federated.Federation;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.jdbc.result.JdbcType;
import io.lakesdk.query.jdbc.result.MetadataTable;
import io.lakesdk.query.jdbc.result.Wrapped;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is in a lake for whoever is connected: databases are schemas of the lake's own
 * catalog, datasets are tables, and the columns are those that the principal may see. A federated
 * source is a catalog of its own. Names are lower-case.
 */
final class LakeDatabaseMetaData extends EmptyMetadata {

  private static final String TABLE = "TABLE";
  private static final String VIEW = "VIEW";

  private static final Comparator<Listed> ORDER =
      Comparator.comparing(Listed::catalog)
          .thenComparing(Listed::schema)
          .thenComparing(Listed::name);

  private final LakeConnection connection;

  LakeDatabaseMetaData(LakeConnection connection) {
    this.connection = connection;
  }

  @Override
  void requireOpen() throws SQLException {
    connection.requireOpen();
  }

  @Override
  public String getURL() {
    return connection.url();
  }

  /** The principal: {@code role analyst}, {@code user ada} or {@code administrator}. */
  @Override
  public String getUserName() {
    return connection.lake().principal().toString();
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    requireOpen();
    MetadataTable table = MetadataTable.of("TABLE_CAT varchar");
    Stream.concat(Stream.of(LakeConnection.CATALOG), federation().catalogs().stream())
        .sorted()
        .forEach(table::row);
    return table.results();
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    requireOpen();
    return MetadataTable.of("TABLE_TYPE varchar").row(TABLE).row(VIEW).results();
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  /** The databases in which the principal may see something. */
  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemas)
      throws SQLException {
    MetadataTable table = MetadataTable.of("TABLE_SCHEM varchar, TABLE_CATALOG varchar");
    listed(catalog, schemas, null).stream()
        .map(one -> List.of(one.catalog(), one.schema()))
        .distinct()
        .forEach(one -> table.row(one.get(1), one.get(0)));
    return table.results();
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String tables,
      String @Nullable [] types)
      throws SQLException {
    MetadataTable table =
        MetadataTable.of(
            "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, TABLE_TYPE varchar,"
                + " REMARKS varchar, TYPE_CAT varchar, TYPE_SCHEM varchar, TYPE_NAME varchar,"
                + " SELF_REFERENCING_COL_NAME varchar, REF_GENERATION varchar");
    if (types == null || Arrays.asList(types).contains(TABLE)) {
      Stream.concat(
              datasets(catalog, schemas, tables).stream().map(Listed::of),
              ofSources(catalog, schemas, tables).stream())
          .sorted(ORDER)
          .forEach(one -> add(table, one, TABLE));
    }
    if (types == null || Arrays.asList(types).contains(VIEW)) {
      views(catalog, schemas, tables).forEach(view -> add(table, Listed.of(view), VIEW));
    }
    return table.results();
  }

  private static void add(MetadataTable table, Listed one, String type) {
    table.row(
        one.catalog(), one.schema(), one.name(), type, one.remarks(), null, null, null, null, null);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String tables,
      @Nullable String columns)
      throws SQLException {
    MetadataTable table =
        MetadataTable.of(
            "TABLE_CAT varchar, TABLE_SCHEM varchar, TABLE_NAME varchar, COLUMN_NAME varchar,"
                + " DATA_TYPE integer, TYPE_NAME varchar, COLUMN_SIZE integer,"
                + " BUFFER_LENGTH integer, DECIMAL_DIGITS integer, NUM_PREC_RADIX integer,"
                + " NULLABLE integer, REMARKS varchar, COLUMN_DEF varchar, SQL_DATA_TYPE integer,"
                + " SQL_DATETIME_SUB integer, CHAR_OCTET_LENGTH integer,"
                + " ORDINAL_POSITION integer, IS_NULLABLE varchar, SCOPE_CATALOG varchar,"
                + " SCOPE_SCHEMA varchar, SCOPE_TABLE varchar, SOURCE_DATA_TYPE smallint,"
                + " IS_AUTOINCREMENT varchar, IS_GENERATEDCOLUMN varchar");
    LikePattern wanted = LikePattern.of(columns);
    try {
      for (Listed one : listed(catalog, schemas, tables)) {
        List<Column> all = one.columns().get();
        for (int i = 0; i < all.size(); i++) {
          if (wanted.matches(all.get(i).name())) {
            table.row(column(one, all.get(i), i + 1));
          }
        }
      }
    } catch (LakeException e) {
      throw JdbcErrors.of(e);
    }
    return table.results();
  }

  private static @Nullable Object[] column(Listed table, Column column, int position) {
    JdbcType type = JdbcType.of(SqlTypes.of(column.type()).toString());
    return new @Nullable Object[] {
      table.catalog(),
      table.schema(),
      table.name(),
      column.name(),
      type.code(),
      type.name(),
      type.precision(),
      null,
      type.hasScale() ? type.scale() : null,
      type.radix(),
      columnNullable,
      column.description() == null ? "" : column.description(),
      null,
      null,
      null,
      type.isText() ? type.precision() : null,
      position,
      "YES",
      null,
      null,
      null,
      null,
      "NO",
      "NO"
    };
  }

  /** The types that columns and results have, by their codes. */
  @Override
  public ResultSet getTypeInfo() throws SQLException {
    requireOpen();
    MetadataTable table =
        MetadataTable.of(
            "TYPE_NAME varchar, DATA_TYPE integer, PRECISION integer, LITERAL_PREFIX varchar,"
                + " LITERAL_SUFFIX varchar, CREATE_PARAMS varchar, NULLABLE smallint,"
                + " CASE_SENSITIVE boolean, SEARCHABLE smallint, UNSIGNED_ATTRIBUTE boolean,"
                + " FIXED_PREC_SCALE boolean, AUTO_INCREMENT boolean, LOCAL_TYPE_NAME varchar,"
                + " MINIMUM_SCALE smallint, MAXIMUM_SCALE smallint, SQL_DATA_TYPE integer,"
                + " SQL_DATETIME_SUB integer, NUM_PREC_RADIX integer");
    Stream.of(
            "boolean",
            "tinyint",
            "smallint",
            "integer",
            "bigint",
            "real",
            "double",
            "decimal",
            "char",
            "varchar",
            "varbinary",
            "date",
            "timestamp",
            "timestamp with time zone",
            "array",
            "map",
            "row",
            "uuid",
            "interval day to second",
            "interval year to month")
        .map(JdbcType::of)
        .sorted(Comparator.comparingInt(JdbcType::code))
        .forEach(type -> table.row(info(type)));
    return table.results();
  }

  private static @Nullable Object[] info(JdbcType type) {
    boolean decimal = type.code() == Types.DECIMAL;
    return new @Nullable Object[] {
      type.name(),
      type.code(),
      type.precision(),
      type.literalPrefix(),
      type.literalPrefix() == null ? null : "'",
      decimal ? "precision,scale" : type.isText() ? "length" : null,
      (short) typeNullable,
      type.isText(),
      (short) (type.isText() ? typeSearchable : typePredBasic),
      !type.isSigned(),
      false,
      false,
      null,
      (short) 0,
      (short) (decimal ? type.precision() : type.scale()),
      null,
      null,
      10
    };
  }

  private List<Dataset> datasets(
      @Nullable String catalog, @Nullable String schemas, @Nullable String tables)
      throws SQLException {
    Catalog all = Catalog.of(connection.lake());
    return matching(
        catalog, schemas, tables, database -> database.map(all::list).orElseGet(all::list));
  }

  /** The views as the tables that they look like, with the columns that the principal may see. */
  private List<Dataset> views(
      @Nullable String catalog, @Nullable String schemas, @Nullable String tables)
      throws SQLException {
    Views all = Views.of(connection.lake());
    return matching(
        catalog,
        schemas,
        tables,
        database ->
            database.map(all::list).orElseGet(all::list).stream().map(this::visible).toList());
  }

  private Dataset visible(View view) {
    VisibleDataset visible = VisibleDataset.of(connection.lake(), view);
    return visible.dataset().withSchema(Schema.of(visible.columns()));
  }

  private Federation federation() {
    return Federation.of(connection.lake());
  }

  private List<Listed> ofSources(
      @Nullable String catalog, @Nullable String schemas, @Nullable String tables)
      throws SQLException {
    try {
      return Listed.ofSources(
          federation(), catalog, LikePattern.of(schemas), LikePattern.of(tables));
    } catch (LakeException e) {
      throw JdbcErrors.of(e);
    }
  }

  private List<Listed> listed(
      @Nullable String catalog, @Nullable String schemas, @Nullable String tables)
      throws SQLException {
    return Stream.of(
            datasets(catalog, schemas, tables).stream().map(Listed::of),
            views(catalog, schemas, tables).stream().map(Listed::of),
            ofSources(catalog, schemas, tables).stream())
        .flatMap(all -> all)
        .sorted(ORDER)
        .toList();
  }

  private List<Dataset> matching(
      @Nullable String catalog,
      @Nullable String schemas,
      @Nullable String tables,
      Function<Optional<String>, List<Dataset>> ofDatabase)
      throws SQLException {
    requireOpen();
    if (catalog != null && !catalog.equalsIgnoreCase(LakeConnection.CATALOG)) {
      return List.of();
    }
    LikePattern databases = LikePattern.of(schemas);
    LikePattern names = LikePattern.of(tables);
    try {
      return ofDatabase.apply(databases.literal()).stream()
          .filter(dataset -> databases.matches(dataset.id().database()))
          .filter(dataset -> names.matches(dataset.id().table()))
          .sorted(Comparator.comparing(Dataset::id))
          .toList();
    } catch (LakeException e) {
      throw JdbcErrors.of(e);
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
