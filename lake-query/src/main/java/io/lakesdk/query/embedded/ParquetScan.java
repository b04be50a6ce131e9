package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.query.embedded.Duck.FileFacts.Fineness;
import io.lakesdk.query.parquet.ParquetChunks;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Parquet files by the dataset's schema: columns are found by name whatever its case, absent
 * ones are NULL, and types are widened where nothing is lost.
 */
final class ParquetScan implements TableScan.Reader {

  private static final Set<String> ENGINE_COLUMNS =
      Set.of("file_index", "filename", "file_row_number");

  private final Dataset dataset;
  private final RowCondition rows;
  private final Plan plan;

  /**
   * @param rows rows that do not fulfil it need not be read
   */
  ParquetScan(Dataset dataset, RowCondition rows, Plan plan) {
    this.dataset = dataset;
    this.rows = rows;
    this.plan = plan;
  }

  @Override
  public List<TableScan.Part> parts(List<Column> columns, List<DataFile> files) {
    ParquetChunks chunks = new ParquetChunks(columns, rows);
    List<String> paths = plan.lease(files, chunks).stream().map(Path::toString).toList();
    plan.add(new Plan.Scan(dataset.id(), files, Optional.empty()));
    List<Map<String, FileColumn>> facts = plan.parquet().columns(files, paths, chunks.mayHaveCut());
    Map<String, String> expressions = new LinkedHashMap<>();
    StringBuilder schema = new StringBuilder();
    boolean asDeclared = areAsDeclared(columns, facts);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean finer = check(column, files, facts);
      if (asDeclared) {
        expressions.put(column.name(), value(column, "f." + SqlText.name(column.name()), finer));
        continue;
      }
      schema
          .append(i == 0 ? "" : ", ")
          .append(SqlText.literal(column.name()))
          .append(": {name: 'c")
          .append(i)
          .append("', type: ")
          .append(SqlText.literal(SqlTypes.of(column.type()).duckType()))
          .append(", default_value: NULL}");
      expressions.put(column.name(), value(column, "f.c" + i, finer));
    }
    if (columns.isEmpty() && facts.stream().anyMatch(found -> found.containsKey("file_index"))) {
      // Names only this column, so that the one in the file does not hide the number of the file.
      schema.append("'lake_row': {name: 'c0', type: 'VARCHAR', default_value: NULL}");
    }
    String options = schema.isEmpty() ? "" : ", schema = MAP {" + schema + "}";
    String from = "read_parquet(" + SqlText.literals(paths) + options + ")";
    return List.of(new TableScan.Part(from, expressions, TableScan.FILE, files));
  }

  /**
   * Whether the files need no mapping of columns, which costs time: they all have the same columns,
   * and those that are read under the names and of the types that the dataset declares.
   */
  private static boolean areAsDeclared(List<Column> columns, List<Map<String, FileColumn>> facts) {
    if (columns.isEmpty() || facts.isEmpty()) {
      return false;
    }
    Set<String> names = facts.get(0).keySet();
    return names.stream().noneMatch(ENGINE_COLUMNS::contains)
        && facts.stream().allMatch(found -> found.keySet().equals(names))
        && columns.stream()
            .allMatch(column -> facts.stream().allMatch(found -> isAsDeclared(column, found)));
  }

  private static boolean isAsDeclared(Column column, Map<String, FileColumn> found) {
    FileColumn there = found.get(column.name());
    return there != null
        && there.name().equals(column.name())
        && there.type().equals(SqlTypes.of(column.type()).duckType());
  }

  private static String value(Column column, String sql, boolean finer) {
    if (column.type() == Primitive.TIMESTAMP && finer) {
      return "CAST(CAST(" + sql + " AS TIMESTAMP_MS) AS TIMESTAMP)";
    }
    return Texts.fitted(column.type(), sql);
  }

  /** Whether some file has the column's timestamps finer than the lake has them. */
  private boolean check(Column column, List<DataFile> files, List<Map<String, FileColumn>> facts) {
    boolean finer = false;
    for (int i = 0; i < facts.size(); i++) {
      FileColumn found = facts.get(i).get(column.name());
      if (found == null) {
        continue;
      }
      if (!Widening.isLossless(found.type(), column.type())) {
        throw new BadDataException(
            "read",
            Subject.object(files.get(i).object().zone(), files.get(i).object().key()),
            "its column "
                + column.name()
                + " is "
                + Widening.shown(found.type())
                + ", which cannot be read as "
                + column.type()
                + ", the type that dataset "
                + dataset.id()
                + " declares, without loss");
      }
      finer |= found.fineness() == Fineness.FINER;
    }
    return finer;
  }

  /** Which types of files can be read as which types of datasets with no value lost. */
  static final class Widening {

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    private static final Map<String, Integer> DIGITS =
        Map.of(
            "TINYINT",
            3,
            "UTINYINT",
            3,
            "SMALLINT",
            5,
            "USMALLINT",
            5,
            "INTEGER",
            10,
            "UINTEGER",
            10,
            "BIGINT",
            19,
            "UBIGINT",
            20);

    private static final Map<Primitive, Set<String>> FROM =
        Map.of(
            Primitive.BOOLEAN, Set.of("BOOLEAN"),
            Primitive.TINYINT, Set.of("TINYINT"),
            Primitive.SMALLINT, Set.of("TINYINT", "UTINYINT", "SMALLINT"),
            Primitive.INT, Set.of("TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER"),
            Primitive.BIGINT,
                Set.of(
                    "TINYINT",
                    "UTINYINT",
                    "SMALLINT",
                    "USMALLINT",
                    "INTEGER",
                    "UINTEGER",
                    "BIGINT"),
            Primitive.FLOAT, Set.of("FLOAT"),
            Primitive.DOUBLE, Set.of("FLOAT", "DOUBLE"),
            Primitive.BINARY, Set.of("BLOB"),
            Primitive.DATE, Set.of("DATE"),
            Primitive.TIMESTAMP,
                Set.of(
                    "TIMESTAMP",
                    "TIMESTAMP_S",
                    "TIMESTAMP_MS",
                    "TIMESTAMP_NS",
                    "TIMESTAMP WITH TIME ZONE"));

    private Widening() {}

    static boolean isLossless(String from, DataType to) {
      if (to instanceof ArrayType) {
        return from.endsWith("]");
      }
      if (to instanceof MapType) {
        return from.startsWith("MAP(") && from.endsWith(")");
      }
      if (to instanceof StructType) {
        return from.startsWith("STRUCT(") && from.endsWith(")");
      }
      if (to instanceof DecimalType decimal) {
        return fits(from, decimal);
      }
      if (Texts.isText(to)) {
        return from.equals("VARCHAR") || from.equals("UUID") || from.startsWith("ENUM");
      }
      return to instanceof Primitive primitive
          && FROM.getOrDefault(primitive, Set.of()).contains(from);
    }

    private static boolean fits(String from, DecimalType to) {
      int whole = to.precision() - to.scale();
      Matcher decimal = DECIMAL.matcher(from);
      if (decimal.matches()) {
        int scale = Integer.parseInt(decimal.group(2));
        return scale <= to.scale() && Integer.parseInt(decimal.group(1)) - scale <= whole;
      }
      return DIGITS.getOrDefault(from, Integer.MAX_VALUE) <= whole;
    }

    /** DuckDB's name of a type as Athena's users know it. */
    static String shown(String type) {
      return switch (type) {
        case "VARCHAR" -> "string";
        case "INTEGER" -> "int";
        case "BLOB" -> "binary";
        default -> type.toLowerCase(Locale.ROOT);
      };
    }
  }
}
