package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Lines and JSON documents. Columns are found by key whatever its case; absent ones are
 * NULL. A scalar is read from its text, so a quoted number is a number; it must be a value of the
 * type exactly.
 */
final class JsonScan implements TableScan.Reader {

  private static final String LINES = "newline_delimited";

  private final Dataset dataset;
  private final Plan plan;
  private final boolean passesOver;
  private final Map<String, String> keys;
  private final Format.Dots dots;

  JsonScan(Dataset dataset, Plan plan) {
    this.dataset = dataset;
    this.plan = plan;
    Format.JsonLines lines =
        dataset.format() instanceof Format.JsonLines told ? told : Format.JSON_LINES;
    this.passesOver = lines.malformed() == Format.Malformed.NULLS;
    this.keys = lines.keys();
    this.dots = lines.dots();
  }

  /** Files with the same keys for the same columns, spelled in the same way inside of them too. */
  private record Layout(Map<String, String> keys, Map<String, String> casts, String options) {}

  @Override
  public List<TableScan.Part> parts(List<Column> columns, List<DataFile> files) {
    Map<Layout, List<Plan.TextFile>> layouts = new LinkedHashMap<>();
    for (Plan.TextFile text : plan.leaseText(files)) {
      if (!text.isEmpty()) {
        layouts.computeIfAbsent(layout(columns, text), l -> new ArrayList<>()).add(text);
      }
    }
    List<TableScan.Part> parts = new ArrayList<>();
    layouts.forEach((layout, texts) -> parts.add(part(columns, layout, texts)));
    return parts;
  }

  private Layout layout(List<Column> columns, Plan.TextFile text) {
    boolean array = !passesOver && plan.texts().isArray(text);
    String format =
        array ? "array" : dataset.format() instanceof Format.JsonLines ? LINES : "unstructured";
    String options =
        ", format = '"
            + format
            + "', compression = '"
            + (text.compression() == TextCompression.GZIP ? "gzip" : "uncompressed")
            + "'"
            + (passesOver ? ", ignore_errors = true" : "");
    Map<String, FileColumn> found = plan.texts().json(text, options);
    Map<String, String> spelled = new LinkedHashMap<>();
    Map<String, String> casts = new LinkedHashMap<>();
    for (Column column : columns) {
      Optional<FileColumn> key = key(column.name(), found);
      if (key.isPresent()) {
        spelled.put(column.name(), key.get().name());
        if (JsonShape.hasFields(column.type())) {
          String shape = plan.texts().shape(text, key.get(), options);
          casts.put(column.name(), spelled(column, JsonShape.parse(shape), text));
        }
      }
    }
    return new Layout(spelled, casts, options);
  }

  /** The key of a column; for want of one of its name, the first that has it but for the dots. */
  private Optional<FileColumn> key(String column, Map<String, FileColumn> found) {
    String name = keys.getOrDefault(column, column).toLowerCase(Locale.ROOT);
    FileColumn key = found.get(name);
    if (key != null || dots == Format.Dots.KEPT || keys.containsKey(column)) {
      return Optional.ofNullable(key);
    }
    return found.entrySet().stream()
        .filter(other -> other.getKey().replace('.', '_').equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String spelled(Column column, JsonShape shape, Plan.TextFile text) {
    return shape
        .spelled(column.type())
        .orElseThrow(
            () ->
                new BadDataException(
                    "read",
                    Subject.object(text.object().zone(), text.object().key()),
                    "the objects inside of column "
                        + column.name()
                        + " have keys that differ only in case; Athena does not tell them apart"));
  }

  private TableScan.Part part(List<Column> columns, Layout layout, List<Plan.TextFile> read) {
    List<DataFile> files = read.stream().map(Plan.TextFile::file).toList();
    List<String> paths = read.stream().map(text -> text.path().toString()).toList();
    Map<String, Texts.Value> values = new HashMap<>();
    List<String> declared = new ArrayList<>();
    for (Column column : columns) {
      String key = layout.keys().get(column.name());
      if (key != null) {
        declared.add(SqlText.literal(key) + ": 'JSON'");
        String sql = "f." + SqlText.name(key);
        values.put(column.name(), value(column, sql, layout.casts().get(column.name())));
      }
    }
    if (declared.isEmpty()) {
      declared.add("'lake_row': 'JSON'");
    }
    String file = TableScan.FILE;
    String named = "";
    if (layout.keys().values().stream().anyMatch("file_index"::equalsIgnoreCase)) {
      // The column hides the number of the file, which is then told by the file's path.
      file = "(list_position(" + SqlText.literals(paths) + ", f.lake_file) - 1)";
      named = ", filename = 'lake_file'";
    }
    String options =
        ", records = true, columns = {"
            + String.join(", ", declared)
            + "}"
            + layout.options()
            + named;
    Texts.TextColumns reader =
        new Texts.TextColumns(
            columns, values, file, path -> "read_json(" + SqlText.literal(path) + options + ")");
    int scan = plan.add(new Plan.Scan(dataset.id(), files, Optional.of(reader)));
    return new TableScan.Part(
        "read_json(" + SqlText.literals(paths) + options + ")",
        reader.expressions(scan),
        file,
        files);
  }

  private static Texts.Value value(Column column, String sql, @Nullable String spelled) {
    if (spelled != null) {
      String type = SqlTypes.of(column.type()).duckType();
      return new Texts.Value(
          sql, Optional.of("CAST(TRY_CAST(" + sql + " AS " + spelled + ") AS " + type + ")"));
    }
    return Texts.Value.of(column.type(), isNested(column.type()) ? sql : "(" + sql + " ->> '$')");
  }

  static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }

  /**
   * The keys of the objects in a file, in the notation of DuckDB's json_structure: objects, lists
   * of one element, and names of types as texts.
   *
   * @param children of an object by key, of a list the one element by the empty text
   */
  record JsonShape(Map<String, JsonShape> children) {

    /** Whether values of the type have named fields somewhere. */
    static boolean hasFields(DataType type) {
      if (type instanceof ArrayType array) {
        return hasFields(array.element());
      }
      if (type instanceof MapType map) {
        return hasFields(map.value());
      }
      return type instanceof StructType;
    }

    static JsonShape parse(String text) {
      return new Parser(text).shape();
    }

    /** DuckDB's type with the fields spelled as here; empty if some are spelled in several ways. */
    Optional<String> spelled(DataType type) {
      return spelled(type, List.of(this));
    }

    private static Optional<String> spelled(DataType type, List<JsonShape> shapes) {
      if (type instanceof StructType struct) {
        return struct(struct, shapes);
      }
      List<JsonShape> inside =
          shapes.stream().flatMap(shape -> shape.children.values().stream()).toList();
      if (type instanceof ArrayType array) {
        return spelled(array.element(), inside).map(element -> element + "[]");
      }
      if (type instanceof MapType map) {
        String key = SqlTypes.of(map.key()).duckType();
        return spelled(map.value(), inside).map(value -> "MAP(" + key + ", " + value + ")");
      }
      return Optional.of(SqlTypes.of(type).duckType());
    }

    private static Optional<String> struct(StructType struct, List<JsonShape> shapes) {
      List<String> fields = new ArrayList<>();
      for (StructType.Field field : struct.fields()) {
        Set<String> names = new TreeSet<>();
        List<JsonShape> inside = new ArrayList<>();
        for (JsonShape shape : shapes) {
          shape.children.forEach(
              (name, child) -> {
                if (name.toLowerCase(Locale.ROOT).equals(field.name())) {
                  names.add(name);
                  inside.add(child);
                }
              });
        }
        Optional<String> type = spelled(field.type(), inside);
        if (names.size() > 1 || type.isEmpty()) {
          return Optional.empty();
        }
        String name = names.isEmpty() ? field.name() : names.iterator().next();
        fields.add(SqlText.name(name) + " " + type.get());
      }
      return Optional.of("STRUCT(" + String.join(", ", fields) + ")");
    }

    /** Reads what DuckDB wrote, which is well-formed. */
    private static final class Parser {

      private final String text;
      private int at;

      Parser(String text) {
        this.text = text;
      }

      JsonShape shape() {
        Map<String, JsonShape> children = new LinkedHashMap<>();
        char open = text.charAt(at);
        if (open == '"') {
          string();
          return new JsonShape(children);
        }
        at++;
        while (text.charAt(at) != '}' && text.charAt(at) != ']') {
          String key = "";
          if (open == '{') {
            key = string();
            at++;
          }
          children.put(key, shape());
          if (text.charAt(at) == ',') {
            at++;
          }
        }
        at++;
        return new JsonShape(children);
      }

      private String string() {
        StringBuilder value = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
          char c = text.charAt(at);
          if (c == '\\') {
            c = text.charAt(++at);
            if (c == 'u') {
              c = (char) Integer.parseInt(text, at + 1, at + 5, 16);
              at += 4;
            } else {
              int control = "bfnrt".indexOf(c);
              c = control < 0 ? c : "\b\f\n\r\t".charAt(control);
            }
          }
          value.append(c);
        }
        at++;
        return value.toString();
      }
    }
  }
}
