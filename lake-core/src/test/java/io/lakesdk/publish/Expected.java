package io.lakesdk.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the versions of {@link #DATASET} must hold, computed from its history alone. Each load
 * writes {@link #FILES} files into one partition, which its name starts with; each file says of
 * which load it is, and which of its files.
 */
final class Expected {

  static final int FILES = 3;

  static final Dataset DATASET =
      Dataset.named("crash.loads")
          .in(Zone.CURATED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .partitionedBy("part", DataType.INT)
          .build();

  private final Map<Long, Set<String>> loads = new HashMap<>();

  Expected(List<Version> newestFirst) {
    loads.put(0L, Set.of());
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      Version version = newestFirst.get(i);
      assertThat(version.number()).as("numbers without gaps").isEqualTo(newestFirst.size() - i);
      Set<String> content = new TreeSet<>(at(version.number() - 1));
      switch (version.change()) {
        case APPEND -> {}
        case OVERWRITE -> content.clear();
        case OVERWRITE_PARTITIONS -> {
          String part = part(version.load().orElseThrow().text());
          content.removeIf(load -> part(load).equals(part));
        }
        case ROLLBACK -> content = new TreeSet<>(at(version.restored().orElseThrow()));
      }
      version.load().map(LoadId::text).ifPresent(content::add);
      loads.put(version.number(), content);
    }
  }

  /** The loads of a version. */
  Set<String> at(long version) {
    return loads.get(version);
  }

  static String part(String load) {
    return load.substring(0, load.indexOf('-'));
  }

  static Partition partition(String load) {
    return Partition.parse("part=" + part(load));
  }

  static String text(String load, int file) {
    return load + " " + file + "\n";
  }

  /**
   * Reads all files of a snapshot, and makes sure that each is what was written, that loads are
   * there whole or not at all, and that nothing is there twice.
   *
   * @return the loads
   */
  static Set<String> read(Lake lake, Snapshot snapshot) {
    Map<String, List<String>> files = new TreeMap<>();
    List<DataFile> all = snapshot.files(PartitionFilter.any());
    for (DataFile file : all) {
      String text = text(lake, file);
      assertThat(Hashing.sha256().hashString(text, UTF_8)).hasToString(file.sha256().orElseThrow());
      assertThat(text.length()).isEqualTo((int) file.bytes());
      String load = text.substring(0, text.indexOf(' '));
      assertThat(file.partition()).isEqualTo(partition(load));
      files.computeIfAbsent(load, l -> new ArrayList<>()).add(text);
    }
    List<String> numbers = new ArrayList<>();
    files.forEach(
        (load, texts) -> {
          numbers.clear();
          for (int i = 0; i < FILES; i++) {
            numbers.add(text(load, i));
          }
          assertThat(texts).as("files of " + load).containsExactlyInAnyOrderElementsOf(numbers);
        });
    assertThat(snapshot.totals().files()).as("files in the totals").isEqualTo(all.size());
    assertThat(snapshot.totals().bytes()).isEqualTo(all.stream().mapToLong(DataFile::bytes).sum());
    assertThat(snapshot.totals().partitions())
        .isEqualTo(all.stream().map(DataFile::partition).distinct().count());
    return files.keySet();
  }

  private static String text(Lake lake, DataFile file) {
    ReadOptions version = ReadOptions.current().version(file.object().version());
    try (ObjectContent content =
        lake.store(file.object().zone()).get(file.object().key(), version)) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
