package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.publish.Publishing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on a small disk of its own, where this process may mount one. */
class FullDiskTest {

  private static final Dataset RAW = Dataset.named("t.raw").in(Zone.RAW).build();
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path temp;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=16m", "lake-test", disk.toString()))
        .as("no disk can be mounted here, which needs root")
        .isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static Path file(Path path, int megabytes) throws IOException {
    byte[] content = new byte[megabytes * MEGABYTE];
    new Random(1).nextBytes(content);
    return Files.write(path, content);
  }

  @Test
  void aLoadThatFillsTheDiskLeavesNothingAndLandsWhenThereIsRoom() throws Exception {
    Path drop = Files.createDirectory(temp.resolve("drop"));
    file(drop.resolve("a.bin"), 1);
    file(drop.resolve("b.bin"), 5);
    try (Lake lake = Lake.at(disk.resolve("lake"))) {
      Publishing publishing = Publishing.of(lake);
      Path ballast = file(disk.resolve("ballast"), 10);

      assertThatThrownBy(() -> Ingestion.of(lake).load(IngestionSource.files(drop), RAW))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith("Cannot ");
      assertThat(publishing.snapshot(RAW).version()).isZero();
      assertThat(Catalog.of(lake).find(RAW.id())).isEmpty();

      Files.delete(ballast);
      Receipt receipt = Ingestion.of(lake).load(IngestionSource.files(drop), RAW);
      assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(receipt.bytes()).isEqualTo(6L * MEGABYTE);
    }
  }

  @Test
  void aLakeOnADiskThatOnlyReadsIsNotOpened() throws Exception {
    Lake.at(disk.resolve("lake")).close();
    assumeThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
    assertThatThrownBy(() -> Lake.at(disk.resolve("lake")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(disk.toString());
  }
}
