package io.lakesdk.query.files;

import io.lakesdk.Format;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of CSV as Hive's {@code OpenCSVSerde} does, also where they are not well-formed. All
 * values are texts, of which then values of the columns' types are made. What is where is in "Open
 * CSV SerDe for processing CSV" in the Athena User Guide.
 */
final class OpenCsvFormat implements RowFormat {

  private static final long MILLIS_OF_SECOND = 1_000;
  private static final int NANOS_OF_MILLI = 1_000_000;
  private static final int LAST_YEAR = 9999;

  private final Format.OpenCsv format;
  private final List<String> order;

  /**
   * @param order the names of all columns that the dataset's files have
   */
  OpenCsvFormat(Format.OpenCsv format, List<String> order) {
    this.format = format;
    this.order = List.copyOf(order);
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException {
    return new Rows(Lines.after(format.headerLines(), file, path), columns);
  }

  private final class Rows implements Reader {

    private final Lines lines;
    private final List<Column> columns;
    private final int[] places;
    private final @Nullable String[] values = new @Nullable String[order.size()];

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
      if (row.length > 0) {
        split(line, values);
      }
      for (int i = 0; i < row.length; i++) {
        String text = values[places[i]];
        Column column = columns.get(i);
        row[i] = text == null ? null : value(text, column.type());
        if (text != null && row[i] == null && format.values() == Format.Malformed.REFUSED) {
          throw lines.bad("its value of column " + column.name() + " is no " + column.type());
        }
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  /** The value of a text, or null if it is none of the type. */
  private static @Nullable Object value(String text, DataType type) {
    if (Texts.isText(type)) {
      return text;
    }
    if (type != Primitive.DATE && type != Primitive.TIMESTAMP) {
      return TextValues.parse(text, type);
    }
    try {
      long number = Long.parseLong(text);
      long seconds = Math.floorDiv(number, MILLIS_OF_SECOND);
      int millis = (int) Math.floorMod(number, MILLIS_OF_SECOND);
      boolean date = type == Primitive.DATE;
      LocalDate day =
          date ? LocalDate.ofEpochDay(number) : FileColumns.timestamp(seconds, 0).toLocalDate();
      if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
        return null;
      }
      return date ? day : FileColumns.timestamp(seconds, millis * NANOS_OF_MILLI);
    } catch (NumberFormatException | DateTimeException noNumberOfDays) {
      return null;
    }
  }

  /**
   * Takes a line apart. A quote in the middle of a value is kept where something other than a
   * delimiter is on both of its sides, and opens or closes the quotation all the same; a value
   * whose quotation is not closed is not there.
   *
   * @param values is filled; null for those that the line does not have
   */
  private void split(String line, @Nullable String[] values) {
    Arrays.fill(values, null);
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    boolean inside = false;
    int count = 0;
    for (int i = 0; i < line.length() && count < values.length; i++) {
      char c = line.charAt(i);
      int next = i + 1 < line.length() ? line.charAt(i + 1) : -1;
      boolean open = quoted || inside;
      if (c == format.escape()) {
        if (open && (next == format.quote() || next == format.escape())) {
          value.append((char) next);
          i++;
        }
      } else if (c == format.quote()) {
        if (open && next == c) {
          value.append(c);
          i++;
        } else {
          embedded(line, i, value);
          quoted = !quoted;
        }
        inside = !inside;
      } else if (c == format.delimiter() && !quoted) {
        values[count++] = value.toString();
        value.setLength(0);
        inside = false;
      } else {
        value.append(c);
        inside = true;
      }
    }
    if (count < values.length && !quoted && !line.isEmpty()) {
      values[count] = value.toString();
    }
  }

  /** What becomes of a quote that is neither doubled nor escaped. */
  private void embedded(String line, int at, StringBuilder value) {
    boolean between =
        at > 2
            && line.charAt(at - 1) != format.delimiter()
            && at + 1 < line.length()
            && line.charAt(at + 1) != format.delimiter();
    if (between && !value.isEmpty() && value.toString().isBlank()) {
      value.setLength(0);
    } else if (between) {
      value.append(format.quote());
    }
  }
}
