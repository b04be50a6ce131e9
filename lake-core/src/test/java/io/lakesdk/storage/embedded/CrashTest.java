package io.lakesdk.storage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Zone;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash before any of the changes that an operation makes leaves what was or what is to be. */
@Tag("slow")
class CrashTest {

  private static final String OLD = "old content";
  private static final String NEW = "the new content";

  @TempDir Path folder;

  private static ObjectStore store(EmbeddedStorage storage) {
    return storage.store(Zone.RAW);
  }

  private static ObjectInfo put(EmbeddedStorage storage, String key, String content) {
    return store(storage).put(key, content.getBytes(UTF_8), PutOptions.defaults());
  }

  /** What a reader finds, or "absent". */
  private static String shown(EmbeddedStorage storage, String key) throws IOException {
    if (!store(storage).exists(key)) {
      return "absent";
    }
    try (ObjectContent content = store(storage).get(key, ReadOptions.current())) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  /** Runs the operation with a crash before each of its steps, until it gets through. */
  private void everyCrashLeaves(Crashes.Doing first, Crashes.Doing operation, String... allowed)
      throws Exception {
    int step = 0;
    boolean crashed = true;
    while (crashed) {
      Path root = folder.resolve("lake-" + step);
      Crashes crashes = Crashes.before(step);
      crashes.run(root, first, operation);
      crashed = crashes.happened();
      try (EmbeddedStorage after = Crashes.never().open(root, "2-2")) {
        String shown = shown(after, "a/key");
        assertThat(shown).as("after a crash before step %d", step).isIn((Object[]) allowed);
        if (!crashed) {
          assertThat(shown).isEqualTo(allowed[allowed.length - 1]);
        }
        requireNothingLeftOver(root, after, shown);
      }
      step++;
    }
    assertThat(step).isGreaterThan(3);
  }

  private static void requireNothingLeftOver(Path root, EmbeddedStorage storage, String shown)
      throws IOException {
    List<String> blobs =
        storage
            .metadata()
            .read(
                tx ->
                    tx.list(
                        "SELECT DISTINCT blob FROM storage_version WHERE blob IS NOT NULL",
                        row -> row.text("blob")));
    assertThat(files(root.resolve(".lake/objects"))).containsExactlyInAnyOrderElementsOf(blobs);
    assertThat(Owner.all(root.resolve(".lake/staging"))).hasSize(1);
    Path readable = root.resolve("raw/a/key");
    if (shown.equals("absent")) {
      assertThat(readable).doesNotExist();
    } else {
      assertThat(readable).hasContent(shown);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void ofAFirstPut() throws Exception {
    everyCrashLeaves(s -> {}, s -> put(s, "a/key", NEW), "absent", NEW);
  }

  @Test
  void ofAnOverwrite() throws Exception {
    everyCrashLeaves(s -> put(s, "a/key", OLD), s -> put(s, "a/key", NEW), OLD, NEW);
  }

  @Test
  void ofAnUpload() throws Exception {
    everyCrashLeaves(
        s -> put(s, "a/key", OLD),
        s -> {
          try (ObjectUpload upload = store(s).upload("a/key", PutOptions.defaults())) {
            upload.write(NEW.getBytes(UTF_8));
            upload.complete();
          }
        },
        OLD,
        NEW);
  }

  @Test
  void ofADeletion() throws Exception {
    everyCrashLeaves(s -> put(s, "a/key", OLD), s -> store(s).delete("a/key"), OLD, "absent");
  }

  @Test
  void ofTheRemovalOfTheOnlyVersion() throws Exception {
    everyCrashLeaves(
        s -> put(s, "a/key", OLD),
        s -> {
          ObjectInfo only = store(s).head("a/key", ReadOptions.current());
          store(s).deleteVersion("a/key", only.version());
        },
        OLD,
        "absent");
  }

  @Test
  void ofTheRemovalOfTheLatestVersion() throws Exception {
    everyCrashLeaves(
        s -> {
          put(s, "a/key", OLD);
          put(s, "a/key", NEW);
        },
        s -> {
          ObjectInfo latest = store(s).head("a/key", ReadOptions.current());
          store(s).deleteVersion("a/key", latest.version());
        },
        NEW,
        OLD);
  }

  @Test
  void ofAnAdoption() throws Exception {
    everyCrashLeaves(
        s -> put(s, "a/key", OLD),
        s -> {
          try (LocalFiles.Staging staging = s.files().stage()) {
            Path file = staging.file("txt");
            Files.writeString(file, NEW);
            staging.adopt(file, Zone.RAW, "a/key", PutOptions.defaults());
          }
        },
        OLD,
        NEW);
  }

  @Test
  void ofACopy() throws Exception {
    everyCrashLeaves(
        s -> {
          put(s, "a/key", OLD);
          put(s, "source", NEW);
        },
        s -> store(s).copy("source", ReadOptions.current(), "a/key", PutOptions.defaults()),
        OLD,
        NEW);
  }

  @Test
  void ofTheMakingOfALake() throws Exception {
    boolean crashed = true;
    for (int step = 0; crashed; step++) {
      Path root = folder.resolve("lake-" + step);
      Crashes crashes = Crashes.before(step);
      crashes.runOpening(root);
      crashed = crashes.happened();
      try (EmbeddedStorage after = Crashes.never().open(root, "2-2")) {
        put(after, "a/key", NEW);
        requireNothingLeftOver(root, after, NEW);
      }
    }
  }

  @Test
  void ofACrashWhileRepairing() throws Exception {
    boolean crashed = true;
    for (int step = 0; crashed; step++) {
      Path root = folder.resolve("lake-" + step);
      Crashes.before(9).run(root, s -> put(s, "a/key", OLD), s -> put(s, "a/key", NEW));
      Crashes again = Crashes.before(step);
      again.runOpening(root);
      crashed = again.happened();
      try (EmbeddedStorage after = Crashes.never().open(root, "3-3")) {
        String shown = shown(after, "a/key");
        assertThat(shown).isIn(OLD, NEW);
        requireNothingLeftOver(root, after, shown);
      }
    }
  }
}
