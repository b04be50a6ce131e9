package io.lakesdk.catalog.crawl;

import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.catalog.parquet.ParquetDamage;
import io.lakesdk.catalog.parquet.ParquetFooter;
import io.lakesdk.catalog.parquet.ParquetPages;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.SchemaChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.parquet.format.FileMetaData;

/**
 * Looks at the footers of Parquet files, which say the schema, and whether the pages are what they
 * say. Files of a table may lack columns that others have, and hold narrower types.
 */
final class ParquetSurvey implements FormatSurvey {

  private final long sampleBytes;
  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private long rows;
  private long files;

  /** A column of the files so far, and the one that it was first seen in. */
  private record Seen(DataType type, String physical, SourceFile file, long files, long rows) {}

  /**
   * @param sampleBytes how much of each file is held to its checksums
   */
  ParquetSurvey(long sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  @Override
  public Format format() {
    return Format.PARQUET;
  }

  @Override
  public OptionalLong read(SourceFile file) {
    try {
      ParquetFooter footer = ParquetFooter.read(file);
      FileMetaData metadata =
          footer
              .metadata()
              .orElseThrow(
                  () -> file.unreadable("its footer is encrypted, which is not supported"));
      List<ParquetTypes.Field> fields =
          ParquetTypes.of(Objects.requireNonNull(metadata.getSchema()), file);
      ParquetPages.verify(file, footer, sampleBytes);
      add(file, fields, metadata.getNum_rows());
      return OptionalLong.of(metadata.getNum_rows());
    } catch (ParquetDamage e) {
      throw file.damaged(e.reason());
    }
  }

  private void add(SourceFile file, List<ParquetTypes.Field> fields, long number) {
    for (ParquetTypes.Field field : fields) {
      seen.merge(
          field.name(),
          new Seen(field.type(), field.physical(), file, 1, number),
          (before, now) -> merged(field.name(), before, now));
    }
    rows += number;
    files++;
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
