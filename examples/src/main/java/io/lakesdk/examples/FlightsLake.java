package io.lakesdk.examples;

import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static io.lakesdk.schema.DataType.TIMESTAMP;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.CrawlPreview;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.ingest.Receipt;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.Rule;
import io.lakesdk.process.RunReport;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A lake of real flights, from a drop folder to an analyst's answer: land, crawl, clean, enrich,
 * publish, grant, ask, roll back, and a page to look at. All of it happens in this JVM.
 */
public final class FlightsLake {

  private static final Principal ANALYST = Principal.role("analyst");

  static final Dataset RAW_FLIGHTS =
      Dataset.named("aviation.flights_raw").in(Zone.RAW).format(Format.JSON).build();

  static final Dataset RAW_AIRPORTS =
      Dataset.named("aviation.airports").in(Zone.RAW).format(Format.CSV).build();

  static final Dataset CLEAN_FLIGHTS =
      Dataset.named("aviation.flights_clean")
          .in(Zone.CLEANED)
          .column("departed_at", TIMESTAMP, c -> c.describedAs("scheduled departure, local time"))
          .column("delay_minutes", INT, c -> c.describedAs("negative where it was early"))
          .column("distance_miles", INT)
          .column("origin", STRING)
          .column("destination", STRING)
          .build();

  static final Dataset FLIGHTS =
      Dataset.named("aviation.flights")
          .in(Zone.CURATED)
          .describedAs("flights that took place, with the cities that they joined")
          .stewardedBy("data-engineering")
          .column("departed_at", TIMESTAMP)
          .column("delay_minutes", INT)
          .column("distance_miles", INT)
          .column("origin", STRING)
          .column("origin_city", STRING)
          .column("destination", STRING)
          .column("destination_city", STRING)
          .partitionedBy("year", INT)
          .partitionedBy("month", INT)
          .build();

  private final Lake lake;
  private final Story story;

  private FlightsLake(Lake lake, Story story) {
    this.lake = lake;
    this.story = story;
  }

  /**
   * Runs the example.
   *
   * @param args the folder for the lake and the page; {@code target} unless given
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args.length > 0 ? args[0] : "target");
    Path root = SampleData.fresh(home.resolve("flights-lake"));
    try (Lake lake = Lake.at(root)) {
      run(lake, home);
    }
  }

  /** Tells the whole story in an empty lake, wherever that is. */
  static void run(Lake lake, Path home) throws IOException {
    Path drop = SampleData.dropInto(home.resolve("drop"));
    Path page = home.resolve("flights.html");
    Story story = new Story();
    new FlightsLake(lake, story).tell(drop, page);
    story.end("The lake is in " + lake.name() + ", the page is " + page);
  }

  private void tell(Path drop, Path page) throws IOException {
    land(drop);
    crawl();
    clean();
    enrich();
    grantAndAsk();
    rollBack();
    story.step("A page to look at");
    FlightsPage.of(lake).write(page);
    story.done();
  }

  private void land(Path drop) {
    story.step("Land what lies in the drop folder, as it is");
    Ingestion ingestion = Ingestion.of(lake);
    Receipt flights =
        ingestion.load(IngestionSource.files(drop).matching("flights*.json"), RAW_FLIGHTS);
    Receipt airports =
        ingestion.load(IngestionSource.files(drop).matching("airports.csv"), RAW_AIRPORTS);
    Receipt again =
        ingestion.load(IngestionSource.files(drop).matching("flights*.json"), RAW_FLIGHTS);
    story.say(flights.describe());
    story.say(airports.describe());
    story.say("the same drop once more: " + again.outcome());
    story.done();
  }

  private void crawl() {
    story.step("Crawl: look first, then register");
    Catalog catalog = Catalog.of(lake);
    CrawlPreview preview = catalog.preview(Crawler.of(Zone.RAW, "aviation/"));
    story.say(preview.toString());
    catalog.apply(preview);
    story.say("registered: " + catalog.list().stream().map(Dataset::id).toList());
    story.done();
  }

  private void clean() {
    story.step("Clean: rules keep rows aside, SQL gives types");
    Pipeline clean =
        Pipeline.named("clean-flights")
            .read(Catalog.of(lake).dataset(RAW_FLIGHTS.id()))
            .expect(
                Rule.notNull("origin"),
                Rule.matches("origin", "[A-Z0-9]{3}"),
                Rule.between("delay", -30, 360),
                Rule.between("distance", 50, 5000))
            .sql(
                """
                SELECT date_parse(date, '%Y/%m/%d %H:%i') AS departed_at,
                       CAST(delay AS integer) AS delay_minutes,
                       CAST(distance AS integer) AS distance_miles,
                       origin,
                       destination
                FROM input""")
            .write(CLEAN_FLIGHTS, Write.overwrite())
            .build();
    story.say(Processing.of(lake).run(clean).describe());
    story.say("Some of the rows kept aside:");
    Query kept =
        Query.sql(
            """
            SELECT date, origin, destination, delay, distance, quarantine_rule
            FROM aviation.flights_clean_quarantine
            ORDER BY delay DESC
            LIMIT 3""");
    try (Rows rows = QueryEngine.of(lake).run(kept)) {
      story.table(rows);
    }
    story.done();
  }

  private void enrich() {
    story.step("Enrich with airports, publish by month");
    RunReport report = Processing.of(lake).run(enrichment(""));
    story.say(report.describe());
    Catalog.of(lake)
        .partitions(FLIGHTS.id())
        .list()
        .forEach(p -> story.say(p.partition() + ": " + p.totals().rows() + " rows"));
    story.done();
  }

  private void grantAndAsk() {
    story.step("Grant an analyst two columns of Seattle's flights, and let her ask");
    Security security = Security.of(lake);
    Grant grant =
        Grant.select("origin", "delay_minutes")
            .on("aviation.flights")
            .where("origin = 'SEA'")
            .to(ANALYST);
    security.grant(grant);
    story.say(grant.toString());

    QueryEngine hers = QueryEngine.of(lake.as(ANALYST));
    ask(
        hers,
        "SELECT origin, count(*) AS flights, round(avg(delay_minutes), 1) AS delay"
            + " FROM aviation.flights GROUP BY origin");
    ask(hers, "SELECT destination, count(*) AS flights FROM aviation.flights GROUP BY 1");
    story.say(
        security.explain(ANALYST, Action.SELECT, "aviation.flights", "destination").toString());
    long refused = security.audit().by(ANALYST).denied().list().size();
    story.say("the audit has " + refused + " refusal of hers");
    story.done();
  }

  private void ask(QueryEngine engine, String sql) {
    story.say("asked:   " + sql);
    try (Rows rows = engine.run(Query.sql(sql))) {
      story.table(rows);
    } catch (AccessDeniedException refused) {
      story.say("refused: " + refused.getMessage());
    }
  }

  private void rollBack() {
    story.step("A mistake, and back");
    Publishing publishing = Publishing.of(lake);
    long good = publishing.snapshot(FLIGHTS).version();
    Pipeline mistake = enrichment("WHERE f.delay_minutes > 0");
    Processing.of(lake).run(mistake);
    story.say("somebody changed the pipeline, and published only the flights that were late");
    story.say("flights now: " + publishing.snapshot(FLIGHTS).totals().rows());
    publishing.rollback(FLIGHTS, good);
    story.say("flights after the rollback: " + publishing.snapshot(FLIGHTS).totals().rows());
    for (Version version : publishing.history(FLIGHTS)) {
      story.say(
          "version %d: %s, %d files in, %d out"
              .formatted(
                  version.number(),
                  version.change(),
                  version.filesAdded(),
                  version.filesRemoved()));
    }
    story.done();
  }

  private static Pipeline enrichment(String condition) {
    return Pipeline.named("enrich-flights")
        .read(CLEAN_FLIGHTS)
        .sql(
            """
            SELECT f.departed_at, f.delay_minutes, f.distance_miles,
                   f.origin, o.city AS origin_city,
                   f.destination, d.city AS destination_city,
                   year(f.departed_at) AS year, month(f.departed_at) AS month
            FROM input f
            JOIN aviation.airports o ON o.iata = f.origin
            JOIN aviation.airports d ON d.iata = f.destination
            """
                + condition)
        .write(FLIGHTS, Write.overwritePartitions())
        .build();
  }
}
