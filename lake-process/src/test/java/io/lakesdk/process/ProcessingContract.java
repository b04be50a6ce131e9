package io.lakesdk.process;

import static io.lakesdk.process.Rule.notNull;
import static io.lakesdk.process.Rule.that;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.event.DataPublishedEvent;
import io.lakesdk.process.RunReport.Outcome;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a run does; the rest of the contract is in what this extends. */
public abstract class ProcessingContract extends ProcessingRulesContract {

  @Nested
  class Steps {

    @Test
    void ofSqlMayJoinOtherDatasets() {
      landFlights();
      land(AIRPORTS, Airport.class, new Airport("SEA", "Seattle"), new Airport("SFO", "Oakland"));
      Dataset byCity = Dataset.named("aviation.by_city").in(Zone.CURATED).build();
      RunReport report =
          processing.run(
              Pipeline.named("cities")
                  .read(RAW)
                  .sql(
                      "SELECT a.city, count(*) AS flights FROM input i JOIN aviation.airports a ON"
                          + " a.code = i.origin GROUP BY a.city")
                  .write(byCity, Write.overwrite())
                  .build());
      assertThat(query("SELECT city, flights FROM aviation.by_city ORDER BY city"))
          .containsExactly("[Oakland, 1]", "[Seattle, 1]");
      assertThat(report.sources())
          .containsExactlyInAnyOrder(
              new Version.Source("aviation.raw_flights", OptionalLong.of(1), "cities"),
              new Version.Source("aviation.airports", OptionalLong.of(1), "cities"));
      assertThat(Publishing.of(lake).history(byCity).get(0).sources())
          .containsExactlyInAnyOrderElementsOf(report.sources());
    }

    @Test
    void ofJavaMakeOneRowOfEach() {
      landFlights();
      processing.run(
          clean()
              .map(
                  RawFlight.class,
                  Flight.class,
                  raw -> new Flight(raw.id(), raw.origin() + "!", raw.delay(), 7))
              .write(FLIGHTS, Write.append())
              .build());
      assertThat(flights())
          .containsExactly("[1, SEA!, 5, 7]", "[2, SFO!, -3, 7]", "[6, LAX!, null, 7]");
    }

    @Test
    void ofJavaMakeAnyNumberOfRows() {
      landFlights();
      RunReport report =
          processing.run(
              Pipeline.named("repeat")
                  .read(RAW)
                  .flatMap(
                      RawFlight.class,
                      Flight.class,
                      raw ->
                          Stream.generate(() -> new Flight(raw.id(), null, null, 1))
                              .limit(raw.id() - 1))
                  .expect(that("small", "id < 6"))
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.steps().get(1).rowsOut()).hasValue(15);
      assertThat(query("SELECT id, count(*) FROM aviation.flights GROUP BY id ORDER BY id"))
          .containsExactly("[2, 1]", "[3, 2]", "[4, 3]", "[5, 4]");
    }

    @Test
    void mayFollowEachOtherInAnyOrder() {
      landFlights();
      RunReport report =
          processing.run(
              Pipeline.named("long")
                  .read(RAW)
                  .sql("SELECT * FROM input WHERE id < 6")
                  .sql("SELECT id, origin, delay, day FROM input WHERE id > 1")
                  .map(RawFlight.class, RawFlight.class, raw -> raw)
                  .sql(BY_MONTH)
                  .expect(notNull("origin"))
                  .require(notNull("id"))
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.steps())
          .extracting(StepReport::number, StepReport::rowsIn, StepReport::rowsOut)
          .extracting(Object::toString)
          .containsExactly(
              "(1, OptionalLong.empty, OptionalLong[6])",
              "(2, OptionalLong[6], OptionalLong.empty)",
              "(3, OptionalLong.empty, OptionalLong[4])",
              "(4, OptionalLong[4], OptionalLong[4])",
              "(5, OptionalLong[4], OptionalLong[4])",
              "(6, OptionalLong[4], OptionalLong[3])",
              "(7, OptionalLong[3], OptionalLong[3])",
              "(8, OptionalLong[3], OptionalLong[3])");
    }

    @Test
    void mayBeNone() {
      landFlights();
      Dataset copy = Dataset.named("aviation.copy").in(Zone.CLEANED).build();
      RunReport report =
          processing.run(Pipeline.named("copy").read(RAW).write(copy, Write.append()).build());
      assertThat(report.rowsIn()).isEqualTo(6);
      assertThat(report.rowsOut()).isEqualTo(6);
      assertThat(Catalog.of(lake).dataset(copy.id()).schema()).isEqualTo(RAW.schema());
    }

    @Test
    void mayLeaveNoRow() {
      landFlights();
      RunReport report =
          processing.run(
              Pipeline.named("none")
                  .read(RAW)
                  .sql(BY_MONTH + " WHERE false")
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(report.rowsOut()).isZero();
      assertThat(flights()).isEmpty();
    }
  }

  @Nested
  class ALoad {

    @Test
    void isNotRepeatedWhileItsInputIsTheSame() {
      landFlights();
      RunReport first = processing.run(cleanByMonth());
      RunReport second = processing.run(cleanByMonth());
      assertThat(second.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(second.load()).isEqualTo(first.load());
      assertThat(second.version()).isEqualTo(first.version());
      assertThat(second.steps()).isEmpty();
      assertThat(versions(FLIGHTS)).isEqualTo(1);
      assertThat(first.load().text()).matches("clean-flights-[0-9a-f]{20}");
    }

    @Test
    void isAnotherOnceTheInputOrTheDefinitionIs() {
      landFlights();
      LoadId first = processing.run(cleanByMonth()).load();
      land(RAW, RawFlight.class, flight(7L, "SEA", 1, "2001/01/30"));
      RunReport second = processing.run(cleanByMonth());
      RunReport third =
          processing.run(clean().sql(BY_MONTH).write(FLIGHTS, Write.overwrite()).build());
      assertThat(List.of(first, second.load(), third.load())).doesNotHaveDuplicates();
      assertThat(second.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(flights()).hasSize(4);
      assertThat(versions(FLIGHTS)).isEqualTo(3);
    }

    @Test
    void mayHaveANameOfYourOwn() {
      landFlights();
      assertThat(processing.run(cleanByMonth(), LoadId.of("monday")).outcome())
          .isEqualTo(Outcome.PUBLISHED);
      land(RAW, RawFlight.class, flight(7L, "SEA", 1, "2001/01/30"));
      assertThat(processing.run(cleanByMonth(), LoadId.of("monday")).outcome())
          .isEqualTo(Outcome.REPEATED);
      assertThat(flights()).hasSize(3);
    }

    @Test
    void thatOverwritesReplacesWhatThePipelineKeptAsideBefore() {
      landFlights();
      processing.run(cleanByMonth());
      land(RAW, RawFlight.class, flight(7L, "?", 1, "2001/01/30"));
      processing.run(cleanByMonth());
      assertThat(query("SELECT id FROM aviation.flights_quarantine ORDER BY id"))
          .containsExactly("[3]", "[4]", "[5]", "[7]");
    }

    @Test
    void thatOverwritesLeavesWhatOtherPipelinesKeptAside() {
      landFlights();
      processing.run(
          Pipeline.named("other")
              .read(RAW)
              .expect(that("small", "id < 6"))
              .sql(BY_MONTH)
              .write(FLIGHTS, Write.append())
              .build());
      Pipeline lenient =
          clean().sql(BY_MONTH + " WHERE id < 3").write(FLIGHTS, Write.overwrite()).build();
      processing.run(lenient);
      assertThat(query("SELECT id FROM aviation.flights_quarantine ORDER BY id"))
          .containsExactly("[3]", "[4]", "[5]", "[6]");
      processing.run(
          Pipeline.named("clean-flights")
              .read(RAW)
              .expect(notNull("id"))
              .sql(BY_MONTH)
              .write(FLIGHTS, Write.overwrite())
              .build());
      assertThat(query("SELECT id, quarantine_pipeline FROM aviation.flights_quarantine"))
          .containsExactly("[6, other]");
    }

    @Test
    void thatAppendsAddsToWhatWasKeptAside() {
      landFlights();
      Pipeline appending = clean().sql(BY_MONTH).write(FLIGHTS, Write.append()).build();
      processing.run(appending, LoadId.of("one"));
      processing.run(appending, LoadId.of("two"));
      assertThat(flights()).hasSize(6);
      assertThat(
              query(
                  "SELECT quarantine_load, count(*) FROM aviation.flights_quarantine GROUP BY"
                      + " quarantine_load ORDER BY 1"))
          .containsExactly("[one, 3]", "[two, 3]");
    }

    @Test
    void givesTheQuarantineTheColumnsThatAreNew() {
      landFlights();
      processing.run(clean().sql(BY_MONTH).write(FLIGHTS, Write.append()).build());
      processing.run(
          Pipeline.named("clean-flights")
              .read(RAW)
              .sql("SELECT id, delay, 'x' AS extra, day, origin FROM input")
              .expect(notNull("origin"))
              .sql(BY_MONTH)
              .write(FLIGHTS, Write.append())
              .build());
      assertThat(query("SELECT id, extra FROM aviation.flights_quarantine ORDER BY id, extra"))
          .containsExactly("[3, null]", "[4, x]", "[4, null]", "[5, null]");
    }
  }

  @Nested
  class AReport {

    @Test
    void countsRowsOfEachStep() {
      landFlights();
      RunReport report = processing.run(cleanByMonth());
      assertThat(report.steps())
          .extracting(StepReport::name)
          .containsExactly(
              "read aviation.raw_flights", "expect 3 rules", "sql", "write aviation.flights");
      assertThat(report.steps().get(1).keptAside()).isEqualTo(3);
      assertThat(report.steps().get(1).keptAsideByRule())
          .isEqualTo(Map.of("notNull(origin)", 1L, "between(delay)", 2L, "matches(origin)", 1L));
      assertThat(report.rowsIn()).isEqualTo(6);
      assertThat(report.rowsOut()).isEqualTo(3);
      assertThat(report.files()).isEqualTo(2);
      assertThat(report.bytes()).isPositive();
      assertThat(report.time()).isEqualTo(Duration.ZERO);
    }

    @Test
    void readsWell() {
      landFlights();
      RunReport report = processing.run(cleanByMonth());
      assertThat(report.describe().lines().toList())
          .startsWith(
              "Pipeline clean-flights published version 1 of aviation.flights in 0.000 s (load "
                  + report.load()
                  + ")",
              "  step                         rows in  rows out  kept aside  time",
              "  1 read aviation.raw_flights                  6",
              "  2 expect 3 rules                   6         3           3",
              "      notNull(origin)                                      1",
              "      between(delay)                                       2",
              "      matches(origin)                                      1",
              "  3 sql                              3         3",
              "  4 write aviation.flights           3         3")
          .last()
          .asString()
          .startsWith("2 files, ")
          .endsWith("; rows kept aside are in aviation.flights_quarantine");
    }

    @Test
    void isToldStepByStepToListeners() {
      landFlights();
      RunReport report = processing.run(cleanByMonth());
      assertThat(events.stream().filter(e -> !(e instanceof AccessDecidedEvent)))
          .extracting(e -> e.getClass().getSimpleName())
          .containsSubsequence(
              "PipelineStarted",
              "StepFinished",
              "StepFinished",
              "StepFinished",
              "DataPublishedEvent",
              "StepFinished",
              "PipelineFinished");
      assertThat(events)
          .last()
          .isEqualTo(new PipelineFinished(clock.instant(), lake.principal(), report));
      assertThat(
              events.stream()
                  .filter(DataPublishedEvent.class::isInstance)
                  .map(e -> ((DataPublishedEvent) e).publication().dataset())
                  .skip(1))
          .containsExactly(FLIGHTS.id(), DatasetId.parse("aviation.flights_quarantine"));
    }
  }
}
