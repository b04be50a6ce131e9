package io.lakesdk.process;

import static io.lakesdk.process.Rule.between;
import static io.lakesdk.process.Rule.notNull;
import static io.lakesdk.process.Rule.oneOf;
import static io.lakesdk.process.Rule.that;
import static io.lakesdk.process.Rule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.BadDataException;
import io.lakesdk.publish.Write;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What rules do to rows. */
public abstract class ProcessingRulesContract extends ProcessingReplayContract {

  @Nested
  class Rules {

    @Test
    void keepRowsAsideWithRuleAndReason() {
      landFlights();
      processing.run(cleanByMonth());
      assertThat(flights())
          .containsExactly("[1, SEA, 5, 1]", "[2, SFO, -3, 1]", "[6, LAX, null, 2]");
      assertThat(quarantine())
          .containsExactly(
              "[3, between(delay), delay is not between -120 and 3000]",
              "[4, notNull(origin), origin is null]",
              "[5, between(delay); matches(origin), delay is not between -120 and 3000; origin does"
                  + " not match [A-Z]{3}]");
    }

    @Test
    void noteWhoKeptARowAsideAndWhen() {
      landFlights();
      RunReport report = processing.run(cleanByMonth());
      assertThat(
              query(
                  "SELECT DISTINCT quarantine_pipeline, quarantine_load, quarantine_at FROM"
                      + " aviation.flights_quarantine"))
          .containsExactly("[clean-flights, " + report.load() + ", 2026-01-02T03:04:05.678]");
      assertThat(query("SELECT day FROM aviation.flights_quarantine WHERE id = 3"))
          .containsExactly("[2001/01/12]");
    }

    @Test
    void areBrokenByNullOnlyWhereTheyWantAValue() {
      land(RAW, RawFlight.class, flight(1L, null, null, "2001/01/01"));
      RunReport report =
          processing.run(
              Pipeline.named("nulls")
                  .read(RAW)
                  .expect(
                      between("delay", 0, 1),
                      Rule.matches("origin", "X"),
                      oneOf("origin", "A", "B"),
                      unique("origin"),
                      that("delay is even", "delay % 2 = 0"))
                  .sql(BY_MONTH)
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.keptAside()).isZero();
      assertThat(report.rowsOut()).isEqualTo(1);
    }

    @Test
    void keepAsideEveryRowThatSharesWhatShouldBeUnique() {
      land(
          RAW,
          RawFlight.class,
          flight(1L, "SEA", 1, "2001/01/01"),
          flight(1L, "SFO", 2, "2001/01/01"),
          flight(2L, "SEA", 3, "2001/01/01"),
          flight(null, "LAX", 4, "2001/01/01"),
          flight(null, "LAX", 5, "2001/01/01"));
      RunReport report =
          processing.run(
              Pipeline.named("distinct")
                  .read(RAW)
                  .expect(unique("id"), that("early", "delay < 5"), unique("id", "day", "origin"))
                  .sql(BY_MONTH)
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.steps().get(1).keptAsideByRule())
          .isEqualTo(Map.of("unique(id)", 2L, "early", 1L, "unique(id, day, origin)", 0L));
      assertThat(query("SELECT delay FROM aviation.flights ORDER BY delay"))
          .containsExactly("[3]", "[4]");
    }

    @Test
    void takeValuesOfEveryKind() {
      landFlights();
      RunReport report =
          processing.run(
              Pipeline.named("kinds")
                  .read(RAW)
                  .sql(
                      "SELECT id, origin, delay, day, date '2001-01-01' AS on_day, CAST(1.50 AS"
                          + " decimal(5,2)) AS price, 1.5e0 AS ratio FROM input")
                  .expect(
                      between("on_day", LocalDate.of(2001, 1, 1), LocalDate.of(2001, 12, 31)),
                      between("price", new BigDecimal("1.5"), new BigDecimal("2")),
                      between("ratio", 1.0, 2.0),
                      between("origin", "A", "zzz"),
                      oneOf("id", 1, 2, 3, 4, 5),
                      Rule.matches("day", "\\d{4}/\\d\\d/\\d\\d"))
                  .sql(BY_MONTH)
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.steps().get(2).keptAsideByRule())
          .containsEntry("oneOf(id)", 1L)
          .containsEntry("between(price)", 0L);
      assertThat(report.rowsOut()).isEqualTo(5);
    }

    @Test
    void atSeveralPlacesKeepRowsInADatasetForEach() {
      landFlights();
      Pipeline pipeline =
          clean()
              .sql(BY_MONTH)
              .expect(notNull("delay"))
              .write(FLIGHTS, Write.overwritePartitions())
              .build();
      RunReport report = processing.run(pipeline);
      assertThat(report.quarantines())
          .isEqualTo(pipeline.quarantines())
          .containsExactly(
              DatasetId.parse("aviation.flights_quarantine"),
              DatasetId.parse("aviation.flights_quarantine_2"));
      assertThat(query("SELECT id, month, quarantine_rule FROM aviation.flights_quarantine_2"))
          .containsExactly("[6, 2, notNull(delay)]");
    }

    @Test
    void takeNamesAndTextsOfEveryKind() {
      landFlights();
      RunReport report =
          processing.run(
              Pipeline.named("names")
                  .read(RAW)
                  .sql(
                      "SELECT id, origin, delay, day, origin AS \"select\", delay AS"
                          + " \"gr\u00f6\u00dfe in m\" FROM input")
                  .expect(
                      notNull("SELECT"),
                      between("gr\u00f6\u00dfe in m", -5, 4500),
                      Rule.matches("select", "[^']*|it's"),
                      unique("select", "gr\u00f6\u00dfe in m"),
                      that("it's fine", "\"select\" <> 'o''hare' -- really"))
                  .sql(BY_MONTH)
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.keptAside()).isEqualTo(2);
      assertThat(query("SELECT id, quarantine_reason FROM aviation.flights_quarantine ORDER BY id"))
          .containsExactly(
              "[4, SELECT is null]", "[5, gr\u00f6\u00dfe in m is not between -5 and 4500]");
    }

    @Test
    void thatChangeTheirMindAreAskedOnce() {
      landFlights();
      RunReport report =
          processing.run(
              Pipeline.named("random")
                  .read(RAW)
                  .expect(that("half of them", "random() < 0.5"))
                  .sql(BY_MONTH)
                  .write(FLIGHTS, Write.append())
                  .build());
      assertThat(report.rowsOut() + report.keptAside()).isEqualTo(6);
    }

    @Test
    void thatAreRequiredEndTheRunWithNothingWritten() {
      landFlights();
      Pipeline strict =
          Pipeline.named("strict")
              .read(RAW)
              .expect(notNull("origin"))
              .require(between("delay", -120, 3000))
              .sql(BY_MONTH)
              .write(FLIGHTS, Write.append())
              .build();
      assertThatThrownBy(() -> processing.run(strict))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot run pipeline strict: 2 of 5 rows break the rule between(delay), which step 3"
                  + " requires of all of them; nothing was written");
      assertThat(Catalog.of(lake).find(FLIGHTS.id())).isEmpty();
      assertThat(Catalog.of(lake).find(strict.quarantine())).isEmpty();
      assertThat(events).last().isInstanceOf(PipelineFailed.class);
    }
  }
}
