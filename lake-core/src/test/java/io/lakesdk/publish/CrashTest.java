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
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that publishes is killed, and the lake holds exactly whole loads. */
@Tag("slow")
class CrashTest {

  private static final int CRASHES = 50;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void leavesWholeLoadsAndNothingElse() {
    Path root = folder.resolve("lake");
    Random random = new Random(11);
    for (int crash = 0; crash < CRASHES; crash++) {
      List<String> printed = crashAtSomeMoment(root, "w" + crash, random.nextInt(25));
      try (Lake lake = Lake.at(root)) {
        Publishing publishing = Publishing.of(lake);
        List<Version> history = publishing.history(DATASET);
        Snapshot current = publishing.snapshot(DATASET);
        assertThat(current.version()).isEqualTo(history.size());
        assertThat(Expected.read(lake, current))
            .isEqualTo(new Expected(history).at(current.version()));
        assertReceiptsKept(printed, history);
      }
    }
    assertFilesOfLostLoadsGoAway(root);
  }

  private static List<String> crashAtSomeMoment(Path root, String name, int steps) {
    try (ChildJvm child = ChildJvm.start(Worker.class, root.toString(), name, "120")) {
      child.awaitLine("receipt", SOON);
      for (int i = 0; i < steps; i++) {
        child.awaitLine("", SOON);
      }
      child.kill();
      return child.lines();
    }
  }

  private static void assertReceiptsKept(List<String> printed, List<Version> history) {
    for (String line : printed) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("receipt")) {
        Version version = history.get(history.size() - Integer.parseInt(words[2]));
        assertThat(version.load()).contains(LoadId.of(words[1]));
      }
    }
  }

  private static void assertFilesOfLostLoadsGoAway(Path root) {
    VirtualClock later = VirtualClock.at(Instant.now().plus(Duration.ofDays(2)));
    try (Lake lake = Lake.at(root, with -> with.clock(later))) {
      Publishing publishing = Publishing.of(lake);
      Set<String> before = Expected.read(lake, publishing.snapshot(DATASET));
      publishing.vacuum(DATASET, Duration.ZERO);
      Snapshot current = publishing.snapshot(DATASET);
      assertThat(Expected.read(lake, current)).isEqualTo(before);
      try (var objects = lake.store(Zone.CURATED).versions("")) {
        assertThat(objects.count()).isEqualTo(current.totals().files());
      }
    }
  }
}
