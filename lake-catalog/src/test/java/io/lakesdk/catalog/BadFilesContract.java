package io.lakesdk.catalog;

import static org.apache.parquet.format.FieldRepetitionType.OPTIONAL;
import static org.apache.parquet.format.FieldRepetitionType.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.parquet.ParquetFixtures;
import io.lakesdk.catalog.parquet.TinyParquet;
import io.lakesdk.error.BadDataException;
import io.lakesdk.storage.PutOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that cannot be a table: a problem that names the file, and nothing is registered. */
public abstract class BadFilesContract {

  private Lake lake;
  private Catalog catalog;

  /** A new, empty lake. */
  protected abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
    catalog = Catalog.of(lake);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private void put(String key, String text) {
    put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String key, byte[] bytes) {
    lake.store(Zone.RAW).put(key, bytes, PutOptions.defaults());
  }

  private CrawlPreview crawl() {
    return catalog.preview(Crawler.of(Zone.RAW, ""));
  }

  private void isRefused(String text) {
    put("good/t/x.csv", "id\n1\n");
    CrawlPreview preview = crawl();
    assertThat(preview.problems()).hasSize(1);
    String problem = preview.problems().get(0).toString();
    assertThat(problem).isEqualTo(text);
    assertThatThrownBy(() -> catalog.apply(preview))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining(preview.problems().get(0).text())
        .hasMessageEndingWith(
            "nothing was registered. Apply preview.leavingOutProblems() to take the rest");
    assertThat(catalog.list()).isEmpty();
    catalog.apply(preview.leavingOutProblems());
    assertThat(catalog.list()).hasSize(1);
  }

  @Test
  void raggedCsv() {
    put("a/t/x.csv", "id,name\n1,a\n2,b,c\n");
    isRefused(
        "raw/a/t/x.csv: line 3 has 3 values where there are 2 columns; quote values that hold the"
            + " delimiter ,");
  }

  @Test
  void unclosedQuote() {
    put("a/t/x.csv", "id,name\n1,a\n2,\"secret\n3,c\n");
    isRefused(
        "raw/a/t/x.csv: a quoted value of the record that starts at line 3 is not closed, or text"
            + " follows its closing quote");
  }

  @Test
  void textAfterAClosingQuote() {
    put("a/t/x.csv", "id,name\n1,a\n2,\"b\"secret\n");
    isRefused(
        "raw/a/t/x.csv: a quoted value of the record that starts at line 3 is not closed, or text"
            + " follows its closing quote");
  }

  @Test
  void wrongEncoding() {
    put("a/t/x.csv", "id,name\n1,M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1));
    isRefused("raw/a/t/x.csv: line 2 is not UTF-8; convert the file to UTF-8 and land it again");
  }

  @Test
  void utf16() {
    put("a/t/x.csv", "id,name\n1,x\n".getBytes(StandardCharsets.UTF_16));
    isRefused(
        "raw/a/t/x.csv: it is text in UTF-16; crawls read UTF-8 CSV, JSON, JSON Lines and"
            + " Parquet");
  }

  @Test
  void nulByte() {
    put("a/t/x.csv", "id,name\n1,a\n2,b\0\n");
    isRefused("raw/a/t/x.csv: line 3 holds a NUL byte, so it is no text, or of another encoding");
  }

  @Test
  void jsonBrokenInTheMiddle() {
    put("a/t/x.json", "{\"id\":1}\n{\"id\":secret}\n{\"id\":3}\n");
    isRefused("raw/a/t/x.json: line 2 is not JSON");
  }

  @Test
  void jsonThatEndsInAValue() {
    put("a/t/x.json", "[{\"id\":1},\n{\"id\":2},\n{\"id\"");
    isRefused("raw/a/t/x.json: it ends in the middle of a value, at line 3; land it whole");
  }

  @Test
  void jsonFieldsThatDifferInCase() {
    put("a/t/x.json", "{\"Id\":1}\n{\"id\":2}\n");
    isRefused(
        "raw/a/t/x.json: line 2 has the field id and there is a field Id, which are the same to"
            + " Athena; rename one");
  }

  @Test
  void csvColumnsThatDifferInCase() {
    put("a/t/x.csv", "Id,ID\n1,2\n");
    isRefused(
        "raw/a/t/x.csv: its header has the columns Id and ID, which are the same to Athena;"
            + " rename one");
  }

  @Test
  void filesOfTwoFormatsInOneFolder() {
    put("a/t/x.csv", "id\n1\n");
    put("a/t/y.json", "{\"id\":1}\n");
    isRefused(
        "raw/a/t/: it holds files of different formats: a/t/y.json is JSON and those before it"
            + " are CSV with the delimiter and quote ,\"; put files of one format into one"
            + " folder");
  }

  @Test
  void filesOfDifferentColumnsInOneFolder() {
    put("a/t/x.csv", "id,name\n1,a\n");
    put("a/t/y.csv", "id,city\n1,a\n");
    isRefused(
        "raw/a/t/y.csv: its header is not that of a/t/x.csv; files with other columns, or with"
            + " the same in another order, belong into another folder");
  }

  @Test
  void truncatedParquet() {
    put("a/t/x.parquet", "PAR1 and then not to the end");
    isRefused(
        "raw/a/t/x.parquet: it starts as a Parquet file and does not end as one, so it is"
            + " truncated; land an undamaged copy of the file");
  }

  @Test
  void damagedParquetFooter() {
    put("a/t/x.parquet", "PAR1????????????\5\0\0\0PAR1");
    isRefused(
        "raw/a/t/x.parquet: its Parquet footer is damaged; land an undamaged copy of the file");
  }

  @Test
  void parquetWithAPageThatLostItsChecksum() {
    put("a/t/w.parquet", ParquetFixtures.people("v1"));
    put("a/t/x.parquet", ParquetFixtures.flipped(ParquetFixtures.people("v1"), 8 * 80));
    isRefused(
        "raw/a/t/x.parquet: its column id is damaged in row group 1 of 2: the page at byte 4 does"
            + " not have its checksum; land an undamaged copy of the file");
  }

  @Test
  void parquetWhosePagesDoNotFillTheColumn() {
    put(
        "a/t/x.parquet",
        TinyParquet.of(1, 3, List.of(TinyParquet.field("n", Type.BYTE_ARRAY, OPTIONAL)))
            .headers(header -> header.getData_page_header().setNum_values(2))
            .bytes());
    isRefused(
        "raw/a/t/x.parquet: its column n is damaged in row group 1 of 1: its pages have 2 values,"
            + " and the footer says 3; land an undamaged copy of the file");
  }

  @Test
  void ofParquetTheFirstPagesAreHeldToTheirChecksums() {
    byte[] two =
        TinyParquet.of(
                2,
                9_000,
                List.of(
                    TinyParquet.field("a", Type.INT64, REQUIRED),
                    TinyParquet.field("b", Type.INT64, REQUIRED)))
            .bytes();
    put("a/t/x.parquet", ParquetFixtures.flipped(two, 8L * 100_000));
    Crawler crawler = Crawler.of(Zone.RAW, "");
    assertThat(catalog.preview(crawler.sampling(80_000)).problems()).isEmpty();
    assertThat(catalog.preview(crawler.sampling(100_000)).problems()).isEmpty();
    assertThat(crawl().problems())
        .singleElement()
        .asString()
        .contains("its column b is damaged in row group 1 of 1: ");
    put("a/t/x.parquet", ParquetFixtures.flipped(two, 8L * 1_000));
    assertThat(catalog.preview(crawler.sampling(80_000)).problems()).hasSize(1);
  }

  @Test
  void compressedText() {
    put("a/t/x.csv.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    isRefused(
        "raw/a/t/x.csv.gz: it is compressed with gzip; crawls read UTF-8 CSV, JSON, JSON Lines"
            + " and Parquet");
  }
}
