package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.DataType;
import io.lakesdk.testing.Outage;
import io.lakesdk.testing.Outage.LastAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What faults, others at work, and content that is no good do to a load in every lake. */
abstract class LoadFaultsContract extends IngestionFixture {

  record Line(int id, String text) {}

  private static final Dataset LINES =
      Dataset.named("t.lines").in(Zone.CURATED).columns(Line.class).build();

  private static List<Line> lines(int number) {
    return IntStream.range(0, number).mapToObj(i -> new Line(i, "line " + i)).toList();
  }

  private Receipt load() {
    return ingest().load(IngestionSource.files(drop), RAW);
  }

  @Nested
  class Outages {

    @ParameterizedTest
    @EnumSource
    void atAnyCallOfALoadOfFilesLeaveAllOrNothing(LastAnswer answer) {
      atAnyCall(answer, RAW, IngestionSource.files(drop), 3);
    }

    @ParameterizedTest
    @EnumSource
    void atAnyCallOfALoadOfRecordsLeaveAllOrNothing(LastAnswer answer) {
      atAnyCall(answer, LINES, IngestionSource.records(lines(10)), 1);
    }

    private void atAnyCall(LastAnswer answer, Dataset target, IngestionSource source, int files) {
      write("a.json", "1");
      write("b.json", "2");
      write("c.json", "3");
      Outage outage = new Outage();
      reopen(with -> with.faults(outage.faults()));
      boolean failed = true;
      for (int call = 0; failed; call++) {
        Dataset dataset =
            Dataset.named("t.attempt_" + call)
                .in(target.zone())
                .format(target.format())
                .columns(target.schema())
                .build();
        outage.after(call, answer);
        failed = fails(source, dataset);
        outage.mend();
        assertThat(files(dataset).size()).as("after call %s", call).isIn(0, files);
        boolean known = Catalog.of(lake).find(dataset.id()).isPresent();
        if (registration() == Registration.WITH_DATA) {
          assertThat(known).isEqualTo(!files(dataset).isEmpty());
        } else {
          assertThat(known || files(dataset).isEmpty()).isTrue();
        }

        Receipt again = ingest().load(source, dataset);

        assertThat(again.outcome()).isIn(Outcome.PUBLISHED, Outcome.REPEATED);
        assertThat(files(dataset)).hasSize(files);
        assertThat(version(dataset)).isEqualTo(1);
      }
    }

    private boolean fails(IngestionSource source, Dataset dataset) {
      try {
        ingest().load(source, dataset);
        return false;
      } catch (UnavailableException | OutcomeUnknownException expected) {
        return true;
      }
    }

    @Test
    void listenersHearThatALoadFailed() {
      Outage outage = new Outage();
      List<LakeEvent> events = new ArrayList<>();
      reopen(with -> with.faults(outage.faults()).listener(events::add));
      write("a.json", "1");
      outage.after(0, LastAnswer.GIVEN);
      assertThatThrownBy(LoadFaultsContract.this::load).isInstanceOf(UnavailableException.class);
      assertThat(events)
          .last()
          .satisfies(
              event ->
                  assertThat(((LoadFailedEvent) event).error()).endsWith("there is an outage"));
    }

    @Test
    void aFifthOfTheWritesRefusedAreWrittenOnceMore() {
      Faults faults =
          Faults.on(Call.OPEN_UPLOAD)
              .throttle(0.2)
              .andOn(Call.UPLOAD_PART)
              .throttle(0.2)
              .andOn(Call.COMPLETE_UPLOAD)
              .throttle(0.2)
              .andOn(Call.COMPLETE_UPLOAD)
              .loseAnswer(0.2);
      reopen(with -> with.faults(faults));
      for (int i = 0; i < 30; i++) {
        write(i + ".json", "content " + i);
      }
      boolean landed = false;
      for (int attempt = 0; !landed && attempt < 100; attempt++) {
        landed = succeeds();
      }
      assertThat(landed).isTrue();
      assertThat(contents(RAW)).hasSize(30).doesNotHaveDuplicates();
      assertThat(load().outcome()).isEqualTo(Outcome.REPEATED);
    }

    private boolean succeeds() {
      try {
        load();
        return true;
      } catch (UnavailableException | OutcomeUnknownException e) {
        assertThat(files(RAW)).isEmpty();
        return false;
      }
    }
  }

  @Nested
  class Others {

    @Test
    void loadingOverlappingDropsAtOnceDoubleNothing() throws Exception {
      for (int round = 0; round < 10; round++) {
        write("one/a" + round, "a" + round);
        write("one/b" + round, "b" + round);
        write("two/b" + round, "b" + round);
        write("two/c" + round, "c" + round);
        together(
            () -> ingest().load(IngestionSource.files(drop.resolve("one")), RAW),
            () -> ingest().load(IngestionSource.files(drop.resolve("two")), RAW),
            () -> ingest().load(IngestionSource.files(drop.resolve("one")), RAW));
        assertThat(contents(RAW)).hasSize((round + 1) * 3).doesNotHaveDuplicates();
      }
      assertThat(objects(RAW)).isEqualTo(30);
    }

    @Test
    void loadingTheSameRecordsAtOnceLandThemOnce() throws Exception {
      Callable<Receipt> same = () -> ingest().load(IngestionSource.records(lines(100)), LINES);
      List<Receipt> receipts = together(same, same, same);
      assertThat(receipts)
          .extracting(Receipt::outcome)
          .containsExactlyInAnyOrder(Outcome.PUBLISHED, Outcome.REPEATED, Outcome.REPEATED);
      assertThat(files(LINES)).hasSize(1);
    }

    @SafeVarargs
    private List<Receipt> together(Callable<Receipt>... loads) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(loads.length);
      try {
        CountDownLatch start = new CountDownLatch(loads.length);
        List<Future<Receipt>> running = new ArrayList<>();
        for (Callable<Receipt> load : loads) {
          running.add(
              threads.submit(
                  () -> {
                    start.countDown();
                    start.await();
                    return load.call();
                  }));
        }
        List<Receipt> receipts = new ArrayList<>();
        for (Future<Receipt> one : running) {
          receipts.add(one.get());
        }
        return receipts;
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** Landing takes files as they are; whoever reads them finds what is wrong with them. */
  @Nested
  class Malformed {

    @Test
    void csvIsFoundByItsReader() {
      write("fine.csv", "id,text\n1,one\n");
      write("ragged.csv", "id,text\n1,one\n2,two,three\n");
      isFoundByItsReader(Format.CSV, "ragged.csv");
    }

    @Test
    void jsonIsFoundByItsReader() {
      write("fine.jsonl", "{\"id\":1,\"text\":\"one\"}\n");
      write("broken.jsonl", "{\"id\":1,\"text\":\"one\"}\n{\"id\":2,\"te\n");
      isFoundByItsReader(Format.JSON_LINES, "broken.jsonl");
    }

    @Test
    void parquetIsRejectedAndTheOthersLand() {
      ingest().load(IngestionSource.records(lines(1000)), LINES);
      DataFile whole = files(LINES).get(0);
      byte[] bytes = content(whole);
      write("fine.parquet", bytes);
      write("truncated.parquet", Arrays.copyOf(bytes, bytes.length - 10));
      Dataset raw =
          Dataset.named("t.raw")
              .in(Zone.RAW)
              .format(Format.PARQUET)
              .columns(LINES.schema())
              .build();

      Receipt receipt = ingest().load(IngestionSource.files(drop), raw);

      assertThat(names(receipt.landed())).containsExactly("fine.parquet");
      assertThat(receipt.rejected())
          .singleElement()
          .satisfies(
              rejected -> {
                assertThat(rejected.name()).isEqualTo("truncated.parquet");
                assertThat(rejected.reason()).startsWith("is no sound Parquet file: ");
              });
      assertThat(read(raw)).hasSize(1000);
    }

    @Test
    void aCrawlFindsOutWhatLandedAndWhatIsWrongWithIt() {
      write("flights.json", resource("flights-20k.json"));
      load();
      Catalog catalog = Catalog.of(lake);
      Crawler crawler = Crawler.of(Zone.RAW, "aviation/");

      catalog.apply(catalog.preview(crawler));

      assertThat(catalog.dataset(RAW.id()).schema().names())
          .containsExactlyInAnyOrder("date", "delay", "distance", "origin", "destination");
      assertThat(files(RAW)).hasSize(1);

      write("broken.json", "[{\"date\":\"2001/01/01 00:47\",\"del");
      ingest().load(IngestionSource.files(drop), catalog.dataset(RAW.id()));
      assertThat(catalog.preview(crawler).problems())
          .singleElement()
          .asString()
          .contains("-broken.json");
    }

    private void isFoundByItsReader(Format format, String name) {
      Dataset raw =
          Dataset.named("t.raw")
              .in(Zone.RAW)
              .format(format)
              .column("id", DataType.INT)
              .column("text", DataType.STRING)
              .build();
      assertThat(ingest().load(IngestionSource.files(drop), raw).landed()).hasSize(2);
      assertThatThrownBy(() -> read(raw))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("-" + name);
      assertThat(files(raw)).hasSize(2);
    }

    private List<List<Object>> read(Dataset dataset) {
      try (Workbench workbench = QueryEngine.of(lake).workbench();
          Rows rows =
              workbench.stream(workbench.dataset(dataset, Publishing.of(lake).snapshot(dataset)))) {
        return rows.asLists().toList();
      }
    }
  }
}
