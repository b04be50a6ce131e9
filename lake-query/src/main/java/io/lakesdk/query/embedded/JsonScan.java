package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON Lines and JSON documents. Columns are found by key whatever its case; absent ones are
 * NULL. A scalar is read from its text, so a quoted number is a number; it must be a value of the
 * type exactly.
 */
final class JsonScan implements TableScan.Reader {

  private static final String LINES = "newline_delimited";

  private final Dataset dataset;
  private final Plan plan;

  JsonScan(Dataset dataset, Plan plan) {
    this.dataset = dataset;
    this.plan = plan;
  }

  /** Files with the same keys for the same columns. */
  private record Layout(Map<String, String> keys, String options) {}

  @Override
  public List<TableScan.Part> parts(List<Column> columns, List<DataFile> files) {
    List<Path> paths = plan.lease(files);
    Map<Layout, List<Integer>> layouts = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).bytes() > 0) {
        Layout layout = layout(columns, files.get(i), paths.get(i));
        layouts.computeIfAbsent(layout, l -> new ArrayList<>()).add(i);
      }
    }
    List<TableScan.Part> parts = new ArrayList<>();
    layouts.forEach(
        (layout, which) ->
            parts.add(
                part(
                    columns,
                    layout,
                    which.stream().map(files::get).toList(),
                    which.stream().map(i -> paths.get(i).toString()).toList())));
    return parts;
  }

  private Layout layout(List<Column> columns, DataFile file, Path path) {
    boolean array = plan.texts().isArray(file.object(), path);
    String format =
        array ? "array" : dataset.format() instanceof Format.JsonLines ? LINES : "unstructured";
    String options =
        ", format = '"
            + format
            + "', compression = '"
            + (TextHeaders.isCompressed(file.object()) ? "gzip" : "uncompressed")
            + "'";
    Map<String, FileColumn> found = plan.texts().json(file, path, options);
    Map<String, String> keys = new LinkedHashMap<>();
    for (Column column : columns) {
      FileColumn key = found.get(column.name());
      if (key != null) {
        keys.put(column.name(), key.name());
      }
    }
    return new Layout(keys, options);
  }

  private TableScan.Part part(
      List<Column> columns, Layout layout, List<DataFile> files, List<String> paths) {
    Map<String, String> texts = new HashMap<>();
    List<String> declared = new ArrayList<>();
    for (Column column : columns) {
      String key = layout.keys().get(column.name());
      if (key != null) {
        declared.add(SqlText.literal(key) + ": 'JSON'");
        String sql = "f." + SqlText.name(key);
        texts.put(column.name(), isNested(column.type()) ? sql : "(" + sql + " ->> '$')");
      }
    }
    if (declared.isEmpty()) {
      declared.add("'lake_row': 'JSON'");
    }
    String options =
        ", records = true, columns = {" + String.join(", ", declared) + "}" + layout.options();
    Texts.TextColumns reader =
        new Texts.TextColumns(
            columns, texts, path -> "read_json(" + SqlText.literal(path) + options + ")");
    int scan = plan.add(new Plan.Scan(dataset.id(), files, Optional.of(reader)));
    return new TableScan.Part(
        "read_json(" + SqlText.literals(paths) + options + ")", reader.expressions(scan), files);
  }

  static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }
}
