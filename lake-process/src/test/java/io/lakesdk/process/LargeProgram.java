package io.lakesdk.process;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.STRING;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.RecordMapper;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Takes more rows through Java than its heap could hold. */
final class LargeProgram {

  static final long ROWS = 3_000_000;

  /** A row with a text that takes some room. */
  record Event(long id, String text) {}

  private static final Dataset EVENTS =
      Dataset.named("large.events").in(Zone.RAW).columns(Event.class).build();

  private static final Dataset RESULT =
      Dataset.named("large.result")
          .in(Zone.CURATED)
          .column("id", BIGINT)
          .column("text", STRING)
          .build();

  private LargeProgram() {}

  public static void main(String[] arguments) {
    try (Lake lake = Lake.at(Path.of(arguments[0]))) {
      generate(lake);
      Pipeline pipeline =
          Pipeline.named("large")
              .read(EVENTS)
              .expect(Rule.that("not a millionth", "id % 1000000 <> 0"))
              .flatMap(
                  Event.class,
                  Event.class,
                  event ->
                      event.id() % 2 == 0
                          ? Stream.of(new Event(-event.id(), event.text()))
                          : Stream.empty())
              .expect(Rule.notNull("text"))
              .write(RESULT, Write.append())
              .build();
      RunReport report = Processing.of(lake).run(pipeline);
      System.out.println("rows " + report.rowsOut() + " kept aside " + report.keptAside());
    }
  }

  private static void generate(Lake lake) {
    RecordMapper<Event> mapper = RecordMapper.of(Event.class);
    Catalog.of(lake).register(EVENTS);
    try (Workbench workbench = QueryEngine.of(lake).workbench();
        Draft draft = Publishing.of(lake).begin(EVENTS, Write.append(), LoadId.of("events"))) {
      workbench.write(
          workbench.rows(
              mapper.columns(),
              LongStream.rangeClosed(1, ROWS)
                  .mapToObj(id -> mapper.toValues(new Event(id, "this is event number " + id)))
                  .iterator()),
          draft);
      Publishing.of(lake).publish(draft);
    }
  }
}
