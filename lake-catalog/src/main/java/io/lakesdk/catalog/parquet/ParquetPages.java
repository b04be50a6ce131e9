package io.lakesdk.catalog.parquet;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Holds the pages of a Parquet file to what the file says of them. Where a page carries a checksum,
 * its bytes must have it. In any file the pages fill the columns as the footer says, they have as
 * many values as it says, and their headers make sense. Nothing is decompressed, so that damage
 * inside a page without a checksum goes unnoticed. Encrypted columns are passed over.
 *
 * <p>Besides the footer a small buffer is in memory, whatever the size of the file.
 */
public final class ParquetPages {

  private final List<Leaf> leaves;
  private final FileMetaData metadata;
  private final Writer writer;
  private final PageWindow window;
  private final long limit;
  private final long within;

  private ParquetPages(ParquetBytes file, FileMetaData metadata, long limit, long within)
      throws ParquetDamage {
    this.leaves = Leaf.of(requireNonNull(metadata.getSchema()));
    this.metadata = metadata;
    this.writer = Writer.of(metadata.getCreated_by());
    this.window = new PageWindow(file);
    this.limit = limit;
    this.within = within;
  }

  /** Looks at the footer and at all pages of a file. */
  public static void verify(ParquetBytes file) throws ParquetDamage {
    verify(file, ParquetFooter.read(file), Long.MAX_VALUE);
  }

  /** Looks at those pages of a file that end within so many bytes from its start. */
  public static void verify(ParquetBytes file, ParquetFooter footer, long within)
      throws ParquetDamage {
    if (footer.metadata().isPresent()) {
      new ParquetPages(file, footer.metadata().get(), footer.start(), within).verify();
    }
  }

  private void verify() throws ParquetDamage {
    List<RowGroup> groups = requireNonNull(metadata.getRow_groups());
    for (int i = 0; i < groups.size(); i++) {
      verify(groups.get(i), "row group " + (i + 1) + " of " + groups.size());
    }
  }

  private void verify(RowGroup group, String where) throws ParquetDamage {
    List<ColumnChunk> columns = requireNonNull(group.getColumns());
    if (columns.isEmpty() && group.getNum_rows() == 0) {
      return;
    }
    if (columns.size() != leaves.size()) {
      throw ParquetFooter.damaged();
    }
    for (int i = 0; i < columns.size(); i++) {
      verify(columns.get(i), leaves.get(i), group.getNum_rows(), where);
    }
  }

  private void verify(ColumnChunk column, Leaf leaf, long rows, String where) throws ParquetDamage {
    if (column.isSetCrypto_metadata()) {
      return;
    }
    ColumnMetaData about = column.getMeta_data();
    if (about == null) {
      throw ParquetFooter.damaged();
    }
    Chunk chunk = new Chunk(leaf, about, writer, where);
    if (column.isSetFile_path()) {
      throw chunk.damaged("the footer says that its pages are in another file");
    }
    chunk.verify(rows);
    if (about.getNum_values() > 0) {
      new ColumnPages(window, chunk, limit).verify(within);
    }
  }
}
