package io.lakesdk.publish;

import static io.lakesdk.publish.Expected.DATASET;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes publish, read, roll back and vacuum one dataset at once for a minute. The history
 * that they leave says what each version must hold; what they say that they did must be that
 * history, and what they saw its versions.
 */
@Tag("slow")
class FourProcessesTest {

  private static final int PROCESSES = 4;
  private static final String SECONDS = "60";

  @TempDir private Path folder;

  @Test
  void loseDoubleAndTearNothing() {
    Path root = folder.resolve("lake");
    List<String> printed = run(root);
    VirtualClock later = VirtualClock.at(Instant.now().plus(Duration.ofDays(2)));
    try (Lake lake = Lake.at(root, with -> with.clock(later))) {
      Publishing publishing = Publishing.of(lake);
      List<Version> history = publishing.history(DATASET);
      Expected expected = new Expected(history);

      assertThat(told(printed)).isEqualTo(recorded(history)).hasSizeGreaterThan(50);
      assertThat(printed.stream().filter(line -> line.startsWith("seen ")).count())
          .isGreaterThan(20);
      for (String line : printed) {
        if (line.startsWith("seen ")) {
          String[] words = line.split(" ", -1);
          assertThat(loads(words[2])).isEqualTo(expected.at(Long.parseLong(words[1])));
        }
      }
      Snapshot current = publishing.snapshot(DATASET);
      assertThat(Expected.read(lake, current)).isEqualTo(expected.at(history.size()));

      publishing.vacuum(DATASET, Duration.ZERO);
      assertThat(Expected.read(lake, current)).isEqualTo(expected.at(history.size()));
      try (var objects = lake.store(Zone.CURATED).versions("")) {
        assertThat(objects.count()).isEqualTo(current.totals().files());
      }
    }
  }

  private static List<String> run(Path root) {
    List<ChildJvm> children = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildJvm.start(Worker.class, root.toString(), "p" + i, SECONDS));
      }
      for (ChildJvm child : children) {
        child.awaitSuccess(Duration.ofMinutes(4));
        assertThat(child.lines()).last().isEqualTo("done");
        printed.addAll(child.lines());
      }
      return printed;
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  static Set<String> loads(String joined) {
    return joined.isEmpty() ? Set.of() : new TreeSet<>(List.of(joined.split(",", -1)));
  }

  /** Version to what made it, as the processes say; each was made by one of them. */
  static Map<Long, String> told(List<String> printed) {
    Map<Long, String> changes = new TreeMap<>();
    for (String line : printed) {
      String[] words = line.split(" ", -1);
      boolean published = words[0].equals("receipt") && words[3].equals("PUBLISHED");
      if (published || (words[0].equals("rollback") && words.length == 3)) {
        String change = published ? words[1] : "rollback to " + words[1];
        assertThat(changes.put(Long.parseLong(words[2]), change)).as(line).isNull();
      }
    }
    return changes;
  }

  static Map<Long, String> recorded(List<Version> history) {
    Map<Long, String> changes = new TreeMap<>();
    for (Version version : history) {
      changes.put(
          version.number(),
          version
              .load()
              .map(LoadId::text)
              .orElseGet(() -> "rollback to " + version.restored().orElseThrow()));
    }
    return changes;
  }
}
