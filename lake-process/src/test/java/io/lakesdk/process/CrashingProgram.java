package io.lakesdk.process;

import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Lands batches of rows and runs a pipeline over them until it is killed. Of each batch's {@value
 * #ROWS} rows one in ten has no value.
 */
final class CrashingProgram {

  static final int ROWS = 200;
  static final int BAD_ROWS = ROWS / 10;
  private static final int BATCHES = 12;

  static final Dataset LANDED =
      Dataset.named("crash.landed")
          .in(Zone.RAW)
          .format(Format.CSV)
          .column("batch", INT)
          .column("number", INT)
          .column("value", INT)
          .build();

  static final Dataset CLEAN =
      Dataset.named("crash.clean")
          .in(Zone.CURATED)
          .column("number", INT)
          .column("value", INT)
          .column("text", STRING)
          .partitionedBy("batch", INT)
          .build();

  static final Pipeline PIPELINE =
      Pipeline.named("crash")
          .read(LANDED)
          .expect(Rule.notNull("value"))
          .map(
              Landed.class,
              Clean.class,
              row -> new Clean(row.batch(), row.number(), row.value(), "row " + row.number()))
          .write(CLEAN, Write.overwrite())
          .build();

  /** A row as it was landed. */
  record Landed(int batch, int number, int value) {}

  /** A row that has a value. */
  record Clean(int batch, int number, int value, String text) {}

  private CrashingProgram() {}

  public static void main(String[] arguments) throws IOException {
    try (Lake lake = Lake.at(Path.of(arguments[0]))) {
      Catalog.of(lake).register(LANDED);
      Processing processing = Processing.of(lake);
      processing.run(PIPELINE);
      System.out.println("running");
      while (true) {
        land(lake);
        processing.run(PIPELINE);
      }
    }
  }

  /** Adds one batch, or begins anew with it once there are many. */
  private static void land(Lake lake) throws IOException {
    Publishing publishing = Publishing.of(lake);
    int batch = (int) publishing.snapshot(LANDED).version() + 1;
    Write write = batch % BATCHES == 0 ? Write.overwrite() : Write.append();
    StringBuilder csv = new StringBuilder("batch,number,value\n");
    for (int i = 1; i <= ROWS; i++) {
      csv.append(batch).append(',').append(i).append(',').append(i % 10 == 0 ? "" : i).append('\n');
    }
    try (Draft draft = publishing.begin(LANDED, write, LoadId.of("batch-" + batch));
        var upload = draft.upload("batch-" + batch + ".csv", Partition.none())) {
      upload.write(csv.toString().getBytes(StandardCharsets.UTF_8));
      draft.include(upload.complete(), Partition.none(), OptionalLong.of(ROWS));
      publishing.publish(draft);
    }
  }
}
