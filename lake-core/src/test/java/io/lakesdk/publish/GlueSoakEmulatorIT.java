package io.lakesdk.publish;

import static io.lakesdk.publish.Expected.DATASET;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.publish.aws.GluePublishing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two lakes publish, read, roll back and vacuum one dataset at once for a while, as two processes
 * would. What they say that they did must be the history, and what they saw its versions.
 */
@Tag("slow")
@ExtendWith(TestAws.Fresh.class)
class GlueSoakEmulatorIT {

  private static final int SECONDS = 20;

  @Test
  void loseDoubleAndTearNothing() throws Exception {
    AwsSettings settings = TestAws.settings().build();
    TestAws.createBuckets(settings);
    List<String> printed = new CopyOnWriteArrayList<>();
    try (GlueReader reader = new GlueReader(settings);
        Lake one = Lake.onAws(settings);
        Lake two = Lake.onAws(settings)) {
      reader.createTable(DATASET, GluePublishing.initialFolder(DATASET));
      work(List.of(one, two), printed);
      check(one, printed);
      GluePublishing publishing = (GluePublishing) Publishing.of(one);
      publishing.show(DATASET);
      assertThat(reader.texts(DATASET)).isEqualTo(texts(one, publishing.snapshot(DATASET)));
    }
  }

  private static void work(List<Lake> lakes, List<String> printed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(lakes.size());
    try {
      Instant end = Instant.now().plusSeconds(SECONDS);
      List<Callable<Lake>> workers = new ArrayList<>();
      for (Lake lake : lakes) {
        Worker worker = new Worker(lake, "p" + workers.size(), printed::add);
        workers.add(
            () -> {
              worker.workUntil(end);
              return lake;
            });
      }
      for (Future<Lake> worker : threads.invokeAll(workers)) {
        worker.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void check(Lake lake, List<String> printed) {
    List<Version> history = Publishing.of(lake).history(DATASET);
    Expected expected = new Expected(history);
    assertThat(FourProcessesTest.told(printed)).isEqualTo(FourProcessesTest.recorded(history));
    assertThat(history).hasSizeGreaterThan(5);
    for (String line : printed) {
      if (line.startsWith("seen ")) {
        String[] words = line.split(" ", -1);
        assertThat(FourProcessesTest.loads(words[2]))
            .isEqualTo(expected.at(Long.parseLong(words[1])));
      }
    }
    Snapshot current = Publishing.of(lake).snapshot(DATASET);
    assertThat(Expected.read(lake, current)).isEqualTo(expected.at(history.size()));
  }

  private static List<String> texts(Lake lake, Snapshot snapshot) {
    return snapshot.files(PartitionFilter.any()).stream()
        .map(file -> PublishingFixture.text(lake, file))
        .sorted()
        .toList();
  }
}
