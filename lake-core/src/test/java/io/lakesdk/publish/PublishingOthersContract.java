package io.lakesdk.publish;

import static io.lakesdk.publish.Write.APPEND;
import static io.lakesdk.publish.Write.OVERWRITE;
import static io.lakesdk.publish.Write.OVERWRITE_PARTITIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.publish.Publishing.VacuumReport;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.testing.Outage;
import io.lakesdk.testing.Outage.LastAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others wrote, and a load included, is never removed. */
public abstract class PublishingOthersContract extends PublishingHistoryContract {

  /** What somebody else puts into the folder of a dataset. */
  private ObjectInfo put(Dataset dataset, String name, String text) {
    return lake.store(Zone.CURATED)
        .put(dataset.location() + name, text.getBytes(UTF_8), PutOptions.defaults());
  }

  private Publication include(Dataset dataset, Partition partition, ObjectInfo object) {
    try (Draft draft = publishing.begin(dataset, APPEND, LoadId.unique())) {
      draft.include(object, partition, OptionalLong.of(1));
      return publishing.publish(draft);
    }
  }

  @Nested
  class FilesOfOthers {

    @Test
    void areThereAgainAfterTheirDatasetWasRemoved() {
      ObjectInfo theirs = put(ORDERS, "theirs", "a");
      include(ORDERS, Partition.none(), theirs);
      publish(APPEND, "ours", "b");
      assertThat(texts(ORDERS)).containsExactly("a", "b");

      publishing.remove(ORDERS);

      assertThat(objects()).isEqualTo(1);
      assertThat(listed()).containsExactly(ORDERS.location() + "theirs");
      include(ORDERS, Partition.none(), theirs);
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(publishing.vacuum(ORDERS, Duration.ZERO)).isEqualTo(new VacuumReport(0, 0, 0));
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void stayWhenAVacuumRemovesWhatReplacedThem() {
      ObjectInfo theirs = put(ORDERS, "theirs", "a");
      include(ORDERS, Partition.none(), theirs);
      publish(OVERWRITE, "ours", "b");
      publish(OVERWRITE, "more", "c");
      clock.advance(Duration.ofDays(2));

      assertThat(publishing.vacuum(ORDERS, Duration.ZERO)).isEqualTo(new VacuumReport(1, 1, 2));

      assertThat(objects()).isEqualTo(2);
      include(ORDERS, Partition.none(), theirs);
      assertThat(texts(ORDERS)).containsExactly("a", "c");
    }

    @Test
    void stayWhenTheirPartitionIsDropped() {
      ObjectInfo theirs = put(FLIGHTS, "month=1/origin=SEA/theirs", "a");
      include(FLIGHTS, flights(1, "SEA"), theirs);
      try (Draft draft = publishing.begin(FLIGHTS, OVERWRITE_PARTITIONS, LoadId.of("drop"))) {
        draft.replace(flights(1, "SEA"));
        publishing.publish(draft);
      }
      clock.advance(Duration.ofDays(2));

      assertThat(publishing.vacuum(FLIGHTS, Duration.ZERO)).isEqualTo(new VacuumReport(0, 0, 1));

      include(FLIGHTS, flights(1, "SEA"), theirs);
      assertThat(texts(FLIGHTS)).containsExactly("a");
    }

    @Test
    void stayWhenTheirLoadIsTakenBack() {
      publish(APPEND, "ours", "b");
      ObjectInfo theirs = put(ORDERS, "theirs", "a");
      include(ORDERS, Partition.none(), theirs);
      publishing.rollback(ORDERS, 1);
      clock.advance(Duration.ofDays(2));

      publishing.vacuum(ORDERS, Duration.ZERO);

      assertThat(texts(ORDERS)).containsExactly("b");
      include(ORDERS, Partition.none(), theirs);
      assertThat(texts(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void stayInTheirVersionWhenSomebodyWritesThemAnew() {
      ObjectInfo old = put(ORDERS, "theirs", "a");
      include(ORDERS, Partition.none(), old);
      put(ORDERS, "theirs", "new");

      publishing.remove(ORDERS);

      assertThat(objects()).isEqualTo(2);
      assertThat(text(Zone.CURATED, ORDERS.location() + "theirs")).isEqualTo("new");
      include(ORDERS, Partition.none(), old);
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void areWhatOthersFindOnceMoreAfterARemoval() {
      ObjectInfo theirs = put(ORDERS, "theirs", "a");
      include(ORDERS, Partition.none(), theirs);
      publishing.remove(ORDERS);
      include(ORDERS, Partition.none(), theirs);
      assertThat(foundByOthers(ORDERS)).containsExactly("a");
    }

    /** Files of loads may be left until a vacuum; those of others are never lost. */
    @ParameterizedTest
    @EnumSource
    void areThereAgainWhereverARemovalWasCutOff(LastAnswer answer) {
      Outage outage = new Outage();
      openWith(outage.faults());
      long calls = cutOff(outage, Long.MAX_VALUE - 1, answer);
      assertThat(calls).isGreaterThan(3);
      for (long call = 0; call < calls; call++) {
        cutOff(outage, call, answer);
      }
    }

    /** Gives the calls that a removal tried. */
    private long cutOff(Outage outage, long call, LastAnswer answer) {
      Dataset dataset =
          Dataset.named("cut.t" + call)
              .in(Zone.CURATED)
              .format(Format.CSV)
              .column("line", DataType.STRING)
              .build();
      ObjectInfo theirs = put(dataset, "theirs", "a");
      include(dataset, Partition.none(), theirs);
      try (Draft draft = publishing.begin(dataset, APPEND, LoadId.of("ours"))) {
        add(draft, Partition.none(), "b");
        publishing.publish(draft);
      }
      outage.after(call, answer);
      Optional<LakeException> failure = removal(dataset);
      long calls = outage.calls();
      outage.mend();
      if (publishing.history(dataset).isEmpty()) {
        include(dataset, Partition.none(), theirs);
        assertThat(texts(dataset)).as("after call %s", call).containsExactly("a");
        clock.advance(Duration.ofDays(2));
        publishing.vacuum(dataset, Duration.ZERO);
        assertThat(texts(dataset)).as("after call %s", call).containsExactly("a");
      } else {
        assertThat(failure).as("after call %s", call).isPresent();
        assertThat(texts(dataset)).as("after call %s", call).containsExactly("a", "b");
      }
      return calls;
    }

    private Optional<LakeException> removal(Dataset dataset) {
      try {
        publishing.remove(dataset);
        return Optional.empty();
      } catch (LakeException e) {
        return Optional.of(e);
      }
    }
  }
}
