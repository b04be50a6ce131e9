package io.lakesdk.storage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.BadDataException;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects of many parts, and what is left of those that are not completed. */
@ExtendWith(TestAws.Fresh.class)
class S3LargeObjectEmulatorIT {

  private static final int PIECE = 1 << 20;
  private static final int PIECES = 70;
  private static final double ALWAYS_SLOW = Double.POSITIVE_INFINITY;

  @TempDir Path folder;
  private AwsConnection connection;
  private S3Client s3;
  private String bucket;

  @BeforeEach
  void connect() {
    AwsSettings settings = TestAws.settings().build();
    TestAws.createBuckets(settings);
    connection =
        new AwsConnection(
            settings, new Seam(Faults.none(), new SimpleMeterRegistry()), Clock.systemUTC());
    s3 = connection.client(AwsService.S3, S3Client.builder());
    bucket = settings.bucket(Zone.RAW);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  private S3ObjectStore store(S3Transfers transfers) {
    return new S3ObjectStore(new S3Zone(Zone.RAW, connection, s3, Clock.systemUTC()), transfers);
  }

  private static byte[] piece(int number) {
    byte[] bytes = new byte[PIECE];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  private static ObjectInfo upload(S3ObjectStore store, PutOptions options) throws IOException {
    try (ObjectUpload upload = store.upload("large", options)) {
      for (int i = 0; i < PIECES; i++) {
        upload.write(piece(i));
      }
      upload.write(7);
      return upload.complete();
    }
  }

  private static int crc() {
    CRC32C crc = new CRC32C();
    for (int i = 0; i < PIECES; i++) {
      crc.update(piece(i));
    }
    crc.update(7);
    return (int) crc.getValue();
  }

  private static void requireWhole(InputStream content) throws IOException {
    for (int i = 0; i < PIECES; i++) {
      assertThat(content.readNBytes(PIECE)).isEqualTo(piece(i));
    }
    assertThat(content.read()).isEqualTo(7);
    assertThat(content.read()).isEqualTo(-1);
  }

  private void requireNoUploads() {
    assertThat(s3.listMultipartUploads(request -> request.bucket(bucket)).uploads()).isEmpty();
  }

  @Test
  void anObjectOfManyPartsIsWrittenAndReadInOrder() throws IOException {
    try (S3Transfers transfers = new S3Transfers(S3Transfers::growing, ALWAYS_SLOW)) {
      S3ObjectStore store = store(transfers);
      ObjectInfo info = upload(store, PutOptions.defaults().crc32c(crc()));
      assertThat(info.size()).isEqualTo((long) PIECES * PIECE + 1);
      assertThat(info.etag()).endsWith("-9");
      assertThat(info.crc32c()).hasValue(crc());
      assertThat(info.sha256()).isEmpty();
      ObjectInfo head = store.head("large", ReadOptions.current());
      assertThat(head.crc32c()).hasValue(crc());
      assertThat(head.sha256()).isEmpty();
      try (ObjectContent one = store.get("large", ReadOptions.current());
          ObjectContent two = store.get("large", ReadOptions.current());
          ObjectContent three = store.get("large", ReadOptions.current())) {
        requireWhole(two);
        assertThat(one.readNBytes(20 * PIECE)).hasSize(20 * PIECE);
        requireWhole(three);
      }
      // what was read in part has given its memory back
      for (int i = 0; i < 6; i++) {
        assertThat(transfers.tryReserve()).isTrue();
      }
      assertThat(transfers.tryReserve()).isFalse();
      try (ObjectContent alone = store.get("large", ReadOptions.current())) {
        requireWhole(alone);
      }
      requireNoUploads();
    }
  }

  @Test
  void aLargeRangeIsReadInOrder() throws IOException {
    try (S3Transfers transfers = new S3Transfers(S3Transfers::growing, ALWAYS_SLOW)) {
      S3ObjectStore store = store(transfers);
      upload(store, PutOptions.defaults());
      ReadOptions range = ReadOptions.current().range(3L * PIECE, 50L * PIECE);
      try (ObjectContent content = store.get("large", range)) {
        for (int i = 3; i < 53; i++) {
          assertThat(content.readNBytes(PIECE)).isEqualTo(piece(i));
        }
        assertThat(content.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void largerPartsGoThroughFiles() throws IOException {
    try (S3Transfers transfers =
        new S3Transfers(number -> number == 1 ? 8 * PIECE : 24 * PIECE, ALWAYS_SLOW)) {
      S3ObjectStore store = store(transfers);
      assertThat(upload(store, PutOptions.defaults()).etag()).endsWith("-4");
      try (ObjectContent content = store.get("large", ReadOptions.current())) {
        requireWhole(content);
      }
    }
  }

  @Test
  void partsOfAnyNumberHoldTheLargestObject() {
    long all = 0;
    for (int number = 1; number <= S3Parts.MOST; number++) {
      long size = S3Transfers.growing(number);
      assertThat(size).isBetween(5L << 20, 5L << 30);
      all += size;
    }
    assertThat(all).isGreaterThan(5L << 40);
  }

  @Test
  void nothingIsLeftOfAnUploadThatWasClosed() throws IOException {
    try (S3Transfers transfers = new S3Transfers()) {
      S3ObjectStore store = store(transfers);
      try (ObjectUpload upload = store.upload("large", PutOptions.defaults())) {
        for (int i = 0; i < 30; i++) {
          upload.write(piece(i));
        }
      }
      requireNoUploads();
      assertThat(store.versions("")).isEmpty();
    }
  }

  @Test
  void nothingIsLeftOfAnUploadThatWasRefused() {
    try (S3Transfers transfers = new S3Transfers()) {
      S3ObjectStore store = store(transfers);
      assertThatThrownBy(() -> upload(store, PutOptions.defaults().crc32c(1)))
          .isInstanceOf(BadDataException.class);
      requireNoUploads();
      assertThat(store.versions("")).isEmpty();
    }
  }

  @Test
  void aLargeCopyOnConditionIsMadeOfParts() throws IOException {
    try (S3Transfers transfers = new S3Transfers()) {
      S3ObjectStore store = store(transfers);
      upload(store, PutOptions.defaults());
      PutOptions absent = PutOptions.defaults().ifAbsent();
      ObjectInfo copy = store.copy("large", ReadOptions.current(), "copy", absent);
      assertThat(copy.crc32c()).hasValue(crc());
      try (ObjectContent content = store.get("copy", ReadOptions.current())) {
        requireWhole(content);
      }
      requireNoUploads();
    }
  }

  @Test
  void aFileWithItsChecksumsBecomesAnObject() throws IOException {
    Path file = folder.resolve("file");
    byte[] content = new byte[20 * PIECE];
    new Random(1).nextBytes(content);
    Files.write(file, content);
    try (S3Transfers transfers = new S3Transfers()) {
      S3ObjectStore store = store(transfers);
      ObjectInfo info =
          store.putFile(
              io.lakesdk.fault.Call.ADOPT_FILE,
              "file",
              file,
              CachedObjects.read(file),
              PutOptions.defaults());
      ObjectInfo head = store.head("file", ReadOptions.current());
      assertThat(head.sha256()).isEqualTo(info.sha256()).isPresent();
      assertThat(head.etag()).endsWith("-3");
      try (ObjectContent stored = store.get("file", ReadOptions.current())) {
        assertThat(stored.readAllBytes()).isEqualTo(content);
      }
    }
  }
}
