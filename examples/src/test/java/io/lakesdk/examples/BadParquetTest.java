package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.parquet.ParquetFixtures;
import io.lakesdk.error.BadDataException;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.ingest.Receipt;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parquet files that are cut off, damaged, or of other columns. */
class BadParquetTest extends BadInputFixture {

  record Person(int id, @Nullable String name, @Nullable LocalDate born) {}

  record Stranger(String id, String name) {}

  private final Dataset raw = people(Format.PARQUET);

  /** A Parquet file, as a lake writes it. */
  private <T extends Record> byte[] parquet(Class<T> type, List<T> rows) {
    Dataset other = Dataset.named("crm.other").in(Zone.named("scratch")).columns(type).build();
    Ingestion.of(lake).load(IngestionSource.records(rows), other);
    var file = Publishing.of(lake).snapshot(other).files(PartitionFilter.any()).get(0);
    try (var content = lake.store(other.zone()).get(file.object().key(), ReadOptions.current())) {
      byte[] bytes = content.readAllBytes();
      Catalog.of(lake).drop(other.id());
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] good() {
    return parquet(
        Person.class,
        List.of(new Person(1, "Ada", LocalDate.of(1815, 12, 10)), new Person(2, null, null)));
  }

  @Test
  void cutOff() {
    byte[] good = good();
    refusedEverywhere(
        raw,
        good,
        "cut.parquet",
        Arrays.copyOf(good, good.length / 2),
        "it starts as a Parquet file and does not end as one, so it is truncated",
        "it is no Parquet file, or was cut off");
    refusedByCrawl(
        raw,
        "cut.parquet",
        "it starts as a Parquet file and does not end as one, so it is truncated; land an"
            + " undamaged copy of the file");
  }

  @Test
  void withAFooterOfFlippedBits() {
    byte[] good = good();
    byte[] bad = good.clone();
    for (int i = bad.length - 60; i < bad.length - 8; i++) {
      bad[i] ^= 0x55;
    }
    refusedEverywhere(
        raw, good, "flip.parquet", bad, "its Parquet footer is damaged", "its content is damaged");
    refusedByCrawl(
        raw, "flip.parquet", "its Parquet footer is damaged; land an undamaged copy of the file");
  }

  @Test
  void withAFlippedBitInAPageThatHasAChecksum() {
    land(raw, "good.parquet", good());
    byte[] people = ParquetFixtures.people("java-v1");
    Receipt receipt = land(raw, "flip.parquet", ParquetFixtures.flipped(people, 8 * 40));
    String damage =
        "its column id is damaged in row group 1 of 2: the page at byte 4 does not have its"
            + " checksum";
    assertThat(receipt.landed()).isEmpty();
    assertThat(receipt.rejected().get(0).reason())
        .isEqualTo("is no sound Parquet file: " + damage + "; put an undamaged copy in its place");
    assertThat(query("SELECT id FROM crm.people ORDER BY id")).containsExactly("[1]", "[2]");

    lake.store(Zone.RAW)
        .put(
            raw.location() + "flip.parquet",
            ParquetFixtures.flipped(people, 8 * 40),
            PutOptions.defaults());
    refusedByCrawl(raw, "flip.parquet", damage + "; land an undamaged copy of the file");

    land(raw, "flip.parquet", people);
    assertThat(query("SELECT count(*) FROM crm.people")).containsExactly("[14]");
  }

  @Test
  void thatIsSomethingElse() {
    refusedEverywhere(
        raw,
        good(),
        "text.parquet",
        utf8("hunter2 ".repeat(10)),
        "it does not start as a Parquet file",
        "it is no Parquet file, or was cut off");
  }

  @Test
  void ofAnotherSchema() {
    refusedByReaders(
        raw,
        good(),
        "other.parquet",
        parquet(Stranger.class, List.of(new Stranger("hunter2", "x"))),
        "its column id is string, which cannot be read as int");
    assertThat(problems(raw)).hasSize(1);
  }

  @Test
  void whoseBitsFlipOnceItHasLanded() throws IOException {
    land(raw, "a.parquet", good());
    Processing.of(lake).run(clean(raw));
    Map<String, String> output = bytes(CLEAN);
    long versions = Publishing.of(lake).history(CLEAN).size();
    String key =
        Publishing.of(lake).snapshot(raw).files(PartitionFilter.any()).get(0).object().key();
    lake.close();
    lake = Lake.at(temp.resolve("lake"));
    flipBit(temp.resolve("lake/raw").resolve(key));

    Pipeline again =
        Pipeline.named("again")
            .read(raw)
            .sql("SELECT id, name FROM input")
            .write(CLEAN, Write.overwrite())
            .build();
    String message =
        "Cannot read object raw/" + key + ": its bytes are not those that were written";
    assertThatThrownBy(() -> query("SELECT id FROM crm.people"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> Processing.of(lake).run(again))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining(message);
    assertThat(bytes(CLEAN)).isEqualTo(output);
    assertThat(Publishing.of(lake).history(CLEAN)).hasSize((int) versions);
  }

  private static void flipBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(file, bytes);
  }
}
