package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.Rule;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Security;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full, and metadata that is gone or of another age. */
class BadDiskTest extends BadInputFixture {

  private static final int ROWS = 20_000;

  private static final Dataset NUMBERS =
      Dataset.named("disk.numbers")
          .in(Zone.RAW)
          .format(Format.CSV)
          .column("batch", DataType.INT)
          .column("number", DataType.STRING)
          .build();

  private static final Dataset COPY = Dataset.named("disk.copy").in(Zone.CURATED).build();

  private Path small;

  @AfterEach
  void unmount() {
    if (small != null) {
      closeLake();
      mount("umount", "-l", small.toString());
    }
  }

  private static boolean mount(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void load(int batch) throws IOException {
    Path file = drop().resolve("batch-" + batch + ".csv");
    StringBuilder text = new StringBuilder("batch,number\n");
    Random random = new Random(batch);
    for (int i = 0; i < ROWS; i++) {
      text.append(batch).append(',').append(random.nextLong()).append(random.nextLong());
      text.append('\n');
    }
    Files.writeString(file, text);
    Ingestion.of(lake).load(IngestionSource.files(file), NUMBERS);
  }

  private void copy() {
    Processing.of(lake)
        .run(
            Pipeline.named("copy")
                .read(NUMBERS)
                .expect(Rule.notNull("number"))
                .write(COPY, Write.overwrite())
                .build());
  }

  /** Takes what is left of the disk. */
  private Path fill() throws IOException {
    Path filler = small.resolve("filler");
    byte[] some = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    return filler;
  }

  private void holdsWholeBatches(Dataset dataset, int batches) {
    assertThat(
            query("SELECT batch, count(*) FROM " + dataset.id() + " GROUP BY batch ORDER BY batch"))
        .hasSize(batches)
        .allMatch(row -> row.endsWith(", " + ROWS + "]"));
  }

  @Test
  void fullIsToldAndEveryLoadIsWholeOrNotThere() throws IOException {
    small = Files.createDirectory(temp.resolve("small"));
    assumeTrue(
        mount("mount", "-t", "tmpfs", "-o", "size=24m", "lake-test", small.toString()),
        "needs the right to mount a disk");
    closeLake();
    lake = Lake.at(small.resolve("lake"));
    load(0);
    copy();
    int[] batches = {1};
    assertThatThrownBy(
            () -> {
              for (; batches[0] < 100; batches[0]++) {
                load(batches[0]);
              }
            })
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("full")
        .hasMessageContaining(small.toRealPath().toString());
    holdsWholeBatches(NUMBERS, batches[0]);
    Path filler = fill();
    assertThatThrownBy(this::copy)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("full");
    holdsWholeBatches(NUMBERS, batches[0]);
    holdsWholeBatches(COPY, 1);
    assertThat(Publishing.of(lake).history(COPY)).hasSize(1);

    closeLake();
    Files.delete(filler);
    lake = Lake.at(small.resolve("lake"));
    holdsWholeBatches(NUMBERS, batches[0]);
    holdsWholeBatches(COPY, 1);
  }

  private void landAndClean() {
    land(people(Format.CSV), "a.csv", utf8("id,name,born,paid\n1,Ada,,\n2,,,\n"));
    Processing.of(lake).run(clean(people(Format.CSV)));
    lake.close();
  }

  private Path root() {
    return temp.resolve("lake");
  }

  /** Each file below the lake's folder with its bytes. */
  private Map<String, String> disk() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(
            root().relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  @Test
  void withoutItsMetadataIsToldAndLeftAlone() throws IOException {
    landAndClean();
    Files.delete(root().resolve(".lake/metadata.db"));
    Map<String, String> before = disk();
    assertThatThrownBy(() -> Lake.at(root()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageStartingWith("Cannot open metadata " + root().toRealPath())
        .hasMessageContaining("put it back from a backup");
    assertThat(disk()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage", "publish", "catalog", "security"})
  void withMetadataOfANewerVersionIsToldAndLeftAlone(String component) throws Exception {
    Security.of(lake);
    landAndClean();
    String database = "jdbc:sqlite:" + root().resolve(".lake/metadata.db");
    setVersion(database, component);
    Map<String, String> before = disk();
    assertThatThrownBy(
            () -> {
              try (Lake newer = Lake.at(root())) {
                lake = newer;
                Security.of(lake).grants().list();
                query("SELECT id FROM crm.people");
              }
            })
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("its " + component + " tables are of version 99")
        .hasMessageEndingWith("open the lake with the newer SDK that wrote it");
    before.keySet().removeIf(name -> name.startsWith(".lake/metadata.db"));
    assertThat(disk()).containsAllEntriesOf(before);
  }

  private static void setVersion(String database, String component) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE lake_component SET version = 99 WHERE name = '" + component + "'"))
          .isEqualTo(1);
    }
  }
}
