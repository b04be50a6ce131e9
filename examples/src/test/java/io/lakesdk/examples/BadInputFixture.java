package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.CrawlPreview;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.catalog.Finding;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.ingest.Receipt;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.Rule;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a file through a lake: a drop folder, the raw zone, a crawl, a pipeline that keeps bad
 * rows aside, and questions. What is wrong with the file is refused on the way, and the lake is as
 * it was.
 */
abstract class BadInputFixture {

  /** What stands in bad files and must be in no message. */
  static final String SECRET = "hunter2";

  static final Dataset CLEAN =
      Dataset.named("crm.clean")
          .in(Zone.CURATED)
          .column("id", DataType.INT)
          .column("name", DataType.STRING)
          .build();

  static final Dataset REJECTED = Dataset.named("crm.clean_quarantine").in(Zone.CURATED).build();

  @TempDir Path temp;
  Lake lake;

  @BeforeEach
  void openLake() throws IOException {
    Files.createDirectories(drop());
    lake = Lake.at(temp.resolve("lake"));
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  Path drop() {
    return temp.resolve("drop");
  }

  /** A dataset of people in the raw zone. */
  static Dataset people(Format format) {
    return Dataset.named("crm.people")
        .in(Zone.RAW)
        .format(format)
        .column("id", DataType.INT)
        .column("name", DataType.STRING)
        .column("born", DataType.DATE)
        .column("paid", DataType.decimal(5, 2))
        .build();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Puts a file into the drop folder and loads what is there. */
  Receipt land(Dataset raw, String name, byte[] content) {
    try {
      Files.write(drop().resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Ingestion.of(lake).load(IngestionSource.files(drop()), raw);
  }

  /** Reads all of a dataset, and keeps those aside who have no name. */
  static Pipeline clean(Dataset raw) {
    return Pipeline.named("clean")
        .read(raw)
        .expect(Rule.notNull("name"))
        .sql("SELECT id, name FROM input WHERE born IS NULL OR born > date '1700-01-01'")
        .write(CLEAN, Write.overwrite())
        .build();
  }

  List<String> query(String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql))) {
      return rows.asLists().map(List::toString).toList();
    }
  }

  CrawlPreview crawl(Dataset raw) {
    return Catalog.of(lake).preview(Crawler.of(Zone.RAW, raw.location()));
  }

  List<String> problems(Dataset raw) {
    return crawl(raw).problems().stream().map(Finding::toString).toList();
  }

  /** The bytes of a dataset's current files by key. */
  Map<String, String> bytes(Dataset dataset) {
    Map<String, String> all = new HashMap<>();
    for (DataFile file : Publishing.of(lake).snapshot(dataset).files(PartitionFilter.any())) {
      try (var content =
          lake.store(dataset.zone()).get(file.object().key(), ReadOptions.current())) {
        all.put(
            file.object().key(), new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  /** Everything that a failure could have changed. */
  private List<Object> everything(Dataset raw) {
    return List.of(
        bytes(raw),
        Catalog.of(lake).list(),
        Publishing.of(lake).history(raw),
        Publishing.of(lake).history(CLEAN),
        Publishing.of(lake).history(REJECTED),
        bytes(CLEAN),
        bytes(REJECTED),
        lake.store(Zone.RAW).versions("").count(),
        lake.store(Zone.CURATED).versions("").count());
  }

  /**
   * Lands a good file and cleans it, lands a bad one beside it, and sees it refused wherever it is
   * read, by a reason.
   */
  void refusedByReaders(Dataset raw, byte[] good, String name, byte[] bad, String reason) {
    landAndClean(raw, good, name);
    Receipt receipt = land(raw, name, bad);
    assertThat(receipt.landed()).extracting(Receipt.Landed::name).containsExactly(name);
    String key = receipt.landed().get(0).object().key();
    assertThat(bytes(raw)).containsEntry(key, new String(bad, StandardCharsets.ISO_8859_1));
    refusedByReaders(raw, key, reason);
  }

  /**
   * Lands a good file and cleans it, sees a bad one rejected by ingestion, and, where it got into
   * the dataset by another way, refused wherever it is read.
   */
  void refusedEverywhere(
      Dataset raw, byte[] good, String name, byte[] bad, String rejection, String reason) {
    landAndClean(raw, good, name);
    List<Object> before = everything(raw);
    Receipt receipt = land(raw, name, bad);
    assertThat(receipt.landed()).isEmpty();
    assertThat(receipt.rejected())
        .containsExactly(
            new Receipt.Rejected(
                name,
                "is no sound Parquet file: " + rejection + "; put an undamaged copy in its place"));
    assertThat(everything(raw)).isEqualTo(before);
    refusedByReaders(raw, include(raw, name, bad), reason);
  }

  private void landAndClean(Dataset raw, byte[] good, String bad) {
    land(raw, "good" + bad.substring(bad.indexOf('.')), good);
    Processing.of(lake).run(clean(raw));
    assertThat(query("SELECT id FROM crm.clean")).containsExactly("[1]");
    assertThat(query("SELECT quarantine_rule FROM crm.clean_quarantine"))
        .containsExactly("[notNull(name)]");
  }

  /** Makes a file part of a dataset without ingestion, and returns its object's key. */
  private String include(Dataset raw, String name, byte[] content) {
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(raw, Write.APPEND, LoadId.unique());
        ObjectUpload upload = draft.upload(name, Partition.none())) {
      upload.write(content);
      ObjectInfo object = upload.complete();
      draft.include(object, Partition.none(), OptionalLong.empty());
      publishing.publish(draft);
      return object.key();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refusedByReaders(Dataset raw, String key, String reason) {
    List<Object> before = everything(raw);
    String message = "Cannot read object raw/" + key + ": " + reason;
    refused(() -> query("SELECT id, name, born, paid FROM crm.people"), message);
    refused(() -> Processing.of(lake).run(clean(raw)), message);
    assertThat(everything(raw)).isEqualTo(before);
    assertThat(query("SELECT id FROM crm.clean")).containsExactly("[1]");
  }

  private static void refused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining(message)
        .satisfies(BadInputFixture::tellsNoData);
  }

  /** No message down to the last cause has anything of the files' content. */
  static void tellsNoData(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      assertThat(String.valueOf(at.getMessage()))
          .doesNotContain(SECRET)
          .doesNotContain("/proc/")
          .doesNotContainIgnoringCase("duckdb");
    }
  }

  /** The crawl has this problem and nothing else, and cannot be applied. */
  void refusedByCrawl(Dataset raw, String file, String text) {
    List<Object> before = everything(raw);
    CrawlPreview preview = crawl(raw);
    assertThat(preview.problems()).hasSize(1);
    assertThat(preview.problems().get(0).toString())
        .startsWith("raw/" + raw.location())
        .contains(file)
        .endsWith(": " + text)
        .doesNotContain(SECRET);
    assertThatThrownBy(() -> Catalog.of(lake).apply(preview))
        .isInstanceOf(LakeException.class)
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining(text)
        .satisfies(BadInputFixture::tellsNoData);
    assertThat(everything(raw)).isEqualTo(before);
  }
}
