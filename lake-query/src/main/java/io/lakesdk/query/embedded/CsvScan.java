package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads CSV files strictly. Columns are found by the names in the first line, in any order; those
 * that a file does not have are NULL. Without a header they are the dataset's, in order, as many as
 * the first line has values, since columns may have been added after a file was written. An empty
 * value is NULL, unless it is quoted in a column of text. An empty value after a line's last
 * column, which is a delimiter at its end, is passed over.
 */
final class CsvScan implements TableScan.Reader {

  private final Dataset dataset;
  private final Format.Csv format;
  private final Plan plan;

  CsvScan(Dataset dataset, Format.Csv format, Plan plan) {
    this.dataset = dataset;
    this.format = format;
    this.plan = plan;
  }

  /** Files with the same columns in the same order. */
  private record Layout(List<String> names, TextCompression compression) {}

  @Override
  public List<TableScan.Part> parts(List<Column> columns, List<DataFile> files) {
    columns.forEach(this::check);
    Map<Layout, List<Plan.TextFile>> layouts = new LinkedHashMap<>();
    for (Plan.TextFile text : plan.leaseText(files)) {
      List<String> names = names(text);
      if (!names.isEmpty()) {
        Layout layout = new Layout(names, text.compression());
        layouts.computeIfAbsent(layout, l -> new ArrayList<>()).add(text);
      }
    }
    List<TableScan.Part> parts = new ArrayList<>();
    layouts.forEach((layout, texts) -> parts.add(part(columns, layout, texts)));
    return parts;
  }

  private void check(Column column) {
    if (column.type() instanceof ArrayType
        || column.type() instanceof MapType
        || column.type() instanceof StructType) {
      throw new InvalidDefinitionException(
          "read",
          Subject.dataset(dataset.id()),
          "its column " + column.name() + " is " + column.type() + ", which CSV cannot hold");
    }
  }

  private List<String> names(Plan.TextFile text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> declared = dataset.schema().names();
    List<String> names = plan.texts().csv(text, format);
    if (format.header() == Format.Header.ABSENT) {
      return declared.subList(0, Math.min(names.size(), declared.size()));
    }
    Map<String, Integer> seen = new HashMap<>();
    names.forEach(name -> seen.merge(name, 1, Integer::sum));
    for (String name : declared) {
      if (seen.getOrDefault(name, 0) > 1) {
        throw bad(text, "its first line names column " + name + " more than once");
      }
    }
    if (!names.isEmpty() && declared.stream().noneMatch(seen::containsKey)) {
      throw bad(
          text,
          "its first line names none of the columns of dataset "
              + dataset.id()
              + "; if the files have no such line, declare the format with withoutHeader()");
    }
    return names;
  }

  private static BadDataException bad(Plan.TextFile text, String reason) {
    return new BadDataException(
        "read", Subject.object(text.object().zone(), text.object().key()), reason);
  }

  private TableScan.Part part(List<Column> columns, Layout layout, List<Plan.TextFile> read) {
    List<DataFile> files = read.stream().map(Plan.TextFile::file).toList();
    List<String> paths = read.stream().map(text -> text.path().toString()).toList();
    Map<String, String> texts = new HashMap<>();
    StringBuilder declared = new StringBuilder();
    for (int i = 0; i < layout.names().size(); i++) {
      declared.append(i == 0 ? "" : ", ").append("'c").append(i).append("': 'VARCHAR'");
      texts.put(layout.names().get(i), "f.c" + i);
    }
    String options =
        ", columns = {"
            + declared
            + "}, auto_detect = false, strict_mode = true, header = "
            + (format.header() == Format.Header.PRESENT)
            + ", delim = "
            + SqlText.literal(String.valueOf(format.delimiter()))
            + ", quote = "
            + SqlText.literal(String.valueOf(format.quote()))
            + ", escape = "
            + SqlText.literal(String.valueOf(format.quote()))
            + ", nullstr = '', allow_quoted_nulls = false, compression = '"
            + (layout.compression() == TextCompression.GZIP ? "gzip" : "none")
            + "'";
    Texts.TextColumns reader =
        new Texts.TextColumns(
            columns,
            values(columns, texts),
            TableScan.FILE,
            path -> "read_csv(" + SqlText.literal(path) + options + ", parallel = false)");
    int scan = plan.add(new Plan.Scan(dataset.id(), files, Optional.of(reader)));
    return new TableScan.Part(
        "read_csv(" + SqlText.literals(paths) + options + ")",
        reader.expressions(scan),
        TableScan.FILE,
        files);
  }

  /**
   * How each column is read. A quoted empty text is no value of a type other than text, and a text
   * with a NUL in it is none at all: the file is something else, or in another encoding.
   */
  private static Map<String, Texts.Value> values(List<Column> columns, Map<String, String> texts) {
    Map<String, Texts.Value> values = new HashMap<>();
    for (Column column : columns) {
      String text = texts.get(column.name());
      if (text == null) {
        continue;
      }
      if (Texts.isText(column.type())) {
        String whole =
            "CASE WHEN NOT contains("
                + text
                + ", chr(0)) THEN "
                + Texts.fitted(column.type(), text)
                + " END";
        values.put(column.name(), new Texts.Value(text, Optional.of(whole)));
      } else {
        values.put(column.name(), Texts.Value.of(column.type(), "nullif(" + text + ", '')"));
      }
    }
    return values;
  }
}
