package io.lakesdk.examples;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.time.Duration;
import java.util.List;

/** A team asks within limits, and the owner of the lake sees what it asked and what that costs. */
public final class TeamQueries {

  private TeamQueries() {}

  record Reading(String sensor, double celsius) {}

  /** Prints an answer that was given twice, a refusal, and the bill. */
  public static void main(String[] args) {
    Dataset readings =
        Dataset.named("plant.readings").in(Zone.CURATED).columns(Reading.class).build();
    Principal analyst = Principal.role("analyst");

    try (Lake lake = Lake.inMemory()) {
      Ingestion.of(lake)
          .load(
              IngestionSource.records(List.of(new Reading("door", 19.5), new Reading("oven", 181))),
              readings);
      QueryEngine owner = QueryEngine.of(lake);
      Workgroup team =
          Workgroup.named("analysts")
              .resultsIn("s3://curated/results/analysts/")
              .scanTogetherAtMost(100L << 30, Duration.ofDays(1))
              .enforced();
      owner.workgroups().register(team);
      Security security = Security.of(lake);
      security.grant(Grant.use().on("analysts").to(analyst));
      security.grant(Grant.select().on("plant.readings").to(analyst));

      QueryEngine engine = QueryEngine.of(lake.as(analyst));
      Query hottest =
          Query.sql("SELECT max(celsius) AS celsius FROM plant.readings WHERE sensor <> 'attic'")
              .workgroup("analysts")
              .reuseResultsFor(Duration.ofMinutes(10));
      for (int i = 0; i < 2; i++) {
        try (Rows rows = engine.run(hottest)) {
          System.out.println(rows.asMaps().toList() + " " + rows.stats().reused());
        }
      }

      owner.workgroups().register(team.scanAtMost(10));
      try (Rows rows = engine.run(Query.sql("TABLE plant.readings").workgroup("analysts"))) {
        throw new AssertionError(rows.columns());
      } catch (UnavailableException tooMuch) {
        System.out.println("refused");
      }

      for (QueryExecution ran : owner.workgroups().executions("analysts", 10)) {
        System.out.printf(
            "%s %s %s $%.6f%n",
            ran.by().orElseThrow(), ran.state(), ran.statement(), ran.stats().bill().price());
      }
    }
  }
}
