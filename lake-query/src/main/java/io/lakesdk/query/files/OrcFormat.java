package io.lakesdk.query.files;

import io.lakesdk.Format.ColumnAccess;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.FileFormatException;
import org.apache.orc.OrcFile;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads ORC files with Apache ORC. Columns are found by name whatever its case, or by their place
 * among the dataset's columns; absent ones are NULL. Only the columns that are wanted are read.
 */
final class OrcFormat implements RowFormat {

  private final ColumnAccess access;
  private final List<String> order;
  private final Configuration settings = new Configuration(false);

  /**
   * @param order the names of all columns that the dataset's files have
   */
  OrcFormat(ColumnAccess access, List<String> order) {
    this.access = access;
    this.order = List.copyOf(order);
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public Reader open(ObjectRef file, java.nio.file.Path path, List<Column> columns)
      throws IOException {
    FileColumns names = new FileColumns(file);
    org.apache.orc.Reader orc;
    try {
      orc =
          OrcFile.createReader(
              new Path("/file.orc"),
              OrcFile.readerOptions(settings)
                  .filesystem(new OrcFiles(path, settings))
                  .useUTCTimestamp(true)
                  .convertToProlepticGregorian(true));
    } catch (FileFormatException e) {
      throw names.bad("it is no ORC file, or was cut off");
    }
    try {
      return new Rows(orc, names, columns);
    } catch (IOException | RuntimeException e) {
      orc.close();
      throw e;
    }
  }

  private final class Rows implements Reader {

    private final org.apache.orc.Reader orc;
    private final List<Column> columns;
    private final int[] places;
    private final @Nullable OrcValues[] values;
    private final VectorizedRowBatch batch;
    private final RecordReader rows;
    private int at;

    Rows(org.apache.orc.Reader orc, FileColumns names, List<Column> columns) throws IOException {
      this.orc = orc;
      this.columns = columns;
      this.places = new int[columns.size()];
      this.values = new @Nullable OrcValues[columns.size()];
      TypeDescription schema = orc.getSchema();
      if (schema.getCategory() != TypeDescription.Category.STRUCT) {
        throw names.bad("its rows are " + schema + " and no struct");
      }
      boolean[] read = new boolean[schema.getMaximumId() + 1];
      read[0] = true;
      Map<String, Integer> found = Map.of();
      if (access == ColumnAccess.BY_NAME) {
        found = names.places(schema.getFieldNames(), "");
      }
      for (int i = 0; i < places.length; i++) {
        Column column = columns.get(i);
        int place =
            access == ColumnAccess.BY_NAME
                ? found.getOrDefault(column.name(), -1)
                : order.indexOf(column.name());
        if (place >= 0 && place < schema.getChildren().size()) {
          TypeDescription type = schema.getChildren().get(place);
          places[i] = place;
          values[i] = OrcValues.of(names, column.name(), type, column.type());
          Arrays.fill(read, type.getId(), type.getMaximumId() + 1, true);
        }
      }
      this.batch = schema.createRowBatch();
      this.rows = orc.rows(orc.options().include(read));
    }

    @Override
    public boolean next(@Nullable Object[] row) throws IOException {
      if (at == batch.size) {
        if (!rows.nextBatch(batch)) {
          return false;
        }
        at = 0;
      }
      for (int i = 0; i < row.length; i++) {
        OrcValues value = values[i];
        try {
          row[i] = value == null ? null : value.readNullable(vector(i), at);
        } catch (ArithmeticException e) {
          throw new RowScan.Misfit(columns.get(i));
        }
      }
      at++;
      return true;
    }

    private ColumnVector vector(int column) {
      return batch.cols[places[column]];
    }

    @Override
    public void close() throws IOException {
      try (orc) {
        rows.close();
      }
    }
  }
}
