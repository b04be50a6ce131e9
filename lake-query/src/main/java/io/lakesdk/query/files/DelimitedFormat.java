package io.lakesdk.query.files;

import io.lakesdk.Format;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited lines as Hive's LazySimpleSerDe does. Inside of values the delimiters of one
 * level after another count: that of elements, that of keys, and then the characters from 4 on.
 */
final class DelimitedFormat implements RowFormat {

  private static final int LEVELS = 8;

  private final Format.Delimited format;
  private final List<String> order;
  private final char[] delimiters;
  private final int escape;

  /**
   * @param order the names of all columns that the dataset's files have
   */
  DelimitedFormat(Format.Delimited format, List<String> order) {
    this.format = format;
    this.order = List.copyOf(order);
    this.delimiters = delimiters(format);
    this.escape = format.escape().map(c -> (int) c).orElse(-1);
  }

  /** What separates values, level by level. */
  static char[] delimiters(Format.Delimited format) {
    char[] delimiters = new char[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      delimiters[level] = (char) (level + 1);
    }
    delimiters[0] = format.fields();
    delimiters[1] = format.elements();
    delimiters[2] = format.keys();
    return delimiters;
  }

  /** How many levels of delimiters the values of a type take, of which there are eight. */
  static boolean hasRoom(DataType type, int level) {
    if (type instanceof ArrayType array) {
      return level < LEVELS && hasRoom(array.element(), level + 1);
    } else if (type instanceof MapType map) {
      return level + 1 < LEVELS
          && !NestedJson.isNested(map.key())
          && hasRoom(map.value(), level + 2);
    } else if (type instanceof StructType struct) {
      return level < LEVELS
          && struct.fields().stream().allMatch(field -> hasRoom(field.type(), level + 1));
    }
    return true;
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException {
    return new Rows(Lines.after(format.headerLines(), file, path), columns);
  }

  private final class Rows implements Reader {

    private final Lines lines;
    private final List<Column> columns;
    private final int[] places;

    Rows(Lines lines, List<Column> columns) {
      this.lines = lines;
      this.columns = columns;
      this.places = columns.stream().mapToInt(column -> order.indexOf(column.name())).toArray();
    }

    @Override
    public boolean next(@Nullable Object[] row) throws IOException {
      String line = lines.next();
      if (line == null) {
        return false;
      }
      List<String> values = row.length == 0 ? List.of() : split(line, 0);
      for (int i = 0; i < row.length; i++) {
        row[i] =
            places[i] < values.size()
                ? value(values.get(places[i]), columns.get(i).type(), 1, true)
                : null;
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  /** The parts of a text, with their escapes. */
  private List<String> split(String text, int level) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape) {
        i++;
      } else if (c == delimiters[level]) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /**
   * The value of a text.
   *
   * @param whole whether it is a column's, of which the engine makes a value of the type
   */
  private @Nullable Object value(String text, DataType type, int level, boolean whole) {
    if (text.equals(format.nulls())) {
      return null;
    }
    if (type instanceof ArrayType array) {
      List<@Nullable Object> list = new ArrayList<>();
      for (String part : parts(text, level)) {
        list.add(value(part, array.element(), level + 1, false));
      }
      return list;
    }
    if (type instanceof MapType map) {
      Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
      for (String part : parts(text, level)) {
        List<String> entry = split(part, level + 1);
        Object key = value(entry.get(0), map.key(), level + 2, false);
        if (key != null) {
          String rest = entry.size() < 2 ? format.nulls() : entry.get(1);
          entries.putIfAbsent(key, value(rest, map.value(), level + 2, false));
        }
      }
      return entries;
    }
    if (type instanceof StructType struct) {
      List<String> parts = split(text, level);
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(parts.size(), struct.fields().size()); i++) {
        StructType.Field field = struct.fields().get(i);
        fields.put(field.name(), value(parts.get(i), field.type(), level + 1, false));
      }
      return fields;
    }
    String plain = unescaped(text);
    return whole ? plain : TextValues.parse(plain, type);
  }

  private List<String> parts(String text, int level) {
    return text.isEmpty() ? List.of() : split(text, level);
  }

  private String unescaped(String text) {
    if (escape < 0 || text.indexOf(escape) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == escape && i + 1 < text.length()) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }
}
