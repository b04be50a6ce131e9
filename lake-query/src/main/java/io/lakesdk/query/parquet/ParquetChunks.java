package io.lakesdk.query.parquet;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.lakesdk.schema.Column;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ReadOptions.Range;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Selects of a Parquet file all but the data of columns that are not read: what else is in it, such
 * as footer, indexes and Bloom filters, is small, and an engine may look at it.
 */
public final class ParquetChunks implements LocalFiles.Selection {

  private static final int TAIL = 8;
  private static final int MAGIC_AT = 4;
  private static final int MAGIC = 0x31524150;
  private static final int LARGEST_FOOTER = 1 << 28;

  private final Set<String> columns;

  /**
   * For a statement that reads these columns.
   *
   * @param columns those that are read; names match in any case
   */
  public ParquetChunks(List<Column> columns) {
    this.columns =
        columns.stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String name() {
    return "parquet " + String.join("\n", columns);
  }

  @Override
  public List<Range> ranges(long size, LocalFiles.Bytes bytes) {
    List<Range> all = List.of(new Range(0, Math.max(1, size)));
    if (size < TAIL + 4) {
      return all;
    }
    ByteBuffer tail = ByteBuffer.wrap(bytes.read(size - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
    int length = tail.getInt(0);
    if (tail.getInt(MAGIC_AT) != MAGIC
        || length < 1
        || length > LARGEST_FOOTER
        || length > size - TAIL - 4) {
      // whoever reads it will say what is wrong
      return all;
    }
    byte[] footer = bytes.read(size - TAIL - length, length);
    try {
      FileMetaData file = Util.readFileMetaData(new ByteArrayInputStream(footer));
      return allBut(size, unread(file));
    } catch (IOException | RuntimeException damaged) {
      return all;
    }
  }

  /**
   * The data of columns that are not read; nothing if the file does not say exactly where it is.
   */
  private List<Range> unread(FileMetaData file) {
    List<Range> unread = new ArrayList<>();
    for (RowGroup group : requireNonNull(file.getRow_groups())) {
      for (ColumnChunk chunk : requireNonNull(group.getColumns())) {
        if (chunk.isSetFile_path() || !chunk.isSetMeta_data() || hidesItsStart(chunk)) {
          return List.of();
        }
        ColumnMetaData data = requireNonNull(chunk.getMeta_data());
        String name = requireNonNull(data.getPath_in_schema()).get(0).toLowerCase(Locale.ROOT);
        if (!columns.contains(name) && data.getTotal_compressed_size() > 0) {
          unread.add(new Range(start(data), data.getTotal_compressed_size()));
        }
      }
    }
    return unread;
  }

  /** Some writers do not say where the dictionary is, which then starts before the data. */
  private static boolean hidesItsStart(ColumnChunk chunk) {
    ColumnMetaData data = requireNonNull(chunk.getMeta_data());
    List<Encoding> encodings = requireNonNullElse(data.getEncodings(), List.of());
    return !data.isSetDictionary_page_offset()
        && (encodings.contains(Encoding.PLAIN_DICTIONARY)
            || encodings.contains(Encoding.RLE_DICTIONARY));
  }

  private static long start(ColumnMetaData data) {
    long first = data.getData_page_offset();
    return data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0
        ? Math.min(first, data.getDictionary_page_offset())
        : first;
  }

  private static List<Range> allBut(long size, List<Range> left) {
    List<Range> sorted = new ArrayList<>(left);
    sorted.sort(Comparator.comparing(Range::offset));
    List<Range> wanted = new ArrayList<>();
    long at = 0;
    for (Range hole : sorted) {
      if (hole.offset() > at) {
        wanted.add(new Range(at, hole.offset() - at));
      }
      at = Math.max(at, hole.offset() + hole.length());
    }
    if (at < size) {
      wanted.add(new Range(at, size - at));
    }
    return wanted;
  }
}
