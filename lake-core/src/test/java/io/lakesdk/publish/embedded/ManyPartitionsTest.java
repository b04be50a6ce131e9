package io.lakesdk.publish.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million partitions, of which a filter finds a few. */
@Tag("slow")
class ManyPartitionsTest {

  @TempDir private Path folder;

  @Test
  void areFiltered() {
    try (Lake lake = Lake.at(folder.resolve("lake"))) {
      ManyPartitions.publish(lake);
      Snapshot snapshot = Publishing.of(lake).snapshot(ManyPartitions.READINGS);
      PartitionFilter day = new Compare("day", Operator.EQUAL, 500L);
      PartitionFilter device = new Compare("device", Operator.EQUAL, "device-00077");

      assertThat(snapshot.files(new And(List.of(day, device)))).hasSize(1);
      assertThat(snapshot.files(day)).hasSize(ManyPartitions.DEVICES);
      assertThat(snapshot.files(device)).hasSize(ManyPartitions.DAYS);
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
}
