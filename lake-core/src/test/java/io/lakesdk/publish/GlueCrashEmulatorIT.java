package io.lakesdk.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.schema.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A process ends before any of its calls, or after its last one. What readers find then is the old
 * version or the new one, and who comes next finds or makes the new one, through the SDK and
 * through Glue. What a process leaves that ends after a call is what it leaves when it ends before
 * the next.
 */
@ExtendWith(TestAws.Fresh.class)
@Tag("slow")
class GlueCrashEmulatorIT {

  private AwsSettings settings;
  private GlueReader reader;
  private int datasets;

  /** The end of a process. */
  private static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Lets a process end before its n-th call, none of which it makes any more. */
  private static final class Fuse {
    private final AtomicInteger left;

    private Fuse(int call) {
      this.left = new AtomicInteger(call);
    }

    private Faults faults() {
      Faults faults = Faults.none();
      for (Call call : Call.values()) {
        faults = faults.andOn(call).before(subject -> before());
      }
      return faults;
    }

    private void before() {
      if (left.decrementAndGet() <= 0) {
        left.set(0);
        throw new CrashException();
      }
    }
  }

  @BeforeEach
  void makeBuckets() {
    settings = TestAws.settings().build();
    TestAws.createBuckets(settings);
    reader = new GlueReader(settings);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  private Dataset table(boolean partitioned) {
    var builder =
        Dataset.named("crash.t" + datasets++)
            .in(Zone.CURATED)
            .format(Format.CSV)
            .column("line", DataType.STRING);
    return (partitioned ? builder.partitionedBy("part", DataType.INT) : builder).build();
  }

  private static Partition partition(Dataset dataset, int part) {
    return dataset.isPartitioned() ? Partition.parse("part=" + part) : Partition.none();
  }

  /** Publishes texts as files of one load; in the order of partitions, if there are some. */
  private static Outcome publish(Lake lake, Dataset dataset, Write write, String... texts) {
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(dataset, write, LoadId.of(write + "-" + texts[0]))) {
      for (int i = 0; i < texts.length; i++) {
        PublishingFixture.add(draft, partition(dataset, i), texts[i]);
      }
      return publishing.publish(draft).outcome();
    }
  }

  private static Map<String, List<String>> read(Lake lake, Dataset dataset) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (DataFile file : Publishing.of(lake).snapshot(dataset).files(PartitionFilter.any())) {
      texts
          .computeIfAbsent(file.partition().path().replace("part=", ""), path -> new ArrayList<>())
          .add(PublishingFixture.text(lake, file));
    }
    texts.values().forEach(list -> list.sort(null));
    return texts;
  }

  private void assertOldOrNewAtEveryCall(
      Kind kind, BiConsumer<Lake, Dataset> prepare, BiConsumer<Lake, Dataset> work) {
    int call = 1;
    while (crash(kind, prepare, work, call)) {
      call++;
    }
    // The last run made every call; its end is the one after the last call.
    assertThat(call).isGreaterThan(10);
  }

  private enum Kind {
    TABLE,
    PARTITIONS
  }

  private boolean crash(
      Kind kind, BiConsumer<Lake, Dataset> prepare, BiConsumer<Lake, Dataset> work, int call) {
    Dataset dataset = table(kind == Kind.PARTITIONS);
    reader.createTable(dataset, GluePublishing.initialFolder(dataset));
    Map<String, List<String>> before;
    try (Lake healthy = Lake.onAws(settings)) {
      prepare.accept(healthy, dataset);
      before = read(healthy, dataset);
    }
    assertThat(withoutEmpty(reader.read(dataset))).isEqualTo(before);
    boolean crashed = false;
    try (Lake lake = Lake.onAws(settings, with -> with.faults(new Fuse(call).faults()))) {
      work.accept(lake, dataset);
    } catch (CrashException e) {
      crashed = true;
    }
    Map<String, List<String>> found = withoutEmpty(reader.read(dataset));
    try (Lake next = Lake.onAws(settings)) {
      Map<String, List<String>> seen = read(next, dataset);
      work.accept(next, dataset);
      Map<String, List<String>> done = read(next, dataset);
      String when = "before call " + call;
      assertThat(seen).as("seen when it ended " + when).isIn(before, done);
      for (String part : Stream.concat(before.keySet().stream(), done.keySet().stream()).toList()) {
        assertThat(found.getOrDefault(part, List.of()))
            .as("found in " + part + " when it ended " + when)
            .isIn(before.getOrDefault(part, List.of()), done.getOrDefault(part, List.of()));
      }
      if (!found.equals(before)) {
        assertThat(seen).as("published when it ended " + when).isEqualTo(done);
      }
      assertThat(withoutEmpty(reader.read(dataset))).as("ended " + when).isEqualTo(done);
    }
    return crashed;
  }

  private static Map<String, List<String>> withoutEmpty(Map<String, List<String>> read) {
    Map<String, List<String>> texts = new LinkedHashMap<>(read);
    texts.values().removeIf(List::isEmpty);
    return texts;
  }

  @Test
  void ofAnOverwrite() {
    assertOldOrNewAtEveryCall(
        Kind.TABLE,
        (lake, dataset) -> publish(lake, dataset, Write.APPEND, "a", "b"),
        (lake, dataset) -> publish(lake, dataset, Write.OVERWRITE, "c", "d"));
  }

  @Test
  void ofAnAppendOfSeveralFiles() {
    assertOldOrNewAtEveryCall(
        Kind.TABLE,
        (lake, dataset) -> publish(lake, dataset, Write.APPEND, "a", "b"),
        (lake, dataset) -> publish(lake, dataset, Write.APPEND, "c", "d"));
  }

  @Test
  void ofAnAppendToPartitions() {
    assertOldOrNewAtEveryCall(
        Kind.PARTITIONS,
        (lake, dataset) -> {
          publish(lake, dataset, Write.APPEND, "a", "b");
          publish(lake, dataset, Write.APPEND, "a2");
        },
        (lake, dataset) -> publish(lake, dataset, Write.APPEND, "c", "d", "e"));
  }

  @Test
  void ofAnOverwriteThatEmptiesPartitions() {
    assertOldOrNewAtEveryCall(
        Kind.PARTITIONS,
        (lake, dataset) -> publish(lake, dataset, Write.APPEND, "a", "b", "c"),
        (lake, dataset) -> publish(lake, dataset, Write.OVERWRITE, "d"));
  }

  @Test
  void ofARollback() {
    assertOldOrNewAtEveryCall(
        Kind.PARTITIONS,
        (lake, dataset) -> {
          publish(lake, dataset, Write.APPEND, "a", "b");
          publish(lake, dataset, Write.APPEND, "c");
          publish(lake, dataset, Write.OVERWRITE, "d", "e", "f");
        },
        (lake, dataset) -> Publishing.of(lake).rollback(dataset, 2));
  }
}
