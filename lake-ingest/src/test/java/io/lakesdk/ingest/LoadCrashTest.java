package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that loads is killed, again and again. */
@Tag("slow")
class LoadCrashTest {

  private static final int KILLS = 50;
  private static final int DROPS = 300;
  private static final long SEED = 7;
  private static final int LONGEST = 900;

  @TempDir private Path temp;

  @Test
  void aKilledLoadIsThereWholeOrNotAtAllAndLandsOnceWhenRepeated() throws Exception {
    Path drops = drops();
    Path folder = temp.resolve("lake");
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildJvm child = start(folder, drops)) {
        child.awaitLine("opened", Duration.ofMinutes(1));
        new CountDownLatch(1).await(random.nextInt(LONGEST), TimeUnit.MILLISECONDS);
      }
      try (Lake lake = Lake.at(folder)) {
        assertWholeLoads(lake);
      }
    }
    try (ChildJvm child = start(folder, drops)) {
      child.awaitLine("done", Duration.ofMinutes(2));
    }
    try (Lake lake = Lake.at(folder)) {
      assertWholeLoads(lake);
      assertThat(contents(lake)).hasSize(DROPS * CrashingLoads.FILES).doesNotHaveDuplicates();
      assertThat(rows(lake)).isEqualTo((long) DROPS * CrashingLoads.RECORDS);
    }
  }

  private ChildJvm start(Path folder, Path drops) {
    return ChildJvm.start(
        CrashingLoads.class, folder.toString(), drops.toString(), String.valueOf(DROPS));
  }

  private Path drops() throws IOException {
    Path drops = temp.resolve("drops");
    for (int drop = 0; drop < DROPS; drop++) {
      Path folder = Files.createDirectories(drops.resolve("drop" + drop));
      for (int file = 0; file < CrashingLoads.FILES; file++) {
        Files.writeString(folder.resolve(file + ".csv"), drop + " of " + file);
      }
    }
    return drops;
  }

  private static void assertWholeLoads(Lake lake) throws IOException {
    Map<String, Long> filesOfDrops =
        contents(lake).stream()
            .collect(Collectors.groupingBy(text -> text.split(" ", 2)[0], Collectors.counting()));
    assertThat(filesOfDrops.values()).allMatch(files -> files == CrashingLoads.FILES);
    assertThat(rows(lake) % CrashingLoads.RECORDS).isZero();
  }

  private static List<String> contents(Lake lake) throws IOException {
    List<DataFile> files = files(lake, CrashingLoads.DROPS);
    List<String> contents = new ArrayList<>();
    for (DataFile file : files) {
      try (var in =
          lake.store(file.object().zone())
              .get(file.object().key(), ReadOptions.current().version(file.object().version()))) {
        contents.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }

  private static long rows(Lake lake) {
    return files(lake, CrashingLoads.ROWS).stream()
        .mapToLong(file -> file.rows().orElseThrow())
        .sum();
  }

  private static List<DataFile> files(Lake lake, Dataset dataset) {
    return Publishing.of(lake).snapshot(dataset).files(PartitionFilter.any());
  }
}
