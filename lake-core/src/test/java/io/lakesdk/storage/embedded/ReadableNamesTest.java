package io.lakesdk.storage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person finds who opens the folder of a lake. */
class ReadableNamesTest {

  @TempDir Path folder;
  private Path root;
  private Lake lake;
  private ObjectStore store;

  @BeforeEach
  void openLake() {
    root = folder.resolve("lake");
    lake = Lake.at(root);
    store = lake.store(Zone.RAW);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private ObjectInfo put(String key, String content) {
    return store.put(key, content.getBytes(UTF_8), PutOptions.defaults());
  }

  private String read(String key) throws IOException {
    try (ObjectContent content = store.get(key, ReadOptions.current())) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  private List<String> names() throws IOException {
    Path zone = root.resolve("raw");
    try (Stream<Path> all = Files.walk(zone)) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(path -> zone.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void currentObjectsAreUnderTheirKeys() throws IOException {
    put("sales/year=2024/part-0.parquet", "one");
    put("sales/year=2024/part-0.parquet", "two");
    assertThat(root.resolve("raw/sales/year=2024/part-0.parquet")).hasContent("two");
    assertThat(names()).hasSize(1);
  }

  @Test
  void deletedObjectsAndEmptyFoldersAreGone() {
    put("a/b/c", "one");
    store.delete("a/b/c");
    assertThat(root.resolve("raw")).doesNotExist();
    store.deleteVersion("a/b/c", store.versions("a/b/c").findFirst().orElseThrow().version());
    assertThat(root.resolve("raw/a/b/c")).hasContent("one");
  }

  @Test
  void anObjectThatIsInTheWayOfAFolderKeepsItsName() throws IOException {
    put("a", "object");
    put("a/b", "inside");
    assertThat(root.resolve("raw/a")).hasContent("object");
    assertThat(names()).hasSize(2).anyMatch(name -> name.matches("\\.lake/[0-9a-f]{32}-a_b"));
    store.delete("a");
    put("a/b", "inside again");
    assertThat(names()).containsExactly("a/b");
  }

  @Test
  void aFolderThatIsInTheWayOfAnObjectKeepsItsName() throws IOException {
    put("a/b", "inside");
    put("a", "object");
    assertThat(root.resolve("raw/a/b")).hasContent("inside");
    assertThat(names()).hasSize(2).anyMatch(name -> name.matches("\\.lake/[0-9a-f]{32}-a"));
    store.delete("a/b");
    put("a", "object again");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void keysThatAreNoPathsStayInTheirZone() throws IOException {
    List<String> keys =
        List.of(
            "../raw/x",
            "../../escape",
            "/etc/x",
            "a//b",
            "a/",
            "./x",
            ".lake/format",
            "n\0",
            "b\\c",
            "x".repeat(256),
            "y/".repeat(500) + "y");
    for (String key : keys) {
      put(key, "content of " + key.length());
    }
    for (String key : keys) {
      assertThat(read(key)).isEqualTo("content of " + key.length());
    }
    assertThat(root.resolve(".lake/format")).hasContent("lake-format 1\n");
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactly(root);
    }
    try (Stream<Path> zones = Files.list(root)) {
      assertThat(zones.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(".lake", "raw");
    }
    assertThat(names()).hasSize(keys.size());
  }

  @Test
  void aKeyThatLooksLikeAnEscapedNameHasItsOwn() throws IOException {
    put("..", "dots");
    String escaped = names().get(0);
    put(escaped, "looks alike");
    assertThat(names()).hasSize(2);
    assertThat(read("..")).isEqualTo("dots");
    assertThat(root.resolve("raw").resolve(escaped)).hasContent("dots");
  }

  @Test
  void aSymbolicLinkDoesNotLeadOut() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("victim"), "untouched");
    Files.createDirectories(root.resolve("raw"));
    Files.createSymbolicLink(root.resolve("raw/planted"), outside);
    Files.createSymbolicLink(root.resolve("raw/file"), outside.resolve("victim"));
    put("planted/victim", "content");
    put("planted/new", "content");
    put("file", "content");
    store.delete("planted/victim");
    assertThat(outside.resolve("victim")).hasContent("untouched");
    assertThat(outside.resolve("new")).doesNotExist();
    assertThat(read("planted/new")).isEqualTo("content");
    assertThat(root.resolve("raw/file")).hasContent("content");
  }

  @Test
  void aZoneThatIsASymbolicLinkIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("raw"), outside);
    put("a", "content");
    put("..", "content");
    assertThat(outside).isEmptyDirectory();
    assertThat(read("a")).isEqualTo("content");
  }

  @Test
  void theBytesCannotBeChangedByAccident() {
    put("a", "content");
    assertThat(root.resolve("raw/a").toFile().canExecute()).isFalse();
    assertThat(permissions(root.resolve("raw/a"))).isEqualTo("r--r--r--");
  }

  private static String permissions(Path file) {
    try {
      return java.nio.file.attribute.PosixFilePermissions.toString(
          Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
