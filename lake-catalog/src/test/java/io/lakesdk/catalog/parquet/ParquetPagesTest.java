package io.lakesdk.catalog.parquet;

import static org.apache.parquet.format.FieldRepetitionType.OPTIONAL;
import static org.apache.parquet.format.FieldRepetitionType.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What of a Parquet file's damage is noticed, and that intact files of all kinds pass. */
class ParquetPagesTest {

  static final List<String> CHECKED = ParquetFixtures.CHECKED;

  static final List<String> ALL =
      Stream.concat(ParquetFixtures.CHECKED.stream(), ParquetFixtures.OTHERS.stream()).toList();

  private static Optional<String> damage(byte[] file) {
    try {
      ParquetPages.verify(new BytesInMemory(file));
      return Optional.empty();
    } catch (ParquetDamage e) {
      return Optional.of(e.reason());
    }
  }

  private static FileMetaData footer(byte[] file) {
    int start = ParquetFixtures.footer(file);
    try {
      return Util.readFileMetaData(
          new ByteArrayInputStream(file, start, file.length - start), file.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] withFooter(byte[] file, Consumer<FileMetaData> change) {
    FileMetaData footer = footer(file);
    change.accept(footer);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try {
      changed.write(file, 0, ParquetFixtures.footer(file));
      int before = changed.size();
      Util.writeFileMetaData(footer, changed);
      int length = changed.size() - before;
      changed.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
      changed.write(file, file.length - 4, 4);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return changed.toByteArray();
  }

  /** A page as this test finds it. */
  private record Found(long header, int body, int end, String column) {}

  private static List<Found> pages(byte[] file) throws IOException {
    List<Found> pages = new ArrayList<>();
    for (RowGroup group : footer(file).getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        ColumnMetaData about = column.getMeta_data();
        int at =
            (int)
                (about.isSetDictionary_page_offset()
                    ? about.getDictionary_page_offset()
                    : about.getData_page_offset());
        int end = at + (int) about.getTotal_compressed_size();
        while (about.getNum_values() > 0 && at < end) {
          ByteArrayInputStream in = new ByteArrayInputStream(file, at, end - at);
          PageHeader header = Util.readPageHeader(in);
          int body = end - in.available();
          int next = body + header.getCompressed_page_size();
          pages.add(new Found(at, body, next, String.join(".", about.getPath_in_schema())));
          at = next;
        }
      }
    }
    return pages;
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void intactFilesPass(String name) {
    assertThat(damage(ParquetFixtures.people(name))).isEmpty();
  }

  @Nested
  class Checksums {

    static final List<String> CHECKED = ParquetFixtures.CHECKED;

    @ParameterizedTest
    @FieldSource("CHECKED")
    void everyFlippedBitOfAPageIsNoticed(String name) throws IOException {
      byte[] file = ParquetFixtures.people(name);
      List<Found> pages = pages(file);
      assertThat(pages).hasSizeGreaterThan(10);
      for (Found page : pages) {
        for (long bit = page.body() * 8L; bit < page.end() * 8L; bit++) {
          assertThat(damage(ParquetFixtures.flipped(file, bit)))
              .hasValueSatisfying(
                  reason ->
                      assertThat(reason)
                          .startsWith("its column " + page.column() + " is damaged in row group ")
                          .endsWith(
                              ": the page at byte "
                                  + page.header()
                                  + " does not have its checksum"));
        }
      }
    }

    @Test
    void theReasonNamesColumnRowGroupAndPage() throws IOException {
      byte[] file = ParquetFixtures.people("v1");
      Found last = pages(file).get(pages(file).size() - 1);
      assertThat(damage(ParquetFixtures.flipped(file, last.body() * 8L)))
          .hasValue(
              "its column tags.list.element is damaged in row group 2 of 2: the page at byte "
                  + last.header()
                  + " does not have its checksum");
    }

    @Test
    void onlyPagesWithinTheGivenBytesAreLookedAt() throws IOException, ParquetDamage {
      byte[] file = ParquetFixtures.people("v1");
      Found third = pages(file).get(2);
      BytesInMemory bad = new BytesInMemory(ParquetFixtures.flipped(file, third.body() * 8L));
      ParquetFooter footer = ParquetFooter.read(bad);
      ParquetPages.verify(bad, footer, third.end() - 1);
      assertThatThrownBy(() -> ParquetPages.verify(bad, footer, third.end()))
          .isInstanceOf(ParquetDamage.class);
    }

    @Test
    void aFileWithoutChecksumsHasItsStructureOnly() throws IOException {
      byte[] file = ParquetFixtures.people("unchecked");
      Found page = pages(file).get(0);
      assertThat(damage(ParquetFixtures.flipped(file, page.end() * 8L - 1))).isEmpty();
      assertThat(damage(ParquetFixtures.flipped(file, page.body() * 8L)))
          .hasValue(
              "its column id is damaged in row group 1 of 2: the page at byte 4 is not as its"
                  + " header says");
    }
  }

  @Nested
  class Truncation {

    @Test
    void atAnyLengthIsNoticed() {
      byte[] file = ParquetFixtures.people("v2");
      for (int length = 0; length < file.length; length++) {
        assertThat(damage(Arrays.copyOf(file, length))).isPresent();
      }
    }

    @Test
    void saysWhatIsMissing() {
      byte[] file = ParquetFixtures.people("v2");
      assertThat(damage(new byte[0])).hasValue("it does not start as a Parquet file");
      assertThat(damage("id,name".getBytes(StandardCharsets.UTF_8)))
          .hasValue("it does not start as a Parquet file");
      assertThat(damage(Arrays.copyOf(file, 10)))
          .hasValue("it starts as a Parquet file and is too short to be one");
      assertThat(damage(Arrays.copyOf(file, 1000)))
          .hasValue("it starts as a Parquet file and does not end as one, so it is truncated");
    }

    @Test
    void ofWhatLiesInTheMiddleIsNoticed() {
      byte[] file = ParquetFixtures.people("unchecked");
      byte[] cut = new byte[file.length - 50];
      System.arraycopy(file, 0, cut, 0, 300);
      System.arraycopy(file, 350, cut, 300, file.length - 350);
      assertThat(damage(cut)).hasValueSatisfying(reason -> assertThat(reason).contains("column"));
    }
  }

  @Nested
  class Contradictions {

    private TinyParquet tiny() {
      return TinyParquet.of(
          2,
          3,
          List.of(
              TinyParquet.field("id", Type.INT64, REQUIRED),
              TinyParquet.field("name", Type.BYTE_ARRAY, OPTIONAL)));
    }

    private ColumnMetaData id(FileMetaData footer) {
      return footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
    }

    private ColumnMetaData name(FileMetaData footer) {
      return footer.getRow_groups().get(0).getColumns().get(1).getMeta_data();
    }

    private void isDamaged(TinyParquet file, String reason) {
      assertThat(damage(file.bytes())).hasValue(reason);
    }

    @Test
    void thereIsNoneInAnIntactFile() {
      assertThat(damage(tiny().bytes())).isEmpty();
    }

    @Test
    void inTheNumberOfRows() {
      isDamaged(tiny().footer(footer -> footer.setNum_rows(4)), "its Parquet footer is damaged");
    }

    @Test
    void inTheNumberOfColumns() {
      isDamaged(
          tiny().footer(footer -> footer.getRow_groups().get(0).getColumns().remove(1)),
          "its Parquet footer is damaged");
    }

    @Test
    void inTheNumberOfValues() {
      isDamaged(
          tiny().footer(footer -> name(footer).setNum_values(4)),
          "its column name is damaged in row group 1 of 1: the footer says that it has 4 values"
              + " for 3 rows");
      isDamaged(
          tiny().headers(header -> header.getData_page_header().setNum_values(2)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 is not as its header"
              + " says");
      isDamaged(
          TinyParquet.of(1, 3, List.of(TinyParquet.field("n", Type.BYTE_ARRAY, OPTIONAL)))
              .headers(header -> header.getData_page_header().setNum_values(2)),
          "its column n is damaged in row group 1 of 1: its pages have 2 values, and the footer"
              + " says 3");
    }

    @Test
    void inTheSizesOfPages() {
      isDamaged(
          tiny().headers(header -> header.setCompressed_page_size(10_000)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 reaches beyond the"
              + " column's end");
      isDamaged(
          tiny().headers(header -> header.setCompressed_page_size(-1)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 has a size below"
              + " zero");
      isDamaged(
          tiny().headers(header -> header.setUncompressed_page_size(9)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 is not as its header"
              + " says");
    }

    @Test
    void inTheSizeOfAColumnWithoutValues() {
      TinyParquet empty =
          TinyParquet.of(1, 0, List.of(TinyParquet.field("n", Type.BYTE_ARRAY, OPTIONAL)));
      assertThat(damage(empty.bytes())).isEmpty();
      isDamaged(
          TinyParquet.of(1, 0, List.of(TinyParquet.field("n", Type.BYTE_ARRAY, OPTIONAL)))
              .footer(footer -> id(footer).setTotal_compressed_size(-22)),
          "its column n is damaged in row group 1 of 1: the footer says that it has a size below"
              + " zero");
    }

    @Test
    void inTheKindOfPages() {
      isDamaged(
          tiny().headers(header -> header.setType(PageType.DATA_PAGE_V2)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 is not as its header"
              + " says");
      isDamaged(
          tiny().headers(header -> header.setType(PageType.INDEX_PAGE)),
          "its column id is damaged in row group 1 of 1: its pages have 0 values, and the footer"
              + " says 3");
    }

    @Test
    void inTheEncoding() {
      isDamaged(
          tiny().headers(header -> header.getData_page_header().setEncoding(Encoding.RLE)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 is not as its header"
              + " says");
      isDamaged(
          tiny()
              .headers(
                  header -> header.getData_page_header().setEncoding(Encoding.DELTA_BINARY_PACKED)),
          "its column id is damaged in row group 1 of 1: the page at byte 4 is not as its header"
              + " says");
      isDamaged(
          tiny()
              .headers(header -> header.unsetCrc())
              .headers(header -> header.getData_page_header().setEncoding(Encoding.RLE_DICTIONARY))
              .footer(footer -> id(footer).setEncodings(List.of(Encoding.RLE_DICTIONARY))),
          "its column id is damaged in row group 1 of 1: the page at byte 4 refers to a"
              + " dictionary, and there is none");
    }

    @Test
    void inThePlaceOfAColumn() {
      for (long place : new long[] {-1, 0, 3, 100_000, Long.MAX_VALUE}) {
        isDamaged(
            tiny().footer(footer -> id(footer).setData_page_offset(place)),
            "its column id is damaged in row group 1 of 1: the footer says that it is where no"
                + " column can be");
      }
      isDamaged(
          tiny().footer(footer -> id(footer).setDictionary_page_offset(50)),
          "its column id is damaged in row group 1 of 1: the footer says that its dictionary comes"
              + " after its data");
      isDamaged(
          tiny().footer(footer -> id(footer).setTotal_compressed_size(Long.MAX_VALUE)),
          "its column id is damaged in row group 1 of 1: the footer says that it is where no"
              + " column can be");
      isDamaged(
          tiny().footer(f -> f.getRow_groups().get(0).getColumns().get(0).setFile_path("x")),
          "its column id is damaged in row group 1 of 1: the footer says that its pages are in"
              + " another file");
    }

    @Test
    void inNameAndType() {
      String reason =
          "its column id is damaged in row group 1 of 1: the footer says otherwise of it there"
              + " than in the schema";
      isDamaged(tiny().footer(footer -> id(footer).setPath_in_schema(List.of("ie"))), reason);
      isDamaged(tiny().footer(footer -> id(footer).setType(Type.DOUBLE)), reason);
    }

    @Test
    void inTheTwoWaysToAnnotateAField() {
      isDamaged(
          tiny()
              .footer(
                  footer ->
                      footer
                          .getSchema()
                          .get(1)
                          .setConverted_type(ConvertedType.DECIMAL)
                          .setPrecision(9)
                          .setScale(2)
                          .setLogicalType(LogicalType.DECIMAL(new DecimalType(3, 9)))),
          "its schema annotates the field id with what contradicts itself");
    }

    @Test
    void inWhetherAColumnMayBeNull() {
      isDamaged(
          tiny()
              .footer(
                  footer ->
                      name(footer)
                          .setSize_statistics(
                              new SizeStatistics().setDefinition_level_histogram(List.of(3L)))),
          "its column name is damaged in row group 1 of 1: the footer's statistics are not of such"
              + " a column");
      byte[] file = ParquetFixtures.people("java-v1");
      byte[] other =
          withFooter(file, footer -> footer.getSchema().get(3).setRepetition_type(REQUIRED));
      assertThat(damage(other))
          .hasValueSatisfying(
              reason ->
                  assertThat(reason)
                      .startsWith(
                          "its column born is damaged in row group 1 of 2: the page at byte")
                      .endsWith("is not as its header says"));
    }

    @Test
    void inStatistics() {
      String reason =
          "its column id is damaged in row group 1 of 1: the footer's statistics are not of such a"
              + " column";
      isDamaged(tiny().footer(f -> id(f).setStatistics(new Statistics().setNull_count(1))), reason);
      isDamaged(
          tiny().footer(f -> id(f).setStatistics(new Statistics().setMin_value(new byte[5]))),
          reason);
      isDamaged(
          tiny()
              .footer(
                  f ->
                      name(f)
                          .setStatistics(
                              new Statistics().setNull_count(3).setMax_value(new byte[] {'x'}))),
          "its column name is damaged in row group 1 of 1: the footer's statistics are not of such"
              + " a column");
    }

    @Test
    void isNoneWhereAnOldWriterCountsNoHeaders() {
      TinyParquet old =
          tiny()
              .footer(
                  footer -> {
                    name(footer).setTotal_compressed_size(15);
                    footer.setCreated_by("parquet-mr version 1.2.8 (build x)");
                  });
      assertThat(damage(old.bytes())).isEmpty();
      isDamaged(
          tiny().footer(footer -> name(footer).setTotal_compressed_size(15)),
          "its column name is damaged in row group 1 of 1: the page at byte 51 has a header that"
              + " cannot be read");
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void anyDamageIsToldAsSuch(String name) {
    byte[] good = ParquetFixtures.people(name);
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        int at = random.nextInt(bad.length);
        switch (random.nextInt(3)) {
          case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> bad[at] = (byte) random.nextInt();
          default -> {
            int length = Math.min(random.nextInt(16), bad.length - at);
            System.arraycopy(good, random.nextInt(bad.length - length), bad, at, length);
          }
        }
      }
      damage(bad).ifPresent(reason -> assertThat(reason).doesNotContain("hunter"));
    }
  }
}
