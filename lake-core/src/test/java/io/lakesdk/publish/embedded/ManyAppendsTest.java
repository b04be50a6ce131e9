package io.lakesdk.publish.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.schema.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand appends to one dataset, of which the last takes as long as the first. */
@Tag("slow")
class ManyAppendsTest {

  private static final int APPENDS = 1000;
  private static final int SAMPLE = 100;

  private static final Dataset ORDERS =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .build();

  @TempDir private Path folder;

  @Test
  void inMemoryTakeAsLongAtTheEnd() throws IOException {
    try (Lake lake = Lake.inMemory()) {
      assertSteady("in memory", lake);
    }
  }

  @Test
  void inAFolderTakeAsLongAtTheEnd() throws IOException {
    try (Lake lake = Lake.at(folder.resolve("lake"))) {
      assertSteady("in a folder", lake);
    }
  }

  private static void assertSteady(String where, Lake lake) throws IOException {
    Publishing publishing = Publishing.of(lake);
    for (int i = 0; i < SAMPLE; i++) {
      append(publishing, ORDERS.toBuilder().at("warm-up").build(), "warm-up-" + i);
    }
    publishing.remove(ORDERS.toBuilder().at("warm-up").build());
    long[] nanos = new long[APPENDS];
    for (int i = 0; i < APPENDS; i++) {
      long start = System.nanoTime();
      append(publishing, ORDERS, "load-" + i);
      nanos[i] = System.nanoTime() - start;
    }
    double first = medianMillis(nanos, 0);
    double last = medianMillis(nanos, APPENDS - SAMPLE);
    System.out.printf("An append %s: %.2f ms at first, %.2f ms at last%n", where, first, last);
    assertThat(last / first).as(where + ": last to first").isLessThan(1.5);
    assertThat(publishing.snapshot(ORDERS).totals().files()).isEqualTo(APPENDS);
  }

  private static void append(Publishing publishing, Dataset dataset, String load)
      throws IOException {
    try (Draft draft = publishing.begin(dataset, Write.APPEND, LoadId.of(load))) {
      Path file = draft.newFile();
      Files.writeString(file, load);
      draft.add(file, Partition.none(), 1);
      publishing.publish(draft);
    }
  }

  private static double medianMillis(long[] nanos, int from) {
    long[] sample = Arrays.copyOfRange(nanos, from, from + SAMPLE);
    Arrays.sort(sample);
    return sample[SAMPLE / 2] / 1e6;
  }
}
