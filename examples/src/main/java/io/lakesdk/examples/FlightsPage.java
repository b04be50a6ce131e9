package io.lakesdk.examples;

import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * One self-contained HTML page about the flights: delays by month, day and airport, and lineage.
 */
record FlightsPage(
    List<Month> months, List<Day> days, List<Airport> airports, String lineage, Snapshot snapshot) {

  record Month(int year, int month, long flights, double delay, double late) {}

  record Day(LocalDate day, long flights, double delay) {}

  record Airport(String origin, String city, long flights, double delay) {}

  static FlightsPage of(Lake lake) {
    return new FlightsPage(
        ask(
            lake,
            """
            SELECT year, month, count(*) AS flights, avg(CAST(delay_minutes AS double)) AS delay,
                   avg(CASE WHEN delay_minutes >= 15 THEN 1e0 ELSE 0e0 END) AS late
            FROM aviation.flights GROUP BY year, month ORDER BY year, month""",
            Month.class),
        ask(
            lake,
            """
            SELECT CAST(departed_at AS date) AS day, count(*) AS flights,
                   avg(CAST(delay_minutes AS double)) AS delay
            FROM aviation.flights GROUP BY 1 ORDER BY 1""",
            Day.class),
        ask(
            lake,
            """
            SELECT origin, origin_city AS city, count(*) AS flights,
                   avg(CAST(delay_minutes AS double)) AS delay
            FROM aviation.flights GROUP BY 1, 2 ORDER BY flights DESC LIMIT 12""",
            Airport.class),
        LineageDrawing.of(Catalog.of(lake).lineage(FlightsLake.FLIGHTS.id())),
        Publishing.of(lake).snapshot(FlightsLake.FLIGHTS));
  }

  private static <T extends Record> List<T> ask(Lake lake, String sql, Class<T> type) {
    return QueryEngine.of(lake).run(Query.sql(sql)).as(type).toList();
  }

  void write(Path file) throws IOException {
    long flights = months.stream().mapToLong(Month::flights).sum();
    double late = months.stream().mapToDouble(m -> m.late() * m.flights()).sum() / flights;
    Files.writeString(
        file,
        template()
            .replace("{{flights}}", String.format("%,d", flights))
            .replace("{{late}}", String.format("%.0f", late * 100))
            .replace("{{first}}", days.get(0).day().toString())
            .replace("{{last}}", days.get(days.size() - 1).day().toString())
            .replace("{{months}}", FlightsCharts.months(months))
            .replace("{{days}}", FlightsCharts.days(days))
            .replace("{{airports}}", FlightsCharts.airports(airports))
            .replace("{{lineage}}", lineage)
            .replace("{{version}}", Long.toString(snapshot.version()))
            .replace("{{files}}", Long.toString(snapshot.totals().files())));
  }

  private static String template() throws IOException {
    try (InputStream page = FlightsPage.class.getResourceAsStream("flights.html")) {
      return new String(
          Objects.requireNonNull(page, "flights.html").readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
