package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.ingest.Receipt.Rejected;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What loading files does in every lake. */
abstract class FileLoadContract extends IngestionFixture {

  private static final Dataset MONTHLY =
      Dataset.named("aviation.monthly")
          .in(Zone.RAW)
          .format(Format.JSON)
          .partitionedBy("year", DataType.INT)
          .partitionedBy("month", DataType.INT)
          .build();

  private Receipt load() {
    return ingest().load(IngestionSource.files(drop), RAW);
  }

  @Nested
  class Landing {

    @Test
    void filesAreStoredByteForByte() {
      byte[] flights = resource("flights-20k.json");
      byte[] airports = resource("airports.csv");
      write("flights.json", flights);
      write("airports.csv", airports);

      Receipt receipt = load();

      assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(receipt.version()).isEqualTo(1);
      assertThat(names(receipt.landed())).containsExactly("airports.csv", "flights.json");
      assertThat(receipt.bytes()).isEqualTo(flights.length + airports.length);
      assertThat(receipt.rows()).isEmpty();
      assertThat(receipt.landed().get(1).sha256())
          .isEqualTo(Hashing.sha256().hashBytes(flights).toString());
      assertThat(receipt.landed().get(1).crc32c())
          .isEqualTo(Hashing.crc32c().hashBytes(flights).asInt());
      List<DataFile> files = files(RAW);
      assertThat(content(files.get(0))).isEqualTo(airports);
      assertThat(content(files.get(1))).isEqualTo(flights);
      assertThat(files.get(1).object()).isEqualTo(receipt.landed().get(1).object());
      assertThat(files.get(1).object().key()).endsWith("-flights.json");
    }

    @Test
    void theDatasetIsRegisteredWithTheLoad() {
      write("a.json", "[]");
      load();
      assertThat(Catalog.of(lake).dataset(RAW.id())).isEqualTo(RAW);
    }

    @Test
    void theVersionSaysWhereItCameFrom() {
      write("a.json", "[]");
      ingest().load(IngestionSource.files(drop).matching("*.json"), RAW);
      assertThat(Publishing.of(lake).history(RAW).get(0).sources())
          .singleElement()
          .satisfies(
              source -> {
                assertThat(source.name()).isEqualTo("files " + drop + "/*.json");
                assertThat(source.via()).isEqualTo("ingestion");
              });
    }

    @Test
    void aPatternChoosesFilesByTheirPath() {
      write("a.json", "1");
      write("b.csv", "2");
      write("deep/c.json", "3");
      write("deep/er/d.json", "4");

      Receipt top = ingest().load(IngestionSource.files(drop).matching("*.json"), RAW);
      Receipt all = ingest().load(IngestionSource.files(drop).matching("**/*.json"), RAW);

      assertThat(names(top.landed())).containsExactly("a.json");
      assertThat(names(all.landed())).containsExactly("deep/c.json", "deep/er/d.json");
      assertThat(all.present()).containsExactly("a.json");
    }

    @Test
    void oneFileCanBeTheSource() {
      Path file = write("a.json", "1");
      write("b.json", "2");
      assertThat(names(ingest().load(IngestionSource.files(file), RAW).landed()))
          .containsExactly("a.json");
    }

    @Test
    void foldersBecomePartOfTheName() {
      write("north/a.json", "1");
      write("south/a.json", "1");
      Receipt receipt = load();
      assertThat(names(receipt.landed())).containsExactly("north/a.json", "south/a.json");
      assertThat(receipt.landed().get(0).object().key()).endsWith("-north%2Fa.json");
    }

    @Test
    void namesOfAnySortLand() {
      List<String> names =
          List.of("100%.json", "a b\\c.json", "ü€😀.json", "x\ny.json", "q".repeat(250));
      names.forEach(name -> write(name, name));
      String deep = ("d".repeat(200) + "/").repeat(4) + "e".repeat(200);
      write(deep, deep);

      assertThat(load().landed()).hasSize(6);
      assertThat(load().present()).hasSize(6);
      assertThat(contents(RAW)).contains(deep).containsAll(names);
    }

    @Test
    void whatIsMalformedLandsAsItIs() {
      write("broken.json", "[{\"a\":1},{\"a\"");
      assertThat(load().rejected()).isEmpty();
      assertThat(contents(RAW)).containsExactly("[{\"a\":1},{\"a\"");
    }

    @Test
    void listenersSeeTheProgress() {
      List<LakeEvent> events = new ArrayList<>();
      lake.listen(events::add);
      write("a.json", "12");
      write("b.json", "345");
      Receipt receipt = load();
      assertThat(events)
          .filteredOn(event -> event.getClass().getPackage().equals(Receipt.class.getPackage()))
          .satisfiesExactly(
              event -> assertThat(event).isInstanceOf(LoadStartedEvent.class),
              event ->
                  assertThat(((FileLandedEvent) event).progress())
                      .isEqualTo(new FileLandedEvent.Progress(1, 2, 2, 5)),
              event ->
                  assertThat(((FileLandedEvent) event).progress())
                      .isEqualTo(new FileLandedEvent.Progress(2, 2, 5, 5)),
              event -> assertThat(((LoadFinishedEvent) event).receipt()).isEqualTo(receipt));
    }

    @Test
    void theReceiptReadsWell() {
      write("a.json", "x".repeat(12_345));
      write("empty.json", "");
      assertThat(load().describe())
          .isEqualTo(
              "files "
                  + drop
                  + " -> aviation.raw_flights: 1 file, 12.3 kB, now version 1\n"
                  + "  landed   a.json  12.3 kB\n"
                  + "  rejected empty.json: is empty\n");
    }
  }

  @Nested
  class Repeating {

    @Test
    void theSameDropAgainChangesNothing() {
      write("a.json", "1");
      write("b.json", "2");
      load();

      Receipt again = load();

      assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(again.version()).isEqualTo(1);
      assertThat(again.landed()).isEmpty();
      assertThat(again.present()).containsExactly("a.json", "b.json");
      assertThat(version(RAW)).isEqualTo(1);
      assertThat(objects(RAW)).isEqualTo(2);
      assertThat(again.describe()).contains("was there already, nothing changed; version 1");
    }

    @Test
    void onlyNewFilesLand() {
      write("a.json", "1");
      load();
      write("b.json", "2");

      Receipt more = load();

      assertThat(names(more.landed())).containsExactly("b.json");
      assertThat(more.present()).containsExactly("a.json");
      assertThat(contents(RAW)).containsExactly("1", "2");
    }

    @Test
    void newContentUnderAnOldNameIsOneMoreFile() {
      write("a.json", "1");
      load();
      write("a.json", "2");
      assertThat(names(load().landed())).containsExactly("a.json");
      assertThat(contents(RAW)).containsExactly("1", "2");
    }

    @Test
    void whatWasReplacedSinceLandsAgain() {
      write("a.json", "1");
      load();
      write("a.json", "2");
      ingest().load(IngestionSource.files(drop), Load.into(RAW).overwriting());
      assertThat(contents(RAW)).containsExactly("2");

      write("a.json", "1");
      assertThat(load().outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(contents(RAW)).containsExactly("1", "2");
    }

    @Test
    void whatWasRolledBackLandsAgain() {
      write("a.json", "1");
      load();
      write("b.json", "2");
      load();
      Publishing.of(lake).rollback(RAW, 1);
      assertThat(names(load().landed())).containsExactly("b.json");
      assertThat(contents(RAW)).containsExactly("1", "2");
    }

    @Test
    void aNamedLoadIsRecognisedByItsNameAlone() {
      write("a.json", "1");
      Load named = Load.into(RAW).as(LoadId.of("monday"));
      assertThat(ingest().load(IngestionSource.files(drop), named).load())
          .contains(LoadId.of("monday"));
      write("a.json", "2");
      Receipt again = ingest().load(IngestionSource.files(drop), named);
      assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(contents(RAW)).containsExactly("1");

      write("a.json", "1");
      Load tuesday = Load.into(RAW).as(LoadId.of("tuesday"));
      assertThat(ingest().load(IngestionSource.files(drop), tuesday).landed()).hasSize(1);
      assertThat(contents(RAW)).containsExactly("1", "1");
    }

    @Test
    void namesThatLookLikePartsOfADraftAreToldApart() {
      write("x-01234567-00000-a.json", "1");
      load();
      write("a.json", "1");
      Receipt more = load();
      assertThat(more.present()).contains("x-01234567-00000-a.json");
      assertThat(load().outcome()).isEqualTo(Outcome.REPEATED);
    }
  }

  /** Whoever brings data need not be allowed to read any. */
  @Nested
  class WithoutReading {

    record Order(long id) {}

    private final Dataset orders =
        Dataset.named("sales.orders").in(Zone.RAW).columns(Order.class).build();

    @Test
    void whoMayOnlyWriteAZoneLoadsIntoIt() {
      Principal courier = Principal.role("courier");
      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(courier));
      Lake own = lake;
      lake = lake.as(courier);
      write("a.json", "1");
      assertThat(load().outcome()).isEqualTo(Outcome.PUBLISHED);
      write("b.json", "2");
      assertThat(names(load().landed())).containsExactly("b.json");
      assertThat(load().outcome()).isEqualTo(Outcome.REPEATED);
      IngestionSource records = IngestionSource.records(List.of(new Order(1)));
      assertThat(ingest().load(records, orders).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(ingest().load(records, Load.into(orders).overwriting()).outcome())
          .isEqualTo(Outcome.PUBLISHED);
      assertThat(ingest().load(records, Load.into(orders).overwriting()).outcome())
          .isEqualTo(Outcome.REPEATED);

      assertThatThrownBy(() -> files(RAW)).isInstanceOf(AccessDeniedException.class);
      lake = own;
      assertThat(contents(RAW)).containsExactly("1", "2");
    }
  }

  @Nested
  class Replacing {

    private final Load overwrite = Load.into(RAW).overwriting();

    private Receipt load(Load load) {
      return ingest().load(IngestionSource.files(drop), load);
    }

    @Test
    void everythingIsReplaced() throws IOException {
      write("a.json", "1");
      load(overwrite);
      Files.delete(drop.resolve("a.json"));
      write("b.json", "2");
      load(overwrite);
      assertThat(contents(RAW)).containsExactly("2");
    }

    @Test
    void itIsARepetitionOnlyWhileNothingElseIsThere() {
      write("a.json", "1");
      assertThat(load(overwrite).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(load(overwrite).outcome()).isEqualTo(Outcome.REPEATED);
      write("a.json", "2");
      assertThat(load(overwrite).outcome()).isEqualTo(Outcome.PUBLISHED);
      write("a.json", "1");
      assertThat(load(overwrite).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(contents(RAW)).containsExactly("1");
      assertThat(version(RAW)).isEqualTo(3);
    }

    @Test
    void withNoFilesNothingIsReplaced() throws IOException {
      write("a.json", "1");
      load(overwrite);
      Files.delete(drop.resolve("a.json"));
      assertThat(load(overwrite).outcome()).isEqualTo(Outcome.NOTHING);
      assertThat(contents(RAW)).containsExactly("1");
    }

    @Test
    void onlyThePartitionsOfTheLoadAreReplaced() throws IOException {
      write("year=2001/month=1/a.json", "1");
      write("year=2001/month=2/a.json", "2");
      ingest().load(IngestionSource.files(drop), MONTHLY);
      Files.delete(drop.resolve("year=2001/month=1/a.json"));
      write("year=2001/month=2/a.json", "3");
      Load partitions = Load.into(MONTHLY).overwritingPartitions();
      assertThat(load(partitions).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(load(partitions).outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(contents(MONTHLY)).containsExactly("1", "3");
    }
  }

  @Nested
  class Partitions {

    @Test
    void areReadFromTheFolders() {
      write("year=2001/month=07/a.json", "1");
      write("export/Year=2001/part/month=12/a.json", "2");
      write("year=__HIVE_DEFAULT_PARTITION__/month=1/b.json", "3");

      Receipt receipt = ingest().load(IngestionSource.files(drop), MONTHLY);

      assertThat(receipt.rejected()).isEmpty();
      assertThat(files(MONTHLY))
          .extracting(file -> file.partition().path())
          .containsExactly(
              "year=2001/month=12", "year=2001/month=7", "year=__HIVE_DEFAULT_PARTITION__/month=1");
      assertThat(files(MONTHLY).get(0).object().key()).endsWith("-export%2Fpart%2Fa.json");
      assertThat(ingest().load(IngestionSource.files(drop), MONTHLY).outcome())
          .isEqualTo(Outcome.REPEATED);
    }

    @Test
    void filesOutsideOfThemAreRejected() {
      write("a.json", "1");
      write("year=2001/b.json", "1");
      write("year=two/month=1/c.json", "1");
      write("year=2001/month=%Z/d.json", "1");
      write("year=2001/month=1/month=2/e.json", "1");
      String none =
          "is in no folder of a partition key, as year=.../month=.../ would be one of each";

      Receipt receipt = ingest().load(IngestionSource.files(drop), MONTHLY);

      assertThat(receipt.outcome()).isEqualTo(Outcome.NOTHING);
      assertThat(receipt.rejected())
          .containsExactly(
              new Rejected("a.json", none),
              new Rejected("year=2001/b.json", none),
              new Rejected(
                  "year=2001/month=%Z/d.json",
                  "is in a folder whose value cannot be one of partition key month int"),
              new Rejected(
                  "year=2001/month=1/month=2/e.json", none.replace("no folder", "several folders")),
              new Rejected(
                  "year=two/month=1/c.json",
                  "is in a folder whose value cannot be one of partition key year int"));
      assertThat(objects(MONTHLY)).isZero();
    }
  }
}
