package io.lakesdk.query.files;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV that {@link OpenCsvFormat} reads as it was: each value in quotes, with quotes and
 * escapes in it escaped, dates as days since 1970 and timestamps as milliseconds. NULL and line
 * breaks, which the SerDe cannot read, are refused.
 */
final class OpenCsvWriter implements RowWriter {

  private static final Set<DataType> WRITTEN =
      Set.of(
          Primitive.BOOLEAN,
          Primitive.TINYINT,
          Primitive.SMALLINT,
          Primitive.INT,
          Primitive.BIGINT,
          Primitive.FLOAT,
          Primitive.DOUBLE,
          Primitive.DATE,
          Primitive.TIMESTAMP);

  private final Subject subject;
  private final Format.OpenCsv format;
  private final List<Column> columns;
  private final Writer out;
  private final StringBuilder line = new StringBuilder();

  OpenCsvWriter(Dataset dataset, Format.OpenCsv format, Path path) throws IOException {
    this.subject = Subject.dataset(dataset.id());
    this.format = format;
    this.columns = dataset.schema().columns();
    RowFormats.requireOneHeaderLine(dataset, format.headerLines());
    for (Column column : columns) {
      DataType type = column.type();
      if (!WRITTEN.contains(type) && !Texts.isText(type) && !(type instanceof DecimalType)) {
        throw new InvalidDefinitionException(
            "write",
            subject,
            "its column " + column.name() + " is " + type + ", which CSV cannot hold");
      }
    }
    this.out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    if (format.headerLines() == 1) {
      write(columns.stream().map(Column::name).toArray());
    }
  }

  @Override
  public void add(@Nullable Object[] row) throws IOException {
    write(row);
  }

  private void write(@Nullable Object[] row) throws IOException {
    line.setLength(0);
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        line.append(format.delimiter());
      }
      Object value = row[i];
      if (value == null) {
        throw refuse(i, "is NULL, which the SerDe reads as an empty text");
      }
      line.append(format.quote());
      append(text(value), i);
      line.append(format.quote());
    }
    out.append(line).append('\n');
  }

  private void append(String text, int column) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        throw refuse(column, "has a line break, and the SerDe reads line by line");
      }
      if (c == format.quote() || c == format.escape()) {
        line.append(format.escape());
      }
      line.append(c);
    }
  }

  private BadDataException refuse(int column, String reason) {
    return new BadDataException(
        "write",
        subject,
        "a value of column " + columns.get(column).name() + " " + reason + "; write it to Parquet");
  }

  private static String text(Object value) {
    if (value instanceof LocalDate day) {
      return Long.toString(day.toEpochDay());
    } else if (value instanceof LocalDateTime time) {
      return Long.toString(time.toInstant(ZoneOffset.UTC).toEpochMilli());
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
