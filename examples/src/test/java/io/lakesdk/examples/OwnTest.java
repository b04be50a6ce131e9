package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.Rule;
import io.lakesdk.process.RunReport;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a team tests a pipeline of its own: a lake for each test, its own rows, its own clock. */
class OwnTest {

  record Reading(String sensor, double celsius, Instant at) {}

  record Average(String sensor, double celsius) {}

  private static final Dataset READINGS =
      Dataset.named("plant.readings").in(Zone.RAW).columns(Reading.class).build();

  private static final Dataset AVERAGES =
      Dataset.named("plant.averages").in(Zone.CURATED).columns(Average.class).build();

  private static final Pipeline AVERAGE =
      Pipeline.named("average")
          .read(READINGS)
          .expect(Rule.between("celsius", -50.0, 200.0))
          .sql("SELECT sensor, avg(celsius) AS celsius FROM input GROUP BY sensor")
          .write(AVERAGES, Write.overwrite())
          .build();

  private static final List<Reading> FOUR =
      List.of(
          new Reading("a", 20, Instant.parse("2026-05-01T10:00:00Z")),
          new Reading("a", 22, Instant.parse("2026-05-01T10:01:00Z")),
          new Reading("b", 7, Instant.parse("2026-05-01T10:00:00Z")),
          new Reading("b", 9999, Instant.parse("2026-05-01T10:01:00Z")));

  @Test
  void averagesLeaveImpossibleReadingsOut() {
    VirtualClock clock = VirtualClock.at("2026-05-02T00:00:00Z");
    try (Lake lake = Lake.inMemory(with -> with.clock(clock))) {
      Ingestion.of(lake).load(IngestionSource.records(FOUR), READINGS);

      RunReport report = Processing.of(lake).run(AVERAGE);

      assertThat(report.keptAside()).isEqualTo(1);
      assertThat(averages(lake)).containsExactly(new Average("a", 21), new Average("b", 7));
    }
  }

  @Test
  void loadsThatStorageThrottlesLandOnce() {
    Faults throttled = Faults.on(Call.ADOPT_FILE).throttle(0.2);
    try (Lake lake = Lake.inMemory(with -> with.faults(throttled))) {
      for (Reading reading : FOUR) {
        loadUntilItIsTaken(lake, reading);
      }

      assertThat(
              QueryEngine.of(lake)
                  .run(Query.sql("SELECT sensor, celsius FROM plant.readings ORDER BY celsius"))
                  .as(Average.class))
          .extracting(Average::celsius)
          .containsExactly(7.0, 20.0, 22.0, 9999.0);
    }
  }

  private static void loadUntilItIsTaken(Lake lake, Reading reading) {
    try {
      Ingestion.of(lake).load(IngestionSource.records(List.of(reading)), READINGS);
    } catch (UnavailableException again) {
      loadUntilItIsTaken(lake, reading);
    }
  }

  private static List<Average> averages(Lake lake) {
    return QueryEngine.of(lake)
        .run(Query.sql("SELECT sensor, celsius FROM plant.averages ORDER BY sensor"))
        .as(Average.class)
        .toList();
  }
}
