package io.lakesdk.storage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions.Range;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** What the cache of files keeps, what it lets go, and what is fetched of objects. */
@ExtendWith(TestAws.Fresh.class)
class S3CacheEmulatorIT {

  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  private final AtomicInteger gets = new AtomicInteger();
  private AwsSettings settings;

  @BeforeEach
  void settle() {
    settings = settings(100L * MIB);
    TestAws.createBuckets(settings);
  }

  private AwsSettings settings(long bytes) {
    AwsSettings.Builder builder = TestAws.settings();
    if (settings != null) {
      builder.account(settings.account());
    }
    return builder.cache(folder, bytes).httpClient(this::counting).build();
  }

  private SdkHttpClient counting() {
    SdkHttpClient http = ApacheHttpClient.create();
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.httpRequest().method() == SdkHttpMethod.GET) {
          gets.incrementAndGet();
        }
        return http.prepareRequest(request);
      }

      @Override
      public void close() {
        http.close();
      }
    };
  }

  private static byte[] content(int number, int size) {
    byte[] bytes = new byte[size];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  private static ObjectRef put(Lake lake, String key, byte[] content) {
    ObjectStore store = lake.store(Zone.RAW);
    ObjectInfo info = store.put(key, content, PutOptions.defaults());
    return new ObjectRef(Zone.RAW, key, info.version());
  }

  private static void requireContent(Lake lake, ObjectRef ref, byte[] content) throws IOException {
    try (LocalFiles.Lease lease = lake.backend().files().lease(List.of(ref))) {
      assertThat(Files.readAllBytes(lease.path(ref))).isEqualTo(content);
    }
  }

  private long kept() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void anObjectIsFetchedOnceAlsoByLaterLakes() throws IOException {
    byte[] content = content(1, MIB);
    ObjectRef ref;
    try (Lake lake = Lake.onAws(settings)) {
      ref = put(lake, "a", content);
      requireContent(lake, ref, content);
      requireContent(lake, ref, content);
      assertThat(gets).hasValue(1);
    }
    try (Lake other = Lake.onAws(settings)) {
      requireContent(other, ref, content);
      assertThat(gets).hasValue(1);
    }
    assertThat(folder.resolve("run")).isEmptyDirectory();
  }

  @Test
  void anotherVersionIsAnotherObject() throws IOException {
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef first = put(lake, "a", content(1, 100));
      ObjectRef second = put(lake, "a", content(2, 100));
      requireContent(lake, first, content(1, 100));
      requireContent(lake, second, content(2, 100));
    }
  }

  @Test
  void whatWasDamagedOnTheDiskIsFetchedAgain() throws IOException {
    byte[] content = content(1, MIB);
    ObjectRef ref;
    try (Lake lake = Lake.onAws(settings)) {
      ref = put(lake, "a", content);
      requireContent(lake, ref, content);
    }
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toFile().length() == MIB) {
          Files.write(file, content(2, MIB));
        }
      }
    }
    try (Lake lake = Lake.onAws(settings)) {
      requireContent(lake, ref, content);
      assertThat(gets).hasValue(2);
    }
  }

  @Test
  void theCacheKeepsItsBoundAndWhatWasUsedLast() throws IOException {
    try (Lake lake = Lake.onAws(settings(10L * MIB))) {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        refs.add(put(lake, "k" + i, content(i, MIB)));
      }
      for (int i = 0; i < 30; i++) {
        requireContent(lake, refs.get(i), content(i, MIB));
        assertThat(kept()).isLessThan(12L * MIB);
      }
      int fetched = gets.get();
      requireContent(lake, refs.get(29), content(29, MIB));
      assertThat(gets).hasValue(fetched);
      requireContent(lake, refs.get(0), content(0, MIB));
      assertThat(gets).hasValue(fetched + 1);
    }
  }

  @Test
  void whatIsReadStaysThoughThereIsNoRoom() throws IOException {
    try (Lake lake = Lake.onAws(settings(0))) {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        refs.add(put(lake, "k" + i, content(i, MIB)));
      }
      try (LocalFiles.Lease lease = lake.backend().files().lease(refs)) {
        for (int i = 0; i < 5; i++) {
          assertThat(Files.readAllBytes(lease.path(refs.get(i)))).isEqualTo(content(i, MIB));
        }
      }
      assertThat(kept()).isZero();
    }
  }

  @Test
  void manyThreadsShareOneFetch() throws Exception {
    byte[] content = content(1, MIB);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef ref = put(lake, "a", content);
      List<Callable<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        readers.add(
            () -> {
              requireContent(lake, ref, content);
              return true;
            });
      }
      for (Future<Boolean> reader : threads.invokeAll(readers)) {
        assertThat(reader.get()).isTrue();
      }
      assertThat(gets).hasValue(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFailedLeaseGivesAllBack() throws IOException {
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef there = put(lake, "a", content(1, 100));
      ObjectRef gone = new ObjectRef(Zone.RAW, "b", there.version());
      assertThatThrownBy(() -> lake.backend().files().lease(List.of(there, gone)))
          .isInstanceOf(NotFoundException.class);
      try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
        assertThat(files.filter(file -> file.getParent().endsWith("leased"))).isEmpty();
      }
    }
  }

  @Test
  void onlyWhatIsSelectedIsFetched() throws IOException {
    int size = 20 * MIB;
    byte[] content = content(1, size);
    LocalFiles.Selection selection =
        new LocalFiles.Selection() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public LocalFiles.Selected select(long length, LocalFiles.Bytes bytes) {
            assertThat(length).isEqualTo(size);
            assertThat(bytes.read(length - 4, 4))
                .isEqualTo(Arrays.copyOfRange(content, size - 4, size));
            assertThat(bytes.read(5, 3)).isEqualTo(Arrays.copyOfRange(content, 5, 8));
            return LocalFiles.Selected.of(
                List.of(
                    new Range(length - 4, 4), new Range(2L * MIB, MIB), new Range(3L * MIB, 10)));
          }
        };
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef ref = put(lake, "a", content);
      for (int time = 0; time < 2; time++) {
        try (LocalFiles.Lease lease = lake.backend().files().lease(List.of(ref), selection)) {
          byte[] file = Files.readAllBytes(lease.path(ref));
          assertThat(file).hasSize(size);
          for (int at : List.of(2 * MIB, 3 * MIB - 1, 3 * MIB + 9, size - 4, size - 1)) {
            assertThat(file[at]).isEqualTo(content[at]);
          }
          assertThat(Arrays.copyOfRange(file, 10 * MIB, 11 * MIB)).isEqualTo(new byte[MIB]);
        }
        // the end, three bytes that were asked for, and one range
        assertThat(gets).hasValue(3);
      }
      requireContent(lake, ref, content);
      int all = gets.get();
      try (LocalFiles.Lease lease = lake.backend().files().lease(List.of(ref), selection)) {
        assertThat(Files.readAllBytes(lease.path(ref))).isEqualTo(content);
        assertThat(gets).hasValue(all);
      }
    }
  }

  private static LocalFiles.Selection selection(LocalFiles.Selected selected) {
    return new LocalFiles.Selection() {
      @Override
      public String name() {
        return selected.toString();
      }

      @Override
      public LocalFiles.Selected select(long length, LocalFiles.Bytes bytes) {
        return selected;
      }
    };
  }

  private static void requireParts(
      Lake lake, ObjectRef ref, byte[] content, LocalFiles.Selected selected) throws IOException {
    try (LocalFiles.Lease lease = lake.backend().files().lease(List.of(ref), selection(selected))) {
      byte[] file = Files.readAllBytes(lease.path(ref));
      assertThat(file).hasSize(content.length);
      byte[] end = new byte[selected.end().remaining()];
      selected.end().duplicate().get(end);
      int data = file.length - end.length;
      assertThat(Arrays.copyOfRange(file, data, file.length)).isEqualTo(end);
      for (Range range : selected.ranges()) {
        int from = (int) range.offset();
        int to = (int) Math.min(data, from + range.length());
        assertThat(Arrays.copyOfRange(file, from, to))
            .isEqualTo(Arrays.copyOfRange(content, from, to));
      }
    }
  }

  private static LocalFiles.Selected mebibytes(int... numbers) {
    return LocalFiles.Selected.of(
        IntStream.of(numbers).mapToObj(number -> new Range((long) number * MIB, MIB)).toList());
  }

  private static LocalFiles.Selected ending(LocalFiles.Selected selected, byte... end) {
    return new LocalFiles.Selected(selected.ranges(), ByteBuffer.wrap(end));
  }

  @Test
  void partsThatWereFetchedAreNotFetchedAgain() throws IOException {
    byte[] content = content(1, 20 * MIB);
    ObjectRef ref;
    try (Lake lake = Lake.onAws(settings)) {
      ref = put(lake, "a", content);
      requireParts(lake, ref, content, mebibytes(1, 5));
      assertThat(gets).as("the end and two ranges").hasValue(3);
      requireParts(lake, ref, content, mebibytes(5));
      assertThat(gets).as("known").hasValue(3);
      requireParts(lake, ref, content, mebibytes(5, 9));
      assertThat(gets).as("one more").hasValue(4);
      requireParts(lake, ref, content, mebibytes(1, 5, 9));
      assertThat(gets).as("known from two fetches").hasValue(4);
      assertThat(partsKept()).hasSize(1);
    }
    try (Lake other = Lake.onAws(settings)) {
      requireParts(other, ref, content, mebibytes(1, 5, 9));
      assertThat(gets).as("known from another lake").hasValue(4);
      requireParts(other, ref, content, mebibytes(0, 1, 2));
      assertThat(gets).as("on both sides of what is known").hasValue(6);
    }
  }

  /** The files of the cache that are as long as the objects of these tests. */
  private List<Path> partsKept() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files
          .filter(file -> file.toFile().length() == 20L * MIB)
          .filter(file -> !file.getFileName().toString().endsWith(".crc"))
          .toList();
    }
  }

  @Test
  void anEndOfItsOwnIsOfOneLeaseOnly() throws IOException {
    byte[] content = content(1, 20 * MIB);
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef ref = put(lake, "a", content);
      requireParts(lake, ref, content, ending(mebibytes(1, 19), (byte) 1, (byte) 2));
      int fetched = gets.get();
      requireParts(lake, ref, content, mebibytes(1, 19));
      requireParts(lake, ref, content, ending(mebibytes(1), (byte) 3));
      assertThat(gets).hasValue(fetched);
      requireContent(lake, ref, content);
    }
  }

  @Test
  void partsThatWereDamagedOnTheDiskAreFetchedAgain() throws IOException {
    byte[] content = content(1, 20 * MIB);
    ObjectRef ref;
    try (Lake lake = Lake.onAws(settings)) {
      ref = put(lake, "a", content);
      requireParts(lake, ref, content, mebibytes(1, 5));
    }
    int fetched = gets.get();
    for (Path file : partsKept()) {
      try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
        damaged.seek(5L * MIB + 17);
        damaged.write(content[5 * MIB + 17] + 1);
      }
    }
    try (Lake lake = Lake.onAws(settings)) {
      requireParts(lake, ref, content, mebibytes(5));
      assertThat(gets).as("the end and the range").hasValue(fetched + 2);
    }
  }

  @Test
  void partsAreOfOneVersionOnly() throws IOException {
    byte[] first = content(1, 20 * MIB);
    byte[] second = content(2, 20 * MIB);
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef one = put(lake, "a", first);
      requireParts(lake, one, first, mebibytes(5));
      ObjectRef two = put(lake, "a", second);
      requireParts(lake, two, second, mebibytes(5, 6));
      requireParts(lake, one, first, mebibytes(5, 7));
    }
  }

  @Test
  void manyThreadsWantDifferentParts() throws Exception {
    byte[] content = content(1, 20 * MIB);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Lake lake = Lake.onAws(settings)) {
      ObjectRef ref = put(lake, "a", content);
      List<Callable<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        LocalFiles.Selected parts = mebibytes(i % 10, 10 + i % 3);
        LocalFiles.Selected wanted = i % 2 == 0 ? parts : ending(parts, (byte) i);
        readers.add(
            () -> {
              requireParts(lake, ref, content, wanted);
              return true;
            });
      }
      for (Future<Boolean> reader : threads.invokeAll(readers)) {
        assertThat(reader.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(folder.resolve("run")).isEmptyDirectory();
  }

  @Test
  void smallObjectsComeWhole() throws IOException {
    LocalFiles.Selection none =
        new LocalFiles.Selection() {
          @Override
          public String name() {
            return "none";
          }

          @Override
          public LocalFiles.Selected select(long length, LocalFiles.Bytes bytes) {
            return LocalFiles.Selected.of(List.of());
          }
        };
    try (Lake lake = Lake.onAws(settings)) {
      for (int size : List.of(0, 1, 1000, 256 << 10)) {
        ObjectRef ref = put(lake, "a" + size, content(1, size));
        try (LocalFiles.Lease lease = lake.backend().files().lease(List.of(ref), none)) {
          assertThat(Files.readAllBytes(lease.path(ref))).isEqualTo(content(1, size));
        }
      }
    }
  }
}
