package io.lakesdk.catalog.crawl;

import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.SchemaChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * Looks at the footers of Parquet files, which say the schema; the data is not read. Files of a
 * table may lack columns that others have, and hold narrower types.
 */
final class ParquetSurvey implements FormatSurvey {

  private static final int TAIL = 8;
  private static final int LARGEST_FOOTER = 1 << 28;

  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private long rows;
  private long files;

  /** A column of the files so far, and the one that it was first seen in. */
  private record Seen(DataType type, String physical, SourceFile file, long files, long rows) {}

  @Override
  public Format format() {
    return Format.PARQUET;
  }

  @Override
  public OptionalLong read(SourceFile file) {
    FileMetaData footer = footer(file);
    if (footer.getNum_rows() < 0 || footer.getSchema() == null) {
      throw damaged(file);
    }
    for (ParquetTypes.Field field : ParquetTypes.of(footer.getSchema(), file)) {
      seen.merge(
          field.name(),
          new Seen(field.type(), field.physical(), file, 1, footer.getNum_rows()),
          (before, now) -> merged(field.name(), before, now));
    }
    rows += footer.getNum_rows();
    files++;
    return OptionalLong.of(footer.getNum_rows());
  }

  private static FileMetaData footer(SourceFile file) {
    if (file.bytes() < TAIL + 4) {
      throw file.unreadable(
          "it starts as a Parquet file and is too short to be one; land it whole");
    }
    byte[] tail = file.read(file.bytes() - TAIL, TAIL);
    String magic = new String(tail, 4, 4, StandardCharsets.ISO_8859_1);
    if (magic.equals("PARE")) {
      throw file.unreadable("its footer is encrypted, which is not supported");
    }
    if (!magic.equals("PAR1")) {
      throw file.unreadable(
          "it starts as a Parquet file and does not end as one, so it is truncated; land it whole");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 1 || length > LARGEST_FOOTER || length > file.bytes() - TAIL - 4) {
      throw damaged(file);
    }
    byte[] footer = file.read(file.bytes() - TAIL - length, length);
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(footer), true);
    } catch (IOException | RuntimeException e) {
      throw damaged(file);
    }
  }

  private static Unreadable damaged(SourceFile file) {
    return file.unreadable("its Parquet footer is damaged; land the file again");
  }

  private static Seen merged(String name, Seen before, Seen now) {
    if (before.type().equals(now.type()) || widens(now.type(), before.type())) {
      return new Seen(
          before.type(),
          before.physical(),
          before.file(),
          before.files() + 1,
          before.rows() + now.rows());
    }
    if (widens(before.type(), now.type())) {
      return new Seen(
          now.type(), now.physical(), now.file(), before.files() + 1, before.rows() + now.rows());
    }
    throw now.file()
        .unreadable(
            "its column "
                + name
                + " is "
                + now.type()
                + " and "
                + before.type()
                + " in "
                + before.file().key()
                + "; files that do not fit together belong into folders of their own");
  }

  private static boolean widens(DataType from, DataType to) {
    return Schema.of(Column.of("c", from)).evolve(Schema.of(Column.of("c", to))).stream()
        .allMatch(SchemaChange::compatible);
  }

  @Override
  public List<ColumnEvidence> columns() {
    List<ColumnEvidence> columns = new ArrayList<>();
    seen.forEach(
        (name, column) ->
            columns.add(
                new ColumnEvidence(
                    Column.of(name, column.type()), rows, column.rows(), 0, 0, reason(column))));
    return columns;
  }

  private String reason(Seen column) {
    String where =
        column.files() == files
            ? files == 1 ? "the file says" : "all " + Profile.number(files) + " files say"
            : Profile.number(column.files()) + " of " + Profile.number(files) + " files say";
    return where + " " + column.physical();
  }
}
