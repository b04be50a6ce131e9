package io.lakesdk.query.parquet;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.google.common.base.Suppliers;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ReadOptions.Range;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import shaded.parquet.org.apache.thrift.TException;

/**
 * Selects of a Parquet file all but the data of columns that are not read and of row groups in
 * which no row can fulfil a condition: what else is in it, such as footer, indexes and Bloom
 * filters, is small, and an engine may look at it. Row groups that are not selected are left out of
 * the footer too, so that no engine looks for them; columns stay in it, since what an engine asks a
 * footer is which columns there are. Where one is read all the same, it fails on the header of a
 * page, of which zeros are none.
 */
public final class ParquetChunks implements LocalFiles.Selection {

  private static final int TAIL = 8;
  private static final int MAGIC_AT = 4;
  private static final int MAGIC = 0x31524150;
  private static final int LARGEST_FOOTER = 1 << 28;

  private final Set<String> columns;
  private final RowGroupChoice choice;
  private final Supplier<String> name;
  private volatile boolean asked;

  /**
   * For a statement that reads these columns.
   *
   * @param columns those that are read; names match in any case
   * @param rows rows that do not fulfil it need not be read
   */
  public ParquetChunks(List<Column> columns, RowCondition rows) {
    this.columns =
        columns.stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    this.choice = new RowGroupChoice(columns, rows);
    this.name = Suppliers.memoize(() -> "parquet " + String.join("\n", this.columns) + "\n" + rows);
  }

  /** Whether a store has asked what to select, so that its files may be cut. */
  public boolean mayHaveCut() {
    return asked;
  }

  @Override
  public String name() {
    asked = true;
    return name.get();
  }

  @Override
  public LocalFiles.Selected select(long size, LocalFiles.Bytes bytes) {
    LocalFiles.Selected all = LocalFiles.Selected.of(List.of(new Range(0, Math.max(1, size))));
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
      return select(file, footer, size);
    } catch (IOException | TException | RuntimeException damaged) {
      return all;
    }
  }

  private LocalFiles.Selected select(FileMetaData file, byte[] footer, long size)
      throws IOException, TException {
    List<RowGroup> groups = requireNonNull(file.getRow_groups());
    if (!tellsItsPlaces(groups, size - TAIL - footer.length)) {
      return LocalFiles.Selected.of(List.of(new Range(0, size)));
    }
    // what is signed cannot be changed
    BitSet kept = file.isSetEncryption_algorithm() ? all(groups) : choice.of(file);
    List<Range> ranges = allBut(size, unread(groups, kept));
    return kept.cardinality() == groups.size()
        ? LocalFiles.Selected.of(ranges)
        : new LocalFiles.Selected(ranges, end(footer, groups, kept));
  }

  private static BitSet all(List<RowGroup> groups) {
    BitSet all = new BitSet();
    all.set(0, groups.size());
    return all;
  }

  /** The end of a file that has only some row groups. */
  private static ByteBuffer end(byte[] footer, List<RowGroup> groups, BitSet kept)
      throws IOException, TException {
    long rows = kept.stream().mapToLong(i -> groups.get(i).getNum_rows()).sum();
    byte[] cut = FooterCut.keep(footer, kept, rows);
    FileMetaData left = Util.readFileMetaData(new ByteArrayInputStream(cut));
    List<RowGroup> expected = kept.stream().mapToObj(groups::get).toList();
    if (!expected.equals(left.getRow_groups()) || cut.length > footer.length) {
      throw new IOException("the footer cannot be cut");
    }
    return ByteBuffer.allocate(cut.length + TAIL)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(cut)
        .putInt(cut.length)
        .putInt(MAGIC)
        .flip()
        .asReadOnlyBuffer();
  }

  /** The data of columns and row groups that are not read. */
  private List<Range> unread(List<RowGroup> groups, BitSet kept) {
    List<Range> unread = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (ColumnChunk chunk : requireNonNull(groups.get(i).getColumns())) {
        ColumnMetaData data = requireNonNull(chunk.getMeta_data());
        String name = requireNonNull(data.getPath_in_schema()).get(0).toLowerCase(Locale.ROOT);
        if (!(kept.get(i) && columns.contains(name)) && data.getTotal_compressed_size() > 0) {
          unread.add(place(data));
        }
      }
    }
    return unread;
  }

  /** Whether it is said exactly where all data is, of each chunk at a place of its own. */
  private static boolean tellsItsPlaces(List<RowGroup> groups, long end) {
    List<Range> places = new ArrayList<>();
    for (RowGroup group : groups) {
      for (ColumnChunk chunk : requireNonNull(group.getColumns())) {
        if (chunk.isSetFile_path() || !chunk.isSetMeta_data() || hidesItsStart(chunk)) {
          return false;
        }
        ColumnMetaData data = requireNonNull(chunk.getMeta_data());
        if (data.getTotal_compressed_size() > 0) {
          places.add(place(data));
        }
      }
    }
    places.sort(Comparator.comparing(Range::offset));
    long at = 0;
    for (Range place : places) {
      if (place.offset() < at || place.offset() > end - place.length()) {
        return false;
      }
      at = place.offset() + place.length();
    }
    return true;
  }

  private static Range place(ColumnMetaData data) {
    return new Range(start(data), data.getTotal_compressed_size());
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
