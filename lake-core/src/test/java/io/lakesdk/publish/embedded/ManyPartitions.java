package io.lakesdk.publish.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.schema.DataType;

/** A dataset of a million partitions, each with a file that is registered and nowhere stored. */
public final class ManyPartitions {

  public static final int DAYS = 1000;
  public static final int DEVICES = 1000;

  public static final Dataset READINGS =
      Dataset.named("iot.readings")
          .in(Zone.CURATED)
          .column("line", DataType.STRING)
          .partitionedBy("day", DataType.INT)
          .partitionedBy("device", DataType.STRING)
          .build();

  private ManyPartitions() {}

  /** Publishes it in an embedded lake that has published nothing before. */
  public static void publish(Lake lake) {
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(READINGS, Write.APPEND, LoadId.of("first"))) {
      publishing.publish(draft);
    }
    fill(((EmbeddedBackend) lake.backend()).metadata());
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
