package io.lakesdk.process;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.RecordMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lake with flights in it. */
public abstract class ProcessingFixture {

  /** A flight as it was landed. */
  public record RawFlight(
      @Nullable Long id, @Nullable String origin, @Nullable Integer delay, @Nullable String day) {}

  /** A flight as it is asked for. */
  public record Flight(
      @Nullable Long id,
      @Nullable String origin,
      @Nullable Integer delay,
      @Nullable Integer month) {}

  /** An airport. */
  public record Airport(String code, String city) {}

  protected static final Dataset RAW =
      Dataset.named("aviation.raw_flights").in(Zone.RAW).columns(RawFlight.class).build();

  protected static final Dataset FLIGHTS =
      Dataset.named("aviation.flights")
          .in(Zone.CURATED)
          .column("id", BIGINT)
          .column("origin", STRING)
          .column("delay", INT)
          .partitionedBy("month", INT)
          .build();

  protected static final Dataset AIRPORTS =
      Dataset.named("aviation.airports").in(Zone.RAW).columns(Airport.class).build();

  protected static final String BY_MONTH =
      "SELECT id, origin, delay, CAST(substr(day, 6, 2) AS integer) AS month FROM input";

  protected final VirtualClock clock =
      VirtualClock.at(Instant.parse("2026-01-02T03:04:05.678901234Z"));
  protected final List<LakeEvent> events = new CopyOnWriteArrayList<>();
  protected Lake lake;
  protected Processing processing;

  /** Opens a new lake. */
  protected abstract Lake open(Consumer<LakeOptions> with);

  @BeforeEach
  void openLake() {
    lake = open(with -> with.clock(clock).listener(events::add));
    processing = Processing.of(lake);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  protected static RawFlight flight(
      @Nullable Long id, @Nullable String origin, @Nullable Integer delay, String day) {
    return new RawFlight(id, origin, delay, day);
  }

  /** Three good flights of two months, and three with something wrong. */
  protected void landFlights() {
    land(
        RAW,
        RawFlight.class,
        flight(1L, "SEA", 5, "2001/01/10"),
        flight(2L, "SFO", -3, "2001/01/11"),
        flight(3L, "JFK", 4000, "2001/01/12"),
        flight(4L, null, 9, "2001/02/01"),
        flight(5L, "sea", 5000, "2001/02/02"),
        flight(6L, "LAX", null, "2001/02/03"));
  }

  protected static Pipeline.Builder clean() {
    return Pipeline.named("clean-flights")
        .read(RAW)
        .expect(
            Rule.notNull("origin"),
            Rule.between("delay", -120, 3000),
            Rule.matches("origin", "[A-Z]{3}"));
  }

  protected static Pipeline cleanByMonth() {
    return clean().sql(BY_MONTH).write(FLIGHTS, Write.overwritePartitions()).build();
  }

  /** Appends rows to a dataset. */
  @SafeVarargs
  protected final <T extends Record> void land(Dataset dataset, Class<T> type, T... rows) {
    List<T> all = new ArrayList<>();
    for (T row : rows) {
      all.add(row);
    }
    land(dataset, RecordMapper.of(type), all);
  }

  private <T extends Record> void land(Dataset dataset, RecordMapper<T> mapper, List<T> rows) {
    Publishing publishing = Publishing.of(lake);
    Catalog.of(lake).register(dataset);
    try (Workbench workbench = QueryEngine.of(lake).workbench();
        Draft draft = publishing.begin(dataset, Write.append(), LoadId.unique())) {
      workbench.write(
          workbench.rows(mapper.columns(), rows.stream().map(mapper::toValues).iterator()), draft);
      publishing.publish(draft);
    }
  }

  /** Adds a file to a dataset as it is. */
  protected void landFile(Dataset dataset, String name, byte[] content) {
    Publishing publishing = Publishing.of(lake);
    Catalog.of(lake).register(dataset);
    try (Draft draft = publishing.begin(dataset, Write.append(), LoadId.unique());
        var upload = draft.upload(name, Partition.none())) {
      upload.write(content);
      draft.include(upload.complete(), Partition.none(), OptionalLong.empty());
      publishing.publish(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected void landFile(Dataset dataset, String name, String content) {
    landFile(dataset, name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Each row of an answer as a list printed. */
  protected List<String> query(String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql))) {
      return rows.asLists().map(List::toString).toList();
    }
  }

  protected List<String> flights() {
    return query("SELECT id, origin, delay, month FROM aviation.flights ORDER BY id");
  }

  protected List<String> quarantine() {
    return query(
        "SELECT id, quarantine_rule, quarantine_reason FROM aviation.flights_quarantine ORDER BY"
            + " id");
  }

  /** How often something was published to a dataset. */
  protected int versions(Dataset dataset) {
    return Publishing.of(lake).history(dataset).size();
  }
}
