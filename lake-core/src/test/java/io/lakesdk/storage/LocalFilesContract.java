package io.lakesdk.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link LocalFiles} promises. */
public abstract class LocalFilesContract {

  private static final int LARGE = 3 << 20;

  @TempDir Path elsewhere;
  private Lake lake;
  private ObjectStore store;
  private LocalFiles files;

  /** A new lake with nothing in it. */
  protected abstract Lake open();

  /** Whether a staging has folders. */
  protected abstract boolean hasFolders();

  /** A key that would be no good name for a file. */
  protected String oddKey() {
    return "../odd key";
  }

  /** How far apart the times may be that a write and a later look tell, as of S3's own clock. */
  protected Duration tolerance() {
    return Duration.ZERO;
  }

  @BeforeEach
  void openLake() {
    lake = open();
    store = lake.store(Zone.RAW);
    files = lake.backend().files();
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private ObjectRef put(String key, byte[] content) {
    ObjectInfo info = store.put(key, content, PutOptions.defaults());
    return new ObjectRef(Zone.RAW, key, info.version());
  }

  private boolean isInFolders(Path path) {
    return files.folders().stream().anyMatch(path::startsWith);
  }

  private byte[] read(String key) throws IOException {
    try (ObjectContent content = store.get(key, ReadOptions.current())) {
      return content.readAllBytes();
    }
  }

  @Nested
  class Leases {
    @ParameterizedTest
    @ValueSource(ints = {0, 10, LARGE})
    void anObjectIsAFile(int size) throws IOException {
      byte[] content = "0123456789".repeat(1 + size / 10).substring(0, size).getBytes(UTF_8);
      ObjectRef ref = put(oddKey(), content);
      try (LocalFiles.Lease lease = files.lease(List.of(ref))) {
        assertThat(Files.readAllBytes(lease.path(ref))).isEqualTo(content);
        assertThat(isInFolders(lease.path(ref))).isTrue();
      }
    }

    @Test
    void manyAreLeasedAtOnce() throws IOException {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        refs.add(put("many/" + i, ("content " + i).getBytes(UTF_8)));
      }
      try (LocalFiles.Lease second = files.lease(refs)) {
        try (LocalFiles.Lease first = files.lease(refs)) {
          for (int i = 0; i < 200; i++) {
            assertThat(first.path(refs.get(i))).hasContent("content " + i);
          }
        }
        assertThat(second.path(refs.get(199))).hasContent("content 199");
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, LARGE})
    void aLeasedFileOutlivesItsObject(int size) throws IOException {
      ObjectRef ref = put("a", new byte[size]);
      try (LocalFiles.Lease lease = files.lease(List.of(ref))) {
        store.deleteVersion("a", ref.version());
        assertThat(store.exists("a")).isFalse();
        assertThat(Files.readAllBytes(lease.path(ref))).hasSize(size);
      }
    }

    @Test
    void anEarlierVersionCanBeLeased() {
      ObjectRef first = put("a", "one".getBytes(UTF_8));
      put("a", "two".getBytes(UTF_8));
      store.delete("a");
      try (LocalFiles.Lease lease = files.lease(List.of(first))) {
        assertThat(lease.path(first)).hasContent("one");
      }
    }

    @Test
    void whatIsGoneIsNotFound() {
      ObjectRef there = put("a", new byte[1]);
      ObjectRef gone = put("b", new byte[1]);
      store.deleteVersion("b", gone.version());
      assertThatThrownBy(() -> files.lease(List.of(there, gone)))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Cannot read object raw/b: it has no such version");
    }

    @Test
    void nothingMayBeLeased() {
      files.lease(List.of()).close();
    }
  }

  @Nested
  class Stagings {
    @ParameterizedTest
    @ValueSource(ints = {0, 10, LARGE})
    void aStagedFileBecomesAnObject(int size) throws IOException {
      byte[] content = new byte[size];
      try (LocalFiles.Staging staging = files.stage()) {
        Path file = staging.file("parquet");
        assertThat(file).exists();
        assertThat(isInFolders(file)).isTrue();
        Files.write(file, content);
        ObjectInfo info =
            staging.adopt(file, Zone.RAW, "a.parquet", PutOptions.defaults().contentType("x/y"));
        ObjectInfo head = store.head("a.parquet", ReadOptions.current());
        assertThat(info).usingRecursiveComparison().ignoringFields("modified").isEqualTo(head);
        assertThat(Duration.between(info.modified(), head.modified()).abs())
            .isLessThanOrEqualTo(tolerance());
        assertThat(info.contentType()).isEqualTo("x/y");
      }
      ObjectInfo same = store.put("same", content, PutOptions.defaults());
      ObjectInfo adopted = store.head("a.parquet", ReadOptions.current());
      assertThat(read("a.parquet")).isEqualTo(content);
      assertThat(adopted.etag()).isEqualTo(same.etag());
      assertThat(adopted.sha256()).isEqualTo(same.sha256());
    }

    @Test
    void anAdoptedFileCanBeLeasedAtOnce() throws IOException {
      try (LocalFiles.Staging staging = files.stage()) {
        Path file = staging.file("csv");
        Files.writeString(file, "content");
        ObjectInfo info = staging.adopt(file, Zone.RAW, "a", PutOptions.defaults());
        ObjectRef ref = new ObjectRef(Zone.RAW, "a", info.version());
        try (LocalFiles.Lease lease = files.lease(List.of(ref))) {
          assertThat(lease.path(ref)).hasContent("content");
        }
      }
    }

    private List<LocalFiles.Staging.Adoption> many(LocalFiles.Staging staging, PutOptions options)
        throws IOException {
      List<LocalFiles.Staging.Adoption> many = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Path file = staging.file("csv");
        Files.writeString(file, "content " + i);
        many.add(new LocalFiles.Staging.Adoption(file, "many/" + i, options));
      }
      return many;
    }

    @Test
    void severalBecomeObjectsInTheirOrder() throws IOException {
      List<ObjectInfo> adopted;
      try (LocalFiles.Staging staging = files.stage()) {
        assertThat(staging.adopt(Zone.RAW, List.of())).isEmpty();
        adopted = staging.adopt(Zone.RAW, many(staging, PutOptions.defaults()));
      }
      assertThat(adopted).hasSize(20);
      for (int i = 0; i < 20; i++) {
        ObjectInfo there = store.head("many/" + i, ReadOptions.current());
        assertThat(adopted.get(i).key()).isEqualTo("many/" + i);
        assertThat(adopted.get(i).version()).isEqualTo(there.version());
        assertThat(adopted.get(i).sha256()).isEqualTo(there.sha256());
        assertThat(read("many/" + i)).isEqualTo(("content " + i).getBytes(UTF_8));
      }
    }

    @Test
    void allBecomeObjectsOrNone() throws IOException {
      put("many/7", "old".getBytes(UTF_8));
      try (LocalFiles.Staging staging = files.stage()) {
        List<LocalFiles.Staging.Adoption> many = many(staging, PutOptions.defaults().ifAbsent());
        assertThatThrownBy(() -> staging.adopt(Zone.RAW, many))
            .isInstanceOf(AlreadyExistsException.class)
            .hasMessageContaining("many/7");
      }
      try (LocalFiles.Staging staging = files.stage()) {
        List<LocalFiles.Staging.Adoption> many = many(staging, PutOptions.defaults());
        many.set(
            12,
            new LocalFiles.Staging.Adoption(
                many.get(12).file(), "many/12", PutOptions.defaults().crc32c(1)));
        assertThatThrownBy(() -> staging.adopt(Zone.RAW, many))
            .isInstanceOf(BadDataException.class)
            .hasMessageContaining("many/12");
      }
      assertThat(store.all("many/").map(ListedObject::key)).containsExactly("many/7");
      assertThat(read("many/7")).isEqualTo("old".getBytes(UTF_8));
    }

    @Test
    void foldersAreWhereTheyCanBe() throws IOException {
      try (LocalFiles.Staging staging = files.stage()) {
        assertThat(staging.folder().isPresent()).isEqualTo(hasFolders());
        if (hasFolders()) {
          Path folder = staging.folder().orElseThrow();
          Path file = Files.createDirectories(folder.resolve("year=2024")).resolve("data_0.csv");
          Files.writeString(file, "content");
          staging.adopt(file, Zone.RAW, "year=2024/a.csv", PutOptions.defaults());
        }
      }
      assertThat(store.exists("year=2024/a.csv")).isEqualTo(hasFolders());
    }

    @Test
    void conditionsHold() throws IOException {
      put("a", "old".getBytes(UTF_8));
      try (LocalFiles.Staging staging = files.stage()) {
        Path file = staging.file("csv");
        Files.writeString(file, "new");
        assertThatThrownBy(
                () -> staging.adopt(file, Zone.RAW, "a", PutOptions.defaults().ifAbsent()))
            .isInstanceOf(AlreadyExistsException.class);
        Path other = staging.file("csv");
        assertThatThrownBy(
                () -> staging.adopt(other, Zone.RAW, "b", PutOptions.defaults().crc32c(1)))
            .isInstanceOf(BadDataException.class);
      }
      assertThat(read("a")).isEqualTo("old".getBytes(UTF_8));
      assertThat(store.exists("b")).isFalse();
    }

    @Test
    void otherFilesAreRefused() throws IOException {
      Path mine = Files.writeString(elsewhere.resolve("mine.csv"), "mine");
      ObjectRef other = put("other", new byte[10]);
      try (LocalFiles.Staging staging = files.stage();
          LocalFiles.Staging neighbour = files.stage();
          LocalFiles.Lease lease = files.lease(List.of(other))) {
        Path staged = staging.file("csv");
        for (Path file :
            List.of(mine, neighbour.file("csv"), lease.path(other), staged.resolve("../x"))) {
          assertThatThrownBy(() -> staging.adopt(file, Zone.RAW, "a", PutOptions.defaults()))
              .isInstanceOf(InvalidDefinitionException.class)
              .hasMessage(
                  "Cannot write object raw/a: "
                      + file
                      + " is no file of this staging; write to a path that it gave and adopt it"
                      + " once");
        }
        staging.adopt(staged, Zone.RAW, "once", PutOptions.defaults());
        assertThatThrownBy(() -> staging.adopt(staged, Zone.RAW, "twice", PutOptions.defaults()))
            .isInstanceOf(InvalidDefinitionException.class);
      }
      assertThat(mine).hasContent("mine");
      assertThat(read("other")).hasSize(10);
      assertThat(store.all("").map(ListedObject::key)).containsExactly("once", "other");
    }
  }
}
