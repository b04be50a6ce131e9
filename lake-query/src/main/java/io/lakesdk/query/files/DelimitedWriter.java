package io.lakesdk.query.files;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes delimited lines as Hive's LazySimpleSerDe does: no quotes, the delimiters of one level
 * after another inside of nested values, bytes in base64, an escape only where the format has one.
 * What would be read as something else is refused.
 */
final class DelimitedWriter implements RowWriter {

  private static final String REMEDY =
      "take a table of text with ESCAPED BY or another delimiter, or write it to Parquet";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern(" HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private final Dataset dataset;
  private final Format.Delimited format;
  private final List<Column> columns;
  private final char[] delimiters;
  private final Writer out;
  private final StringBuilder line = new StringBuilder();

  DelimitedWriter(Dataset dataset, Format.Delimited format, Path path) throws IOException {
    this.dataset = dataset;
    this.format = format;
    this.columns = dataset.schema().columns();
    this.delimiters = DelimitedFormat.delimiters(format);
    RowFormats.requireOneHeaderLine(dataset, format.headerLines());
    this.out =
        new OutputStreamWriter(
            TextCompression.of(format.compression()).create(path), StandardCharsets.UTF_8);
    if (format.headerLines() == 1) {
      out.write(String.join(String.valueOf(format.fields()), dataset.schema().names()));
      out.write('\n');
    }
  }

  @Override
  public void add(@Nullable Object[] row) throws IOException {
    line.setLength(0);
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        line.append(format.fields());
      }
      try {
        line.append(text(row[i], columns.get(i).type(), 1));
      } catch (Unheld e) {
        throw new BadDataException(
            "write",
            Subject.dataset(dataset.id()),
            "a value of column " + columns.get(i).name() + " " + e.reason);
      }
    }
    out.append(line).append('\n');
  }

  /** A value that delimited lines do not hold. */
  private static final class Unheld extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unheld(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  /**
   * A value.
   *
   * @param level how many kinds of delimiters it stands between
   */
  private String text(@Nullable Object value, DataType type, int level) {
    if (value == null) {
      return format.nulls();
    }
    if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
      return leaf(value, type, level);
    }
    String text;
    boolean empty;
    if (type instanceof ArrayType array) {
      List<?> elements = (List<?>) value;
      List<String> parts = new ArrayList<>();
      elements.forEach(element -> parts.add(text(element, array.element(), level + 1)));
      text = String.join(String.valueOf(delimiters[level]), parts);
      empty = parts.isEmpty();
    } else if (type instanceof MapType map) {
      List<String> parts = new ArrayList<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, one) ->
                  parts.add(
                      text(key, map.key(), level + 2)
                          + delimiters[level + 1]
                          + text(one, map.value(), level + 2)));
      text = String.join(String.valueOf(delimiters[level]), parts);
      empty = parts.isEmpty();
    } else {
      List<StructType.Field> fields = ((StructType) type).fields();
      List<String> parts = new ArrayList<>();
      for (Object one : ((Map<?, ?>) value).values()) {
        parts.add(text(one, fields.get(parts.size()).type(), level + 1));
      }
      text = String.join(String.valueOf(delimiters[level]), parts);
      empty = true;
    }
    if (text.equals(format.nulls()) || (text.isEmpty() && !empty)) {
      throw new Unheld(
          "has a list of one element that is NULL or empty, which delimited text cannot tell from"
              + " none; write it to Parquet");
    }
    return text;
  }

  private String leaf(Object value, DataType type, int level) {
    String text = plain(value);
    boolean string =
        type == Primitive.STRING || type instanceof VarcharType || type instanceof CharType;
    boolean escaped = string && format.escape().isPresent();
    StringBuilder written = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        throw new Unheld("has a line break, which delimited text cannot hold; write it to Parquet");
      }
      boolean special = format.escape().filter(escape -> escape == c).isPresent();
      for (int depth = 0; depth < level && !special; depth++) {
        special = delimiters[depth] == c;
      }
      if (special && !escaped) {
        throw new Unheld("has a delimiter in it; " + REMEDY);
      }
      if (special) {
        written.append(format.escape().orElseThrow().charValue());
      }
      written.append(c);
    }
    if (written.toString().equals(format.nulls())) {
      throw new Unheld("is the text that stands for NULL; " + REMEDY);
    }
    return written.toString();
  }

  private static String plain(Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    } else if (value instanceof LocalDateTime time) {
      return TIME.format(time);
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value.toString();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
