package io.lakesdk.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectStore} promises about objects; {@link ListingContract} adds listings. */
public abstract class ObjectStoreContract {

  protected final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
  protected Lake lake;
  protected ObjectStore store;

  /** A new lake with nothing in it. */
  protected abstract Lake open(Consumer<LakeOptions> with);

  /** How far apart the times may be that a write and a later look tell, as of S3's own clock. */
  protected Duration tolerance() {
    return Duration.ZERO;
  }

  /** What the clock of the store says now. */
  protected Instant now() {
    return clock.instant();
  }

  /** Whether the store can have such a key. */
  protected boolean takes(String key) {
    return true;
  }

  /** How many bytes a key has at most. */
  protected int longestKey() {
    return 1024;
  }

  private void requireSame(ObjectInfo one, ObjectInfo other) {
    assertThat(one).usingRecursiveComparison().ignoringFields("modified").isEqualTo(other);
    requireClose(one.modified(), other.modified());
  }

  private void requireClose(Instant one, Instant other) {
    assertThat(Duration.between(one, other).abs()).isLessThanOrEqualTo(tolerance());
  }

  @BeforeEach
  void openLake() {
    lake = open(with -> with.clock(clock));
    store = lake.store(Zone.RAW);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  protected ObjectInfo put(String key, String content) {
    return store.put(key, content.getBytes(UTF_8), PutOptions.defaults());
  }

  protected String read(String key) {
    return read(key, ReadOptions.current());
  }

  protected String read(String key, ReadOptions options) {
    try (ObjectContent content = store.get(key, options)) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Nested
  class WritingAndReading {
    @Test
    void whatWasPutIsRead() {
      put("a/b.txt", "hello");
      assertThat(read("a/b.txt")).isEqualTo("hello");
    }

    @Test
    void anObjectMayBeEmpty() {
      ObjectInfo info = put("empty", "");
      assertThat(info.size()).isZero();
      assertThat(info.etag()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
      assertThat(read("empty")).isEmpty();
    }

    @Test
    void infoSaysWhatIsKnownWithoutReading() {
      ObjectInfo info =
          store.put(
              "data.csv",
              "123456789".getBytes(UTF_8),
              PutOptions.defaults().contentType("text/csv").metadata(Map.of("Owner", "ada")));
      assertThat(info.key()).isEqualTo("data.csv");
      assertThat(info.size()).isEqualTo(9);
      assertThat(info.etag()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
      assertThat(info.crc32c()).hasValue(0xE3069283);
      assertThat(info.sha256())
          .hasValue("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
      assertThat(info.contentType()).isEqualTo("text/csv");
      assertThat(info.metadata()).containsExactly(Map.entry("owner", "ada"));
      requireClose(info.modified(), now());
      requireSame(store.head("data.csv", ReadOptions.current()), info);
      try (ObjectContent content = store.get("data.csv", ReadOptions.current())) {
        requireSame(content.info(), info);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Test
    void theContentTypeIsBytesUnlessGiven() {
      assertThat(put("a", "x").contentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void anAbsentKeyIsNotFound() {
      assertThatThrownBy(() -> read("absent"))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Cannot read object raw/absent: it does not exist");
      assertThatThrownBy(() -> store.head("absent", ReadOptions.current()))
          .isInstanceOf(NotFoundException.class);
      assertThat(store.exists("absent")).isFalse();
    }

    @Test
    void zonesShareNothing() {
      put("a", "x");
      assertThat(lake.store(Zone.CURATED).exists("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 8, -9, -4, -100})
    void aRangeIsRead(long offset) {
      put("digits", "012345678");
      int from = (int) (offset < 0 ? Math.max(0, 9 + offset) : offset);
      assertThat(read("digits", ReadOptions.current().range(offset, 3)))
          .isEqualTo("012345678".substring(from, Math.min(9, from + 3)));
    }

    @Test
    void aRangeThatStartsBehindTheEndIsRefused() {
      put("digits", "012345678");
      assertThatThrownBy(() -> read("digits", ReadOptions.current().range(9, 1)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot read object raw/digits: the range starts at byte 9 and the object has 9");
    }

    @Test
    void readingMayRequireAnEtag() {
      ObjectInfo info = put("a", "x");
      assertThat(read("a", ReadOptions.current().ifMatch(info.etag()))).isEqualTo("x");
      put("a", "y");
      assertThatThrownBy(() -> read("a", ReadOptions.current().ifMatch(info.etag())))
          .isInstanceOf(ConflictException.class)
          .hasMessage(
              "Cannot read object raw/a: its ETag is another, so somebody wrote it meanwhile");
    }

    @Test
    void contentOfAnOverwrittenObjectCanBeReadOn() throws IOException {
      byte[] large = new byte[3 << 20];
      store.put("a", large, PutOptions.defaults());
      try (ObjectContent content = store.get("a", ReadOptions.current())) {
        content.readNBytes(10);
        String version = content.info().version();
        put("a", "other");
        store.deleteVersion("a", version);
        assertThat(content.readAllBytes()).hasSize(large.length - 10);
      }
    }
  }

  @Nested
  class Keys {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/",
          "//",
          "a//b",
          "/a",
          "a/",
          ".",
          "..",
          "../x",
          "a/../../x",
          "a/./b",
          "~",
          "-",
          " ",
          ".lake",
          ".lake/format",
          ".lake/metadata.db",
          "a/.lake/b",
          "a\\b",
          "a:b*c?\"<>|",
          "%2e%2e",
          "line\nbreak",
          "nul\0byte",
          "tab\t",
          "ü/日本語/🙂",
          "\uFFFF",
          "CON",
          "a.",
          "a "
        })
    void anyTextIsAKey(String key) {
      assumeTrue(takes(key), "this key does not get through HTTP to the store");
      put(key, "content of it");
      put("neighbour", "other");
      assertThat(read(key)).isEqualTo("content of it");
      assertThat(store.all("").map(ListedObject::key)).containsExactlyInAnyOrder(key, "neighbour");
      store.delete(key);
      assertThat(store.exists(key)).isFalse();
      assertThat(read("neighbour")).isEqualTo("other");
    }

    @Test
    void aKeyMayHave1024Bytes() {
      int half = longestKey() / 2;
      for (String key : List.of("x".repeat(2 * half), "é".repeat(half), "a/".repeat(half))) {
        put(key, "long");
        assertThat(read(key)).isEqualTo("long");
      }
    }

    @Test
    void longerAndEmptyKeysAreRefused() {
      assertThatThrownBy(() -> put("é".repeat(512) + "x", "x"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Cannot write object raw/é")
          .hasMessageEndingWith("a key has 1 to 1,024 bytes in UTF-8 and this one has 1025");
      assertThatThrownBy(() -> put("", "x"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageEndingWith("a key has 1 to 1,024 bytes in UTF-8 and this one has 0");
    }

    @Test
    void halfACharacterIsRefused() {
      assertThatThrownBy(() -> put("a\uD83Db", "x"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageEndingWith(
              "it has half a surrogate pair, which is no character and has no bytes in UTF-8");
      assertThat(store.all("")).isEmpty();
    }

    @Test
    void aNameMayBeAnObjectAndAFolderInAnyOrder() {
      put("a", "object");
      put("a/b", "inside");
      put("c/d/e", "inside");
      put("c/d", "object");
      put("c", "object");
      assertThat(read("a")).isEqualTo("object");
      assertThat(read("a/b")).isEqualTo("inside");
      assertThat(read("c/d/e")).isEqualTo("inside");
      assertThat(read("c/d")).isEqualTo("object");
      store.delete("a");
      store.delete("c/d/e");
      assertThat(read("a/b")).isEqualTo("inside");
      assertThat(read("c/d")).isEqualTo("object");
      assertThat(read("c")).isEqualTo("object");
    }

    @Test
    void caseMatters() {
      put("File", "upper");
      put("file", "lower");
      assertThat(read("File")).isEqualTo("upper");
      assertThat(read("file")).isEqualTo("lower");
    }
  }

  @Nested
  class Conditions {
    @Test
    void ifAbsentWritesOnce() {
      store.put("a", new byte[] {1}, PutOptions.defaults().ifAbsent());
      assertThatThrownBy(() -> store.put("a", new byte[] {2}, PutOptions.defaults().ifAbsent()))
          .isInstanceOf(AlreadyExistsException.class)
          .hasMessage("Cannot write object raw/a: it exists and was to be written only if absent");
      assertThat(read("a")).isEqualTo("\1");
      assertThat(store.versions("a")).hasSize(1);
    }

    @Test
    void aDeletedKeyIsAbsent() {
      put("a", "old");
      store.delete("a");
      store.put("a", "new".getBytes(UTF_8), PutOptions.defaults().ifAbsent());
      assertThat(read("a")).isEqualTo("new");
    }

    @Test
    void ifMatchOverwritesWhatTheWriterSaw() {
      ObjectInfo first = put("a", "one");
      store.put("a", "two".getBytes(UTF_8), PutOptions.defaults().ifMatch(first.etag()));
      PutOptions stale = PutOptions.defaults().ifMatch(first.etag());
      assertThatThrownBy(() -> store.put("a", "three".getBytes(UTF_8), stale))
          .isInstanceOf(ConflictException.class)
          .hasMessage(
              "Cannot write object raw/a: its ETag is another, so somebody else wrote it"
                  + " meanwhile");
      assertThatThrownBy(() -> store.put("b", "three".getBytes(UTF_8), stale))
          .isInstanceOf(NotFoundException.class);
      assertThat(read("a")).isEqualTo("two");
      assertThat(store.exists("b")).isFalse();
    }

    @Test
    void ofManyWritersOneIsFirst() throws Exception {
      int writers = 8;
      List<Callable<Boolean>> attempts = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        byte[] content = ("writer " + i).getBytes(UTF_8);
        attempts.add(
            () -> {
              try {
                store.put("race", content, PutOptions.defaults().ifAbsent());
                return true;
              } catch (AlreadyExistsException lost) {
                return false;
              }
            });
      }
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      try {
        int won = 0;
        for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
          won += attempt.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      } finally {
        threads.shutdown();
      }
      assertThat(store.versions("race")).hasSize(1);
    }
  }

  @Nested
  class Checksums {
    private static final String SHA256_OF_DIGITS =
        "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";

    @Test
    void thoseThatAreRightAreAccepted() {
      PutOptions options =
          PutOptions.defaults()
              .crc32c(0xE3069283)
              .sha256(SHA256_OF_DIGITS.toUpperCase(Locale.ROOT));
      store.put("a", "123456789".getBytes(UTF_8), options);
      assertThat(read("a")).isEqualTo("123456789");
    }

    @Test
    void thoseThatAreWrongAreRefusedAndNothingIsStored() {
      byte[] content = "12345678".getBytes(UTF_8);
      assertThatThrownBy(() -> store.put("a", content, PutOptions.defaults().crc32c(0xE3069283)))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot write object raw/a: the content does not have the CRC32C that was given with"
                  + " it");
      assertThatThrownBy(
              () -> store.put("a", content, PutOptions.defaults().sha256(SHA256_OF_DIGITS)))
          .isInstanceOf(BadDataException.class)
          .hasMessageEndingWith("the content does not have the SHA-256 that was given with it");
      try (ObjectUpload upload = store.upload("a", PutOptions.defaults().crc32c(1))) {
        upload.write(content);
        assertThatThrownBy(upload::complete).isInstanceOf(BadDataException.class);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      assertThat(store.versions("")).isEmpty();
    }
  }

  @Nested
  class ChecksumsOfUploads {
    private static final int SIZE = (20 << 20) + 1;
    private static final String SHA256_OF_ZEROS =
        Hashing.sha256().hashBytes(new byte[SIZE]).toString();

    private ObjectInfo upload(int size, String sha256) throws IOException {
      PutOptions options = PutOptions.defaults().sha256(sha256);
      try (ObjectUpload upload = store.upload("zeros", options)) {
        upload.write(new byte[size]);
        return upload.complete();
      }
    }

    @Test
    void whatAnUploadInPartsWasSaidToHaveIsComparedAndKept() throws IOException {
      ObjectInfo info = upload(SIZE, SHA256_OF_ZEROS);
      assertThat(info.sha256()).hasValue(SHA256_OF_ZEROS);
      assertThat(store.head("zeros", ReadOptions.current()).sha256()).hasValue(SHA256_OF_ZEROS);
    }

    @Test
    void anUploadInPartsOfOtherContentIsRefusedAndNothingIsStored() {
      assertThatThrownBy(() -> upload(SIZE - 1, SHA256_OF_ZEROS))
          .isInstanceOf(BadDataException.class)
          .hasMessageEndingWith("the content does not have the SHA-256 that was given with it");
      assertThat(store.versions("")).isEmpty();
    }

    @Test
    void whatFitsInOnePartHasItAlways() throws IOException {
      try (ObjectUpload upload = store.upload("few", PutOptions.defaults())) {
        upload.write("123456789".getBytes(UTF_8));
        upload.complete();
      }
      assertThat(store.head("few", ReadOptions.current()).sha256())
          .hasValue("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
    }
  }

  @Nested
  class Versions {
    @Test
    void anOverwrittenVersionRemains() {
      ObjectInfo first = put("a", "one");
      clock.advance(Duration.ofSeconds(1));
      ObjectInfo second = put("a", "two");
      assertThat(read("a", ReadOptions.current().version(first.version()))).isEqualTo("one");
      assertThat(store.versions("a").map(ObjectVersion::version))
          .containsExactly(second.version(), first.version());
      assertThat(store.versions("a").map(ObjectVersion::state))
          .containsExactly(ObjectVersion.State.LATEST, ObjectVersion.State.EARLIER);
    }

    @Test
    void deletingHidesAndKeeps() {
      ObjectInfo info = put("a", "one");
      store.delete("a");
      assertThat(store.exists("a")).isFalse();
      assertThat(store.all("")).isEmpty();
      assertThat(read("a", ReadOptions.current().version(info.version()))).isEqualTo("one");
      assertThat(store.versions("a").map(ObjectVersion::kind))
          .containsExactly(ObjectVersion.Kind.DELETE_MARKER, ObjectVersion.Kind.CONTENT);
    }

    @Test
    void removingTheMarkerShowsTheObjectAgain() {
      put("a", "one");
      store.delete("a");
      store.deleteVersion("a", store.versions("a").findFirst().orElseThrow().version());
      assertThat(read("a")).isEqualTo("one");
    }

    @Test
    void removingTheLatestVersionShowsTheOneBefore() {
      put("a", "one");
      ObjectInfo second = put("a", "two");
      store.deleteVersion("a", second.version());
      assertThat(read("a")).isEqualTo("one");
      assertThatThrownBy(() -> read("a", ReadOptions.current().version(second.version())))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Cannot read object raw/a: it has no such version");
    }

    @Test
    void removingAnEarlierVersionLeavesTheLatest() {
      ObjectInfo first = put("a", "one");
      put("a", "two");
      store.deleteVersion("a", first.version());
      assertThat(read("a")).isEqualTo("two");
      assertThat(store.versions("a")).hasSize(1);
    }

    @Test
    void removingTheOnlyVersionLeavesNothing() {
      store.deleteVersion("a", put("a", "one").version());
      assertThat(store.versions("")).isEmpty();
      assertThat(store.exists("a")).isFalse();
    }

    @Test
    void deletingWhatIsNotThereIsNoError() {
      store.delete("absent");
      store.deleteVersion("absent", "no-version");
      assertThat(store.exists("absent")).isFalse();
    }

    @Test
    void manyAreDeletedAtOnceAndBadKeysReported() {
      put("a", "x");
      put("b", "x");
      put("c", "x");
      Map<String, String> refused = store.deleteAll(List.of("a", "b", "absent", ""));
      assertThat(refused).containsOnlyKeys("");
      assertThat(refused.get("")).contains("a key has 1 to 1,024 bytes");
      assertThat(store.all("").map(ListedObject::key)).containsExactly("c");
    }
  }

  @Nested
  class Copies {
    @Test
    void aCopyHasContentTypeAndMetadataOfItsSource() {
      PutOptions options = PutOptions.defaults().contentType("a/b").metadata(Map.of("k", "v"));
      ObjectInfo source = store.put("a", "one".getBytes(UTF_8), options);
      ObjectInfo copy = store.copy("a", ReadOptions.current(), "b", PutOptions.defaults());
      store.deleteVersion("a", source.version());
      assertThat(read("b")).isEqualTo("one");
      assertThat(copy.contentType()).isEqualTo("a/b");
      assertThat(copy.metadata()).isEqualTo(Map.of("k", "v"));
      assertThat(copy.version()).isNotEqualTo(source.version());
    }

    @Test
    void theSourceSurvivesTheCopy() {
      put("a", "one");
      ObjectInfo copy = store.copy("a", ReadOptions.current(), "b", PutOptions.defaults());
      store.deleteVersion("b", copy.version());
      assertThat(read("a")).isEqualTo("one");
    }

    @Test
    void anEarlierVersionIsBroughtBack() {
      ObjectInfo first = put("a", "one");
      put("a", "two");
      store.copy("a", ReadOptions.current().version(first.version()), "a", PutOptions.defaults());
      assertThat(read("a")).isEqualTo("one");
    }

    @Test
    void optionsReplaceAndConditionsHold() {
      put("a", "one");
      put("b", "two");
      ReadOptions current = ReadOptions.current();
      assertThatThrownBy(() -> store.copy("a", current, "b", PutOptions.defaults().ifAbsent()))
          .isInstanceOf(AlreadyExistsException.class);
      assertThatThrownBy(() -> store.copy("x", current, "y", PutOptions.defaults()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Cannot copy object raw/x: it does not exist");
      assertThatThrownBy(() -> store.copy("a", current.range(0, 1), "y", PutOptions.defaults()))
          .isInstanceOf(InvalidDefinitionException.class);
      PutOptions type = PutOptions.defaults().contentType("text/plain");
      assertThat(store.copy("a", current, "c", type).contentType()).isEqualTo("text/plain");
      assertThat(read("b")).isEqualTo("two");
    }
  }
}
