package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.ingest.Receipt.Rejected;
import io.lakesdk.schema.DataType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which files and loads of files every lake refuses. */
abstract class FileRefusalContract extends IngestionFixture {

  private Receipt load() {
    return ingest().load(IngestionSource.files(drop), RAW);
  }

  @Nested
  class Rejecting {

    @Test
    void emptyFilesAreToldAndTheOthersLand() {
      write("a.json", "1");
      write("empty.json", "");
      Receipt receipt = load();
      assertThat(receipt.rejected()).containsExactly(new Rejected("empty.json", "is empty"));
      assertThat(names(receipt.landed())).containsExactly("a.json");
    }

    @Test
    void hiddenFilesArePassedOver() {
      write(".a.json.tmp", "1");
      write("_SUCCESS", "1");
      write(".git/config", "1");
      write("_temporary/0/part", "1");
      Receipt receipt = load();
      assertThat(receipt.outcome()).isEqualTo(Outcome.NOTHING);
      assertThat(receipt.rejected()).isEmpty();
      assertThat(receipt.describe()).contains("there was nothing to load; version 0");
      assertThat(Catalog.of(lake).find(RAW.id())).contains(RAW);
    }

    @Test
    void linksAreFollowedInsideTheFolderOnly() throws IOException {
      Path outside = Files.writeString(temp.resolve("secret"), "1");
      write("real/a.json", "2");
      Files.createSymbolicLink(drop.resolve("in.json"), Path.of("real/a.json"));
      Files.createSymbolicLink(drop.resolve("out.json"), outside);
      Files.createSymbolicLink(drop.resolve("folder"), drop.resolve("real"));
      Files.createSymbolicLink(drop.resolve("lost"), drop.resolve("absent"));
      Files.createSymbolicLink(drop.resolve("loop"), drop.resolve("loop"));
      Receipt receipt = load();
      assertThat(names(receipt.landed())).containsExactly("in.json", "real/a.json");
      assertThat(receipt.rejected())
          .containsExactly(
              new Rejected("folder", "is a link to a folder"),
              new Rejected("loop", "is a link that leads nowhere"),
              new Rejected("lost", "is a link that leads nowhere"),
              new Rejected("out.json", "is a link that leads out of the folder"));
      assertThat(contents(RAW)).containsExactly("2", "2");
    }

    @Test
    void namesThatContradictTheFormatAreTold() {
      Dataset csv =
          Dataset.named("aviation.airports")
              .in(Zone.RAW)
              .format(Format.CSV)
              .column("iata", DataType.STRING)
              .build();
      write("a.csv", "iata\nSEA\n");
      write("a.parquet", "PAR1");
      write("b.csv.gz", "x");
      write("c.JSON.gz", "x");
      write("README", "x");
      Receipt receipt = ingest().load(IngestionSource.files(drop), csv);
      assertThat(names(receipt.landed())).containsExactly("README", "a.csv", "b.csv.gz");
      assertThat(receipt.rejected())
          .extracting(Rejected::reason)
          .containsExactly(
              "is named .parquet, and the dataset's files are .csv",
              "is named .json, and the dataset's files are .csv");
    }
  }

  @Nested
  class Refusing {

    @Test
    void aFolderThatIsNotThere() {
      IngestionSource absent = IngestionSource.files(drop.resolve("absent"));
      assertThatThrownBy(() -> ingest().load(absent, RAW))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot load file " + drop.resolve("absent") + ": there is no such file or folder");
      assertThat(Catalog.of(lake).find(RAW.id())).isEmpty();
    }

    @Test
    void aPatternThatIsNone() {
      assertThatThrownBy(() -> IngestionSource.files(drop).matching("{a"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot use pattern option matching(\"{a\"): a { is not closed by }");
    }

    @Test
    void whoMayNotWriteBeforeAnythingIsRead() {
      lake = lake.as(Principal.role("analyst"));
      IngestionSource absent = IngestionSource.files(drop.resolve("absent"));
      assertThatThrownBy(() -> ingest().load(absent, RAW))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith("Cannot write zone raw: ");
    }

    @Test
    void aFileThatGrowsWhileItIsLoaded() throws IOException {
      Path growing = write("b.json", "2");
      write("a.json", "1");
      lake.listen(
          event -> {
            if (event instanceof FileLandedEvent) {
              write("b.json", "22");
            }
          });
      assertThatThrownBy(this::loadAll)
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot load file "
                  + growing.toRealPath()
                  + ": it changed while it was loaded; load it again when it is written to no"
                  + " more");
      assertNothingIsThere();
    }

    @Test
    void aFileThatIsRewrittenInPlaceAtTheSameTimeAndSize() throws IOException {
      Path same = write("b.json", "x2");
      write("a.json", "1");
      var modified = Files.getLastModifiedTime(same);
      lake.listen(
          event -> {
            if (event instanceof FileLandedEvent) {
              rewrite(same, "y2");
              try {
                Files.setLastModifiedTime(same, modified);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            }
          });
      assertThatThrownBy(this::loadAll)
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("it changed while it was loaded");
      assertNothingIsThere();
    }

    @Test
    void aFileThatGoesAway() {
      Path leaving = write("b.json", "2");
      write("a.json", "1");
      lake.listen(
          event -> {
            if (event instanceof FileLandedEvent) {
              leaving.toFile().delete();
            }
          });
      assertThatThrownBy(this::loadAll)
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("b.json: it went away while it was loaded");
      assertNothingIsThere();
    }

    @Test
    void aDefinitionThatTheCatalogRefuses() {
      write("a.json", "1");
      loadAll();
      Dataset inside =
          Dataset.named("aviation.other").in(Zone.RAW).at(RAW.location() + "other/").build();
      assertThatThrownBy(() -> ingest().load(IngestionSource.files(drop), inside))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("overlap");
      assertThat(version(inside)).isZero();
      assertThat(objects(inside)).isZero();
    }

    private void loadAll() {
      load();
    }

    private void rewrite(Path file, String content) {
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.write(content.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void assertNothingIsThere() {
      assertThat(version(RAW)).isZero();
      assertThat(objects(RAW)).isZero();
      assertThat(Catalog.of(lake).find(RAW.id())).isEmpty();
    }
  }
}
