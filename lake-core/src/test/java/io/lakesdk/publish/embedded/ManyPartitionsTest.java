package io.lakesdk.publish.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Write;
import io.lakesdk.schema.DataType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million partitions, of which a filter finds a few. */
@Tag("slow")
class ManyPartitionsTest {

  private static final int DAYS = 1000;
  private static final int DEVICES = 1000;

  private static final Dataset READINGS =
      Dataset.named("iot.readings")
          .in(Zone.CURATED)
          .column("line", DataType.STRING)
          .partitionedBy("day", DataType.INT)
          .partitionedBy("device", DataType.STRING)
          .build();

  @TempDir private Path folder;

  @Test
  void areFiltered() {
    try (Lake lake = Lake.at(folder.resolve("lake"))) {
      Publishing publishing = Publishing.of(lake);
      try (Draft draft = publishing.begin(READINGS, Write.APPEND, LoadId.of("first"))) {
        publishing.publish(draft);
      }
      fill(((EmbeddedBackend) lake.backend()).metadata());
      Snapshot snapshot = publishing.snapshot(READINGS);
      PartitionFilter day = new Compare("day", Operator.EQUAL, 500L);
      PartitionFilter device = new Compare("device", Operator.EQUAL, "device-00077");

      assertThat(snapshot.files(new And(List.of(day, device)))).hasSize(1);
      assertThat(snapshot.files(day)).hasSize(DEVICES);
      assertThat(snapshot.files(device)).hasSize(DAYS);
      assertThat(
              snapshot.files(
                  new And(
                      List.of(
                          new Compare("day", Operator.AT_LEAST, 500L),
                          new Compare("day", Operator.LESS, 510L),
                          device))))
          .hasSize(10);
      assertThat(snapshot.files(new Compare("day", Operator.MORE, 5000L))).hasSize(0);
    }
  }

  /** Adds the rows that as many appends would have added. */
  private static void fill(MetadataStore metadata) {
    String numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (DAYS * DEVICES - 1)
            + ") ";
    String day = "i % " + DAYS;
    String device = "printf('device-%05d', i / " + DAYS + ")";
    metadata.write(
        tx -> {
          tx.update(
              "INSERT INTO publish_partition(id, dataset, path, changed) "
                  + numbers
                  + "SELECT i + 1, 1, 'day=' || ("
                  + day
                  + ") || '/device=' || "
                  + device
                  + ", 1 FROM n");
          tx.update(
              "INSERT INTO publish_partition_value(partition, position, dataset, value) "
                  + numbers
                  + "SELECT i + 1, 0, 1, "
                  + day
                  + " FROM n");
          tx.update(
              "INSERT INTO publish_partition_value(partition, position, dataset, value) "
                  + numbers
                  + "SELECT i + 1, 1, 1, "
                  + device
                  + " FROM n");
          tx.update(
              "INSERT INTO publish_file(id, dataset, version, partition, zone, key,"
                  + " object_version, bytes, rows, sha256) "
                  + numbers
                  + "SELECT i + 1, 1, 1, i + 1, 'curated', 'iot/readings/' || i, 'v', 1, 1, 'x'"
                  + " FROM n");
          return tx.update(
              "INSERT INTO publish_span(dataset, partition, file, from_version, to_version)"
                  + " SELECT 1, id, id, 1, "
                  + Tables.NO_END
                  + " FROM publish_file");
        });
  }
}
