package io.lakesdk.catalog.parquet;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * A page of a column, whose header is read.
 *
 * @param position where its header starts in the file
 * @param body where its bytes start
 */
record Page(PageWindow window, Chunk chunk, long position, long body, PageHeader header) {

  private static final int LARGEST_HEADER = 1 << 24;

  /**
   * Reads the header of the page at a position.
   *
   * @param reach where the page ends at the latest
   */
  static Page at(PageWindow window, Chunk chunk, long position, long reach) throws ParquetDamage {
    PageWindow.Range in = window.range(position, Math.min(reach, position + LARGEST_HEADER));
    PageHeader header = new PageHeader();
    try {
      header.read(new TCompactProtocol(new TIOStreamTransport(bounded(in.available()), in)));
    } catch (TException | RuntimeException | StackOverflowError e) {
      throw damaged(chunk, position, "has a header that cannot be read");
    }
    Page page = new Page(window, chunk, position, in.position(), header);
    if (header.getCompressed_page_size() < 0 || header.getUncompressed_page_size() < 0) {
      throw page.damaged("has a size below zero");
    }
    if (page.end() > reach) {
      throw page.damaged("reaches beyond the column's end");
    }
    return page;
  }

  /** Makes nothing larger in memory than what can still be read, whatever a length says. */
  private static TConfiguration bounded(int bytes) {
    return new TConfiguration(
        bytes, TConfiguration.DEFAULT_MAX_FRAME_SIZE, TConfiguration.DEFAULT_RECURSION_DEPTH);
  }

  ParquetDamage damaged(String how) {
    return damaged(chunk, position, how);
  }

  private static ParquetDamage damaged(Chunk chunk, long position, String how) {
    return chunk.damaged("the page at byte " + position + " " + how);
  }

  PageType type() {
    return requireNonNull(header.getType());
  }

  boolean isData() {
    return type() == PageType.DATA_PAGE || type() == PageType.DATA_PAGE_V2;
  }

  private long bytes() {
    return header.getCompressed_page_size();
  }

  /** Where it ends in the file. */
  long end() {
    return body + bytes();
  }

  /** How many values it has, those that are null included; it must be verified and of data. */
  long values() {
    return type() == PageType.DATA_PAGE
        ? requireNonNull(header.getData_page_header()).getNum_values()
        : requireNonNull(header.getData_page_header_v2()).getNum_values();
  }

  /** Whether its values stand in the dictionary; it must be verified and of data. */
  boolean usesDictionary() {
    return isDictionary(encoding());
  }

  private Encoding encoding() {
    return requireNonNull(
        type() == PageType.DATA_PAGE
            ? requireNonNull(header.getData_page_header()).getEncoding()
            : requireNonNull(header.getData_page_header_v2()).getEncoding());
  }

  private static boolean isDictionary(Encoding encoding) {
    return encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
  }

  /** Looks at its bytes, if it has a checksum, and whether its header makes sense. */
  void verify() throws ParquetDamage {
    if (header.isSetCrc() && header.getCrc() != window.crc(body, bytes())) {
      throw damaged("does not have its checksum");
    }
    boolean sound =
        switch (type()) {
          case DATA_PAGE -> isSound(header.getData_page_header());
          case DATA_PAGE_V2 -> isSound(header.getData_page_header_v2());
          case DICTIONARY_PAGE -> isSound(header.getDictionary_page_header());
          case INDEX_PAGE -> true;
        };
    if (!sound || (isData() && !isEncoded())) {
      throw damaged("is not as its header says");
    }
  }

  private boolean isSound(@Nullable DataPageHeader data) {
    return data != null
        && data.getNum_values() >= 0
        && isOfLevels(data.getDefinition_level_encoding(), chunk.leaf().definitions())
        && isOfLevels(data.getRepetition_level_encoding(), chunk.leaf().repetitions())
        && isFull(data.getEncoding(), data.getNum_values(), header.getUncompressed_page_size())
        && isCompressed(codec(), 0);
  }

  private boolean isOfLevels(@Nullable Encoding encoding, int highest) {
    if (header.isSetCrc() && chunk.writer().tellsLevels()) {
      return encoding == (highest == 0 ? Encoding.BIT_PACKED : Encoding.RLE);
    }
    return highest == 0 || encoding == Encoding.RLE || encoding == Encoding.BIT_PACKED;
  }

  /** Whether so many bytes are so many values, as far as that can be told. */
  private boolean isFull(@Nullable Encoding encoding, long values, long bytes) {
    Leaf leaf = chunk.leaf();
    return encoding != Encoding.PLAIN
        || leaf.definitions() > 0
        || leaf.width() == 0
        || values * leaf.width() == bytes;
  }

  private boolean isSound(@Nullable DataPageHeaderV2 data) {
    if (data == null) {
      return false;
    }
    long values = data.getNum_values();
    long repetitions = data.getRepetition_levels_byte_length();
    long definitions = data.getDefinition_levels_byte_length();
    long levels = repetitions + definitions;
    boolean raw = data.isSetIs_compressed() && !data.isIs_compressed();
    return values >= 0
        && repetitions >= 0
        && definitions >= 0
        && levels <= Math.min(bytes(), header.getUncompressed_page_size())
        && LevelRuns.fit(window, body, repetitions, chunk.leaf().repetitions(), values)
        && LevelRuns.fit(
            window, body + repetitions, definitions, chunk.leaf().definitions(), values)
        && isFull(data.getEncoding(), values, header.getUncompressed_page_size() - levels)
        && isCompressed(raw ? CompressionCodec.UNCOMPRESSED : codec(), levels);
  }

  private boolean isSound(@Nullable DictionaryPageHeader dictionary) {
    if (dictionary == null || dictionary.getNum_values() < 0) {
      return false;
    }
    long width = chunk.leaf().width();
    long bytes = header.getUncompressed_page_size();
    return (width == 0 || dictionary.getNum_values() * width == bytes) && isCompressed(codec(), 0);
  }

  private CompressionCodec codec() {
    return requireNonNull(chunk.about().getCodec());
  }

  private boolean isCompressed(CompressionCodec codec, long levels) {
    return Codec.fits(
        codec,
        window,
        body + levels,
        bytes() - levels,
        header.getUncompressed_page_size() - levels);
  }

  /**
   * Whether its encoding is one of its column's type. Where pages have checksums, which do not
   * protect their headers, the footer must list it too.
   */
  private boolean isEncoded() {
    Type type = chunk.leaf().type();
    boolean ofType =
        switch (encoding()) {
          case PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY -> true;
          case RLE -> type == Type.BOOLEAN;
          case DELTA_BINARY_PACKED -> type == Type.INT32 || type == Type.INT64;
          case DELTA_LENGTH_BYTE_ARRAY -> type == Type.BYTE_ARRAY;
          case DELTA_BYTE_ARRAY -> type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY;
          case BYTE_STREAM_SPLIT -> chunk.leaf().width() > 0;
          case BIT_PACKED -> false;
        };
    return ofType && (!header.isSetCrc() || isListed());
  }

  private boolean isListed() {
    List<PageEncodingStats> pages = chunk.about().getEncoding_stats();
    Stream<Encoding> listed =
        pages == null || pages.isEmpty()
            ? requireNonNull(chunk.about().getEncodings()).stream()
            : pages.stream()
                .filter(of -> of.getPage_type() != PageType.DICTIONARY_PAGE)
                .map(PageEncodingStats::getEncoding);
    return listed.anyMatch(
        one -> one == encoding() || (isDictionary(one) && isDictionary(encoding())));
  }
}
