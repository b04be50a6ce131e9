package io.lakesdk.query.files;

import io.lakesdk.schema.Column;
import io.lakesdk.schema.StructType;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro object container files by the schema that each has. Columns are found by name whatever
 * its case; absent ones are NULL, and fields that are no column are passed over.
 */
final class AvroFormat implements RowFormat {

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException {
    FileColumns names = new FileColumns(file);
    GenericDatumReader<IndexedRecord> datums = new GenericDatumReader<>(null, null, plain());
    DataFileReader<IndexedRecord> rows;
    try {
      rows = new DataFileReader<>(path.toFile(), datums);
    } catch (IOException | AvroRuntimeException e) {
      throw names.bad("it is no Avro file, or was cut off");
    }
    try {
      if (isCutOff(path, rows.previousSync())) {
        throw names.bad("it was cut off, or something else follows its content");
      }
      return new Rows(rows, datums, names, columns);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /**
   * Whether the file ends with something else than the marker that is at the end of its header and
   * of each block. Avro takes the end of a file for its end wherever it is.
   */
  private static boolean isCutOff(Path path, long afterHeader) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] first = new byte[DataFileConstants.SYNC_SIZE];
      byte[] last = new byte[DataFileConstants.SYNC_SIZE];
      file.seek(afterHeader - first.length);
      file.readFully(first);
      file.seek(file.length() - last.length);
      file.readFully(last);
      return !Arrays.equals(first, last);
    }
  }

  /** Values without conversions: of logical types those that stand for them. */
  private static GenericData plain() {
    return new GenericData();
  }

  private static final class Rows implements Reader {

    private final DataFileReader<IndexedRecord> rows;
    private final List<Column> columns;
    private final @Nullable AvroValues[] values;
    private final int[] places;
    private @Nullable IndexedRecord last;

    Rows(
        DataFileReader<IndexedRecord> rows,
        GenericDatumReader<IndexedRecord> datums,
        FileColumns names,
        List<Column> columns) {
      this.rows = rows;
      this.columns = columns;
      this.values = new @Nullable AvroValues[columns.size()];
      this.places = new int[columns.size()];
      Schema written = rows.getSchema();
      if (written.getType() != Schema.Type.RECORD) {
        throw names.bad("its schema is " + AvroValues.shown(written) + " and no record");
      }
      List<Schema.Field> fields = written.getFields();
      Map<String, Integer> found =
          names.places(fields.stream().map(Schema.Field::name).toList(), "");
      List<Schema.Field> wanted = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        Integer place = found.get(column.name());
        if (place != null) {
          Schema.Field field = fields.get(place);
          values[i] = AvroValues.of(names, column.name(), field.schema(), column.type());
          places[i] = wanted.size();
          wanted.add(new Schema.Field(field.name(), field.schema()));
        }
      }
      // What no column wants is passed over by Avro, without values being made of it.
      datums.setExpected(
          Schema.createRecord(
              written.getName(), null, written.getNamespace(), false, List.copyOf(wanted)));
    }

    @Override
    public boolean next(@Nullable Object[] row) throws IOException {
      if (!rows.hasNext()) {
        return false;
      }
      IndexedRecord record = rows.next(last);
      last = record;
      for (int i = 0; i < row.length; i++) {
        AvroValues value = values[i];
        Object raw = value == null ? null : record.get(places[i]);
        try {
          row[i] = value == null || raw == null ? null : value.read(raw);
        } catch (ArithmeticException e) {
          throw new RowScan.Misfit(columns.get(i));
        }
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  /** The fields of a struct, by their place in a record. */
  static Map<String, Integer> fields(FileColumns names, String where, Schema record) {
    return names.places(record.getFields().stream().map(Schema.Field::name).toList(), where);
  }

  static String inside(String where, StructType.Field field) {
    return where + "." + field.name();
  }
}
