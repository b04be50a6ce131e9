package io.lakesdk.storage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake in a folder: opening it again, sharing it, and finding it damaged. */
class FolderTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path root;

  private static ObjectInfo put(Lake lake, String key, String content) {
    return lake.store(Zone.RAW).put(key, content.getBytes(UTF_8), PutOptions.defaults());
  }

  private static String read(Lake lake, String key) {
    try (ObjectContent content = lake.store(Zone.RAW).get(key, ReadOptions.current())) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Set<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(path -> root.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void whatWasWrittenIsThereAfterwards() {
    try (Lake lake = Lake.at(root)) {
      put(lake, "a", "content");
    }
    try (Lake lake = Lake.at(root)) {
      assertThat(read(lake, "a")).isEqualTo("content");
    }
  }

  @Test
  void twoLakesOfOneProcessShareAFolder() {
    try (Lake two = Lake.at(root)) {
      try (Lake one = Lake.at(root)) {
        put(one, "a", "by one");
        assertThat(read(two, "a")).isEqualTo("by one");
        put(two, "a", "by two");
        assertThat(read(one, "a")).isEqualTo("by two");
      }
      put(two, "b", "still open");
      assertThat(root.resolve("raw/b")).hasContent("still open");
    }
  }

  @Test
  void manyThreadsOpenAndWriteAtOnce() throws Exception {
    int threads = 6;
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      String name = "thread-" + thread;
      work.add(
          () -> {
            try (Lake lake = Lake.at(root)) {
              for (int i = 0; i < 20; i++) {
                put(lake, name + "/" + i, name);
                put(lake, "shared", name + " " + i);
              }
            }
            return null;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }
    try (Lake lake = Lake.at(root)) {
      assertThat(lake.store(Zone.RAW).all("thread-")).hasSize(threads * 20);
      assertThat(lake.store(Zone.RAW).versions("shared")).hasSize(threads * 20);
      assertThat(root.resolve("raw/shared")).hasContent(read(lake, "shared"));
    }
  }

  /** Writes on request, so that the test knows when. */
  static final class Neighbour {
    public static void main(String[] arguments) throws Exception {
      try (Lake lake = Lake.at(Path.of(arguments[0]))) {
        System.out.println("found " + read(lake, "greeting"));
        put(lake, "answer", "from process " + ProcessHandle.current().pid());
        System.out.println("ready");
        Thread.currentThread().join();
      }
    }
  }

  @Test
  void twoProcessesShareAFolderAndOneMayDie() throws IOException {
    try (Lake lake = Lake.at(root)) {
      put(lake, "greeting", "hello");
      try (ChildJvm neighbour = ChildJvm.start(Neighbour.class, root.toString())) {
        assertThat(neighbour.awaitLine("found", SOON)).isEqualTo("found hello");
        neighbour.awaitLine("ready", SOON);
        assertThat(read(lake, "answer")).startsWith("from process ");
        assertThat(Owner.all(root.resolve(".lake/staging"))).hasSize(2);
        try (Lake third = Lake.at(root)) {
          assertThat(Owner.all(root.resolve(".lake/staging"))).hasSize(3);
          assertThat(third.store(Zone.RAW).exists("answer")).isTrue();
        }
        neighbour.kill();
      }
      try (Lake third = Lake.at(root)) {
        assertThat(Owner.all(root.resolve(".lake/staging"))).hasSize(2);
        put(third, "greeting", "hello again");
      }
      assertThat(read(lake, "greeting")).isEqualTo("hello again");
    }
  }

  @Test
  void missingMetadataIsSaidAndNothingIsTouched() throws IOException {
    try (Lake lake = Lake.at(root)) {
      put(lake, "a", "content");
    }
    Files.delete(root.resolve(".lake/metadata.db"));
    Set<String> before = everything();
    assertThatThrownBy(() -> Lake.at(root))
        .isInstanceOf(NotFoundException.class)
        .hasMessageStartingWith("Cannot open metadata " + root.toRealPath())
        .hasMessageEndingWith(
            "the file is gone while the lake's data is there; put it back from a backup, since"
                + " without it nobody knows which files are current");
    assertThat(everything()).isEqualTo(before);
    Files.delete(root.resolve(".lake/format"));
    assertThatThrownBy(() -> Lake.at(root)).isInstanceOf(NotFoundException.class);
    assertThat(everything()).hasSize(before.size() - 1);
  }

  @Test
  void aDamagedDatabaseIsSaid() throws IOException {
    Lake.at(root).close();
    Files.write(
        root.resolve(".lake/metadata.db"),
        "not a database, really not".repeat(100).getBytes(UTF_8));
    assertThatThrownBy(() -> Lake.at(root))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("the file is damaged or not a database; restore it from a backup");
  }

  @Test
  void aNewerFormatIsNotTouched() throws IOException {
    Lake.at(root).close();
    Files.writeString(root.resolve(".lake/format"), "lake-format 2\n");
    Set<String> before = everything();
    assertThatThrownBy(() -> Lake.at(root))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot open lake "
                + root.toRealPath()
                + ": it has format 2 and this SDK knows formats up to 1; open it with the newer SDK"
                + " that wrote it");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aDamagedFormatIsSaid() throws IOException {
    Lake.at(root).close();
    Files.writeString(root.resolve(".lake/format"), "");
    assertThatThrownBy(() -> Lake.at(root))
        .isInstanceOf(BadDataException.class)
        .hasMessageEndingWith("format is damaged; it should read: lake-format 1");
  }

  @Test
  void newerTablesAreNotTouched() throws IOException {
    try (EmbeddedStorage storage = Crashes.never().open(root, "1-1")) {
      storage
          .metadata()
          .write(tx -> tx.update("UPDATE lake_component SET version = 9 WHERE name = 'storage'"));
    }
    assertThatThrownBy(() -> Lake.at(root))
        .isInstanceOf(BadDataException.class)
        .hasMessageEndingWith(
            "its storage tables are of version 9 and this SDK knows versions up to 1; open the lake"
                + " with the newer SDK that wrote it");
    assertThat(Owner.all(root.resolve(".lake/staging"))).isEmpty();
  }

  @Test
  void aFileWhereTheFolderShouldBeIsSaid() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "mine");
    assertThatThrownBy(() -> Lake.at(file))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Cannot open lake " + file + ": there is a file where its folder should be");
    assertThat(file).hasContent("mine");
  }

  @Test
  void flippedBitsAreNoticed() throws IOException {
    try (Lake lake = Lake.at(root)) {
      put(lake, "a", "content");
      Path bytes = root.resolve("raw/a");
      Files.setPosixFilePermissions(bytes, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(bytes, "cOntent".getBytes(UTF_8), StandardOpenOption.WRITE);
      assertThatThrownBy(() -> read(lake, "a"))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot read object raw/a: its bytes are not those that were written; restore the"
                  + " lake from a backup or delete the object");
      Files.write(bytes, "cont".getBytes(UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(() -> read(lake, "a")).isInstanceOf(BadDataException.class);
    }
  }

  @Test
  void lostBytesAreSaid() throws IOException {
    try (Lake lake = Lake.at(root)) {
      put(lake, "a", "content");
      try (Stream<Path> all = Files.walk(root.resolve(".lake/objects"))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
      assertThatThrownBy(() -> read(lake, "a"))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot read object raw/a: its bytes are gone from "
                  + root.toRealPath()
                  + "; restore the lake from a backup");
    }
  }

  @Test
  void aClosedLakeLeavesNothingInTheMaking() throws IOException {
    ObjectStore store;
    try (Lake lake = Lake.at(root)) {
      store = lake.store(Zone.RAW);
      store.upload("unfinished", PutOptions.defaults()).write(new byte[1 << 20]);
    }
    assertThat(root.resolve(".lake/staging")).isEmptyDirectory();
    assertThatThrownBy(() -> store.put("a", new byte[1], PutOptions.defaults()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageEndingWith("the lake was closed");
  }
}
