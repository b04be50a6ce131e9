package io.lakesdk.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.ConflictException;
import io.lakesdk.process.RunReport.Outcome;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Write;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What runs do to each other. */
public abstract class ProcessingConcurrencyContract extends ProcessingFixture {

  /** A pipeline that does something else, once, in the middle of its run. */
  private static Pipeline interrupted(Write write, Runnable meanwhile) {
    return clean()
        .map(
            RawFlight.class,
            Flight.class,
            raw -> {
              if (raw.id() == 1) {
                meanwhile.run();
              }
              return new Flight(raw.id(), raw.origin(), raw.delay(), 1);
            })
        .write(FLIGHTS, write)
        .build();
  }

  private Pipeline overwriting() {
    return clean().sql(BY_MONTH).write(FLIGHTS, Write.overwrite()).build();
  }

  @Nested
  class OfTwoRuns {

    @Test
    void thatReplaceTheSameRowsOneIsRefusedAndChangesNothing() {
      landFlights();
      Pipeline pipeline =
          interrupted(
              Write.overwrite(), () -> processing.run(overwriting(), LoadId.of("meanwhile")));
      assertThatThrownBy(() -> processing.run(pipeline, LoadId.of("late")))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("aviation.flights");
      assertThat(versions(FLIGHTS)).isEqualTo(1);
      assertThat(query("SELECT DISTINCT quarantine_load FROM aviation.flights_quarantine"))
          .containsExactly("[meanwhile]");
    }

    @Test
    void thatAppendBothLand() {
      landFlights();
      Pipeline appending = clean().sql(BY_MONTH).write(FLIGHTS, Write.append()).build();
      processing.run(
          interrupted(Write.append(), () -> processing.run(appending, LoadId.of("meanwhile"))),
          LoadId.of("late"));
      assertThat(flights()).hasSize(6);
      assertThat(quarantine()).hasSize(6);
    }

    @Test
    void ofTheSameLoadOneDoesTheWork() throws Exception {
      landFlights();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        Callable<RunReport> run = () -> processing.run(cleanByMonth());
        List<Outcome> outcomes =
            threads.invokeAll(List.of(run, run, run, run)).stream()
                .map(ProcessingConcurrencyContract::report)
                .map(RunReport::outcome)
                .sorted()
                .toList();
        assertThat(outcomes)
            .containsExactly(
                Outcome.PUBLISHED, Outcome.REPEATED, Outcome.REPEATED, Outcome.REPEATED);
      } finally {
        threads.shutdownNow();
      }
      assertThat(flights()).hasSize(3);
      assertThat(quarantine()).hasSize(3);
      assertThat(versions(FLIGHTS)).isEqualTo(1);
    }

    @Test
    void aReplayIsRefusedWhenTheRowsItTookUpWereChanged() {
      landFlights();
      processing.run(cleanByMonth());
      Pipeline replayed =
          Pipeline.named("clean-flights")
              .read(RAW)
              .expect(Rule.notNull("id"))
              .map(
                  RawFlight.class,
                  Flight.class,
                  raw -> {
                    if (raw.id() == 3) {
                      processing.run(cleanByMonth(), LoadId.of("meanwhile"));
                    }
                    return new Flight(raw.id(), raw.origin(), raw.delay(), 1);
                  })
              .write(FLIGHTS, Write.overwritePartitions())
              .build();
      assertThatThrownBy(() -> processing.replay(replayed))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("aviation.flights_quarantine");
      assertThat(flights()).hasSize(3);
      assertThat(quarantine()).hasSize(3);
    }
  }

  private static RunReport report(Future<RunReport> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
