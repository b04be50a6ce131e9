package io.lakesdk.publish;

import static io.lakesdk.publish.Write.APPEND;
import static io.lakesdk.publish.Write.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.publish.Publication.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is published together, by several lakes at once. */
@ExtendWith(TestAws.Fresh.class)
class AtomicallyEmulatorIT extends PublishingFixture {

  private AwsSettings settings;

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    settings = TestAws.settings().build();
    TestAws.createBuckets(settings);
    return Lake.onAws(settings, with);
  }

  private Lake another(Faults faults) {
    return Lake.onAws(settings, with -> with.clock(clock).faults(faults));
  }

  @Test
  void whatIsPublishedInsideIsSeenAfterwardsAndTogether() {
    try (Draft orders = draft(APPEND, "one", "a");
        Draft flights = flightsDraft(APPEND, "one", 1, "f");
        Lake other = another(Faults.none())) {
      lake.backend()
          .atomically(
              () -> {
                publishing.publish(orders);
                Publication second = publishing.publish(flights);
                assertThat(texts(ORDERS)).as("seen inside").containsExactly("a");
                assertThat(Publishing.of(other).snapshot(ORDERS).version()).isZero();
                assertThat(events).isEmpty();
                return second;
              });
    }
    assertThat(texts(ORDERS)).containsExactly("a");
    assertThat(texts(FLIGHTS)).containsExactly("f");
    assertThat(events).hasSize(2);
  }

  @Test
  void nothingIsPublishedIfTheWorkFails() {
    try (Draft orders = draft(APPEND, "one", "a")) {
      assertThatThrownBy(
              () ->
                  lake.backend()
                      .atomically(
                          () -> {
                            publishing.publish(orders);
                            throw new IllegalStateException("by the test");
                          }))
          .hasMessage("by the test");
      assertThat(texts(ORDERS)).isEmpty();
    }
    assertThat(objects()).isZero();
  }

  @Test
  void theWorkIsDoneAgainIfSomethingThatItLookedAtHasChanged() {
    AtomicInteger runs = new AtomicInteger();
    try (Lake other = another(Faults.none());
        Draft flights = flightsDraft(APPEND, "one", 1, "f")) {
      String seen =
          lake.backend()
              .atomically(
                  () -> {
                    String orders = texts(ORDERS).toString();
                    if (runs.incrementAndGet() == 1) {
                      publishElsewhere(other, "one", "a");
                    }
                    publishing.publish(flights);
                    return orders;
                  });
      assertThat(seen).isEqualTo("[a]");
      assertThat(runs).hasValue(2);
    }
    assertThat(texts(FLIGHTS)).containsExactly("f");
    assertThat(publishing.history(FLIGHTS)).hasSize(1);
  }

  private static Publication publishElsewhere(Lake other, String load, String text) {
    Publishing publishing = Publishing.of(other);
    try (Draft draft = publishing.begin(ORDERS, APPEND, LoadId.of(load))) {
      add(draft, Partition.none(), text);
      return publishing.publish(draft);
    }
  }

  @Test
  void severalChangesOfOneDatasetAreVersionsOfIt() {
    try (Draft one = draft(APPEND, "one", "a");
        Draft two = draft(OVERWRITE, "two", "b")) {
      publish(APPEND, "zero", "z");
      assertThatThrownBy(() -> publishing.publish(List.of(one, two)))
          .hasMessageContaining("load two began on version 0 and the current one is 2");
    }
    try (Draft one = draft(APPEND, "one", "a");
        Draft two = draft(APPEND, "two", "b")) {
      assertThat(publishing.publish(List.of(one, two)))
          .extracting(Publication::version)
          .containsExactly(2L, 3L);
    }
    assertThat(texts(ORDERS)).containsExactly("a", "b", "z");
  }

  @Test
  void aTransactionThatWasLeftOpenIsEndedByWhoNeedsItsPlace() {
    AtomicInteger left = new AtomicInteger(3);
    Faults ends =
        Faults.on(Call.WRITE_METADATA)
            .before(
                subject -> {
                  if (left.decrementAndGet() <= 0) {
                    throw new IllegalStateException("ended");
                  }
                });
    try (Lake dying = another(ends);
        Draft orders = Publishing.of(dying).begin(ORDERS, APPEND, LoadId.of("one"));
        Draft flights = Publishing.of(dying).begin(FLIGHTS, APPEND, LoadId.of("one"))) {
      add(orders, Partition.none(), "a");
      add(flights, flights(1, "SEA"), "f");
      assertThatThrownBy(() -> Publishing.of(dying).publish(List.of(orders, flights)))
          .hasMessage("ended");
    }
    assertThat(texts(ORDERS)).isEmpty();
    assertThat(publish(APPEND, "two", "b").version()).isEqualTo(1);
    assertThat(texts(ORDERS)).containsExactly("b");
    assertThat(publishing.snapshot(FLIGHTS).version()).isZero();
    assertThat(publishFlights(APPEND, "two", 1, "g").version()).isEqualTo(1);
  }

  @Test
  void transactionsOfTwoLakesThatMeetAllLand() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Lake other = another(Faults.none())) {
      List<Callable<Integer>> writers = new ArrayList<>();
      for (Lake writer : List.of(lake, other)) {
        writers.add(
            () -> {
              Publishing publishing = Publishing.of(writer);
              for (int i = 0; i < 10; i++) {
                LoadId load = LoadId.unique();
                try (Draft orders = publishing.begin(ORDERS, APPEND, load);
                    Draft flights = publishing.begin(FLIGHTS, APPEND, load)) {
                  add(orders, Partition.none(), load.text());
                  add(flights, flights(1, "SEA"), load.text());
                  assertThat(publishing.publish(List.of(orders, flights)))
                      .extracting(Publication::outcome)
                      .containsOnly(Outcome.PUBLISHED);
                }
              }
              return 10;
            });
      }
      for (Future<Integer> one : threads.invokeAll(writers)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(texts(ORDERS)).hasSize(20).isEqualTo(texts(FLIGHTS));
    assertThat(publishing.history(ORDERS)).hasSize(20);
  }

  @Test
  void aLogOfManyEntriesIsReadFromItsLastCheckpoint() {
    for (int i = 0; i < 120; i++) {
      publish(APPEND, "load-" + i);
    }
    publishing.rollback(ORDERS, 3);
    AtomicInteger reads = new AtomicInteger();
    Faults counting = Faults.on(Call.READ_METADATA).before(subject -> reads.incrementAndGet());
    try (Lake other = another(counting)) {
      assertThat(Publishing.of(other).history(ORDERS))
          .isEqualTo(publishing.history(ORDERS))
          .hasSize(121);
      assertThat(reads.get()).as("the checkpoint and 21 entries").isLessThan(30);
      assertThat(publish(APPEND, "load-1").outcome()).isEqualTo(Outcome.REPEATED);
    }
    clock.advance(Duration.ofDays(1));
    publishing.vacuum(ORDERS, Duration.ZERO);
    assertThat(publishing.history(ORDERS)).hasSize(121);
  }

  @Test
  void anAppendTakesTheSameFewCallsHoweverLongTheHistory() {
    AtomicInteger calls = new AtomicInteger();
    Faults counting =
        Faults.on(Call.READ_METADATA)
            .before(subject -> calls.incrementAndGet())
            .andOn(Call.WRITE_METADATA)
            .before(subject -> calls.incrementAndGet());
    openWith(counting);
    publish(APPEND, "first", "a");
    for (int i = 0; i < 60; i++) {
      calls.set(0);
      publish(APPEND, "load-" + i, "a");
      assertThat(calls.get()).as("load " + i).isLessThanOrEqualTo(5);
    }
  }
}
