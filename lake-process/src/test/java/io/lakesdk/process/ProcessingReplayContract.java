package io.lakesdk.process;

import static io.lakesdk.process.Rule.between;
import static io.lakesdk.process.Rule.notNull;
import static io.lakesdk.process.Rule.that;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.process.RunReport.Outcome;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of rows that were kept aside. */
public abstract class ProcessingReplayContract extends ProcessingRefusalContract {

  private static Pipeline lenient() {
    return Pipeline.named("clean-flights")
        .read(RAW)
        .expect(notNull("origin"), between("delay", -120, 4500))
        .sql(BY_MONTH)
        .write(FLIGHTS, Write.overwritePartitions())
        .build();
  }

  @Nested
  class AReplay {

    @Test
    void appendsTheRowsThatPassNowAndTakesThemOutOfTheQuarantine() {
      landFlights();
      RunReport run = processing.run(cleanByMonth());
      RunReport replay = processing.replay(lenient());
      assertThat(replay.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(replay.rowsIn()).isEqualTo(3);
      assertThat(replay.rowsOut()).isEqualTo(1);
      assertThat(replay.keptAside()).isEqualTo(2);
      assertThat(flights())
          .containsExactly(
              "[1, SEA, 5, 1]", "[2, SFO, -3, 1]", "[3, JFK, 4000, 1]", "[6, LAX, null, 2]");
      assertThat(
              query(
                  "SELECT id, quarantine_rule, quarantine_load FROM aviation.flights_quarantine"
                      + " ORDER BY id"))
          .containsExactly(
              "[4, notNull(origin), " + run.load() + "]",
              "[5, between(delay), " + run.load() + "]");
      assertThat(replay.sources())
          .containsExactly(
              new Version.Source(
                  "aviation.flights_quarantine", OptionalLong.of(1), "clean-flights"));
    }

    @Test
    void changesNothingWhereNoRowPasses() {
      landFlights();
      processing.run(cleanByMonth());
      RunReport replay = processing.replay(cleanByMonth());
      assertThat(replay.outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(replay.version()).isZero();
      assertThat(replay.describe())
          .startsWith(
              "Pipeline clean-flights changed nothing: no row that was kept aside passes now");
      assertThat(quarantine()).hasSize(3);
      assertThat(versions(FLIGHTS)).isEqualTo(1);
    }

    @Test
    void changesNothingWhereNothingWasKeptAside() {
      landFlights();
      assertThat(processing.replay(cleanByMonth()).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void changesNothingTheSecondTime() {
      landFlights();
      processing.run(cleanByMonth());
      processing.replay(lenient());
      assertThat(processing.replay(lenient()).outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(flights()).hasSize(4);
    }

    @Test
    void emptiesTheQuarantineWhenAllRowsPass() {
      landFlights();
      processing.run(cleanByMonth());
      Pipeline anything =
          Pipeline.named("clean-flights")
              .read(RAW)
              .expect(notNull("id"))
              .sql(BY_MONTH)
              .write(FLIGHTS, Write.overwritePartitions())
              .build();
      assertThat(processing.replay(anything).rowsOut()).isEqualTo(3);
      assertThat(quarantine()).isEmpty();
      assertThat(flights()).hasSize(6);
    }

    @Test
    void takesUpEveryPlaceOnItsWay() {
      landFlights();
      processing.run(
          clean()
              .sql(BY_MONTH)
              .expect(notNull("delay"))
              .write(FLIGHTS, Write.overwritePartitions())
              .build());
      RunReport replay =
          processing.replay(
              Pipeline.named("clean-flights")
                  .read(RAW)
                  .expect(between("delay", -120, 6000))
                  .sql(BY_MONTH)
                  .expect(that("known origin", "origin IN ('JFK', 'LAX')"))
                  .write(FLIGHTS, Write.overwritePartitions())
                  .build());
      assertThat(replay.rowsOut()).isEqualTo(3);
      assertThat(query("SELECT id FROM aviation.flights_quarantine")).isEmpty();
      assertThat(query("SELECT id, quarantine_rule FROM aviation.flights_quarantine_2"))
          .containsExactly("[5, known origin]");
      assertThat(flights()).hasSize(5);
    }

    @Test
    void goesThroughJava() {
      landFlights();
      processing.run(cleanByMonth());
      processing.replay(
          Pipeline.named("clean-flights")
              .read(RAW)
              .expect(notNull("origin"))
              .map(
                  RawFlight.class,
                  Flight.class,
                  raw -> new Flight(raw.id(), raw.origin(), raw.delay(), 9))
              .write(FLIGHTS, Write.overwritePartitions())
              .build());
      assertThat(query("SELECT id, month FROM aviation.flights WHERE month = 9 ORDER BY id"))
          .containsExactly("[3, 9]", "[5, 9]");
    }
  }
}
