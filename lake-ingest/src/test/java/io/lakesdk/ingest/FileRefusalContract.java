package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.parquet.ParquetFixtures;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.ingest.Receipt.Rejected;
import io.lakesdk.publish.LoadId;
import io.lakesdk.schema.DataType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  class RejectingDamage {

    private static final Dataset PEOPLE =
        Dataset.named("crm.people")
            .in(Zone.RAW)
            .column("id", DataType.INT)
            .column("name", DataType.STRING)
            .build();

    private static final Dataset ANYTHING = Dataset.named("crm.anything").in(Zone.RAW).build();

    private static final String REASON =
        "is no sound Parquet file: its column id is damaged in row group 1 of 2: the page at byte 4"
            + " does not have its checksum; put an undamaged copy in its place";

    private final byte[] good = ParquetFixtures.people("v1");
    private final byte[] bad = ParquetFixtures.flipped(good, 8 * 80);

    private Receipt land(Dataset dataset) {
      return ingest().load(IngestionSource.files(drop), dataset);
    }

    @Test
    void aDamagedPageIsToldAndTheOthersLand() {
      write("a.parquet", ParquetFixtures.people("v2"));
      write("b.parquet", bad);
      write("c.parquet", good);
      Receipt receipt = land(PEOPLE);
      assertThat(names(receipt.landed())).containsExactly("a.parquet", "c.parquet");
      assertThat(receipt.rejected()).containsExactly(new Rejected("b.parquet", REASON));
      assertThat(receipt.describe()).contains("rejected b.parquet: " + REASON);
      assertThat(objects(PEOPLE)).isEqualTo(2);
      assertThat(files(PEOPLE)).extracting(file -> content(file)).contains(good);
    }

    @Test
    void nothingLandsWhereNothingIsSound() {
      write("b.parquet", bad);
      Receipt receipt = land(PEOPLE);
      assertThat(receipt.outcome()).isEqualTo(Outcome.NOTHING);
      assertThat(receipt.rejected()).containsExactly(new Rejected("b.parquet", REASON));
      assertThat(version(PEOPLE)).isZero();
      assertThat(objects(PEOPLE)).isZero();
    }

    @Test
    void itLandsOnceItIsWhole() {
      write("a.parquet", good);
      write("b.parquet", bad);
      land(PEOPLE);
      Receipt again = land(PEOPLE);
      assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(again.present()).containsExactly("a.parquet");
      assertThat(again.rejected()).hasSize(1);
      write("b.parquet", good);
      assertThat(names(land(PEOPLE).landed())).containsExactly("b.parquet");
      assertThat(version(PEOPLE)).isEqualTo(2);
    }

    @Test
    void itReplacesNothing() {
      write("a.parquet", good);
      land(PEOPLE);
      write("a.parquet", bad);
      Receipt receipt = ingest().load(IngestionSource.files(drop), Load.into(PEOPLE).overwriting());
      assertThat(receipt.outcome()).isEqualTo(Outcome.NOTHING);
      assertThat(version(PEOPLE)).isEqualTo(1);
      assertThat(content(files(PEOPLE).get(0))).isEqualTo(good);
    }

    @Test
    void aNameOfTheLoadChangesNothing() {
      write("a.parquet", good);
      write("b.parquet", bad);
      Load named = Load.into(PEOPLE).as(LoadId.of("monday"));
      Receipt receipt = ingest().load(IngestionSource.files(drop), named);
      assertThat(names(receipt.landed())).containsExactly("a.parquet");
      assertThat(receipt.rejected()).hasSize(1);
    }

    @Test
    void whatIsCutOffOrSomethingElseIsTold() {
      write("cut.parquet", Arrays.copyOf(good, good.length / 2));
      write("notes", "hunter2");
      write("text.parquet", "hunter2");
      Receipt receipt = land(PEOPLE);
      assertThat(receipt.rejected())
          .containsExactly(
              new Rejected(
                  "cut.parquet",
                  "is no sound Parquet file: it starts as a Parquet file and does not end as one,"
                      + " so it is truncated; put an undamaged copy in its place"),
              new Rejected(
                  "notes",
                  "is no sound Parquet file: it does not start as a Parquet file; put an undamaged"
                      + " copy in its place"),
              new Rejected(
                  "text.parquet",
                  "is no sound Parquet file: it does not start as a Parquet file; put an undamaged"
                      + " copy in its place"));
    }

    @Test
    void whereThereAreNoColumnsTheNameOrTheStartSaysWhatIsParquet() {
      write("a.csv", "PAR1,x\n");
      write("a.parquet", bad);
      write("a.parquet.gz", "x");
      write("no-name", bad);
      write("notes", "PAR");
      Receipt receipt = land(ANYTHING);
      assertThat(names(receipt.landed())).containsExactly("a.csv", "a.parquet.gz", "notes");
      assertThat(receipt.rejected())
          .containsExactly(new Rejected("a.parquet", REASON), new Rejected("no-name", REASON));
    }

    @Test
    void whatIsWholeLandsWhateverIsInIt() {
      ParquetFixtures.CHECKED.forEach(
          name -> write(name + ".parquet", ParquetFixtures.people(name)));
      ParquetFixtures.OTHERS.forEach(
          name -> write(name + ".parquet", ParquetFixtures.people(name)));
      Receipt receipt = land(ANYTHING);
      assertThat(receipt.rejected()).isEmpty();
      assertThat(receipt.landed()).hasSize(10);
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
