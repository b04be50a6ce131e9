package io.lakesdk.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectStore#upload} promises. */
public abstract class UploadContract {

  private static final int PART = 8 << 20;

  private Lake lake;
  private ObjectStore store;

  /** A new lake with nothing in it. */
  protected abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
    store = lake.store(Zone.RAW);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  /** As S3 computes it for parts of 8 MiB. */
  private static String etag(byte[] content) throws NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    if (content.length <= PART) {
      return HexFormat.of().formatHex(md5.digest(content));
    }
    MessageDigest all = MessageDigest.getInstance("MD5");
    int parts = 0;
    for (int at = 0; at < content.length; at += PART) {
      all.update(md5.digest(Arrays.copyOfRange(content, at, Math.min(content.length, at + PART))));
      parts++;
    }
    return HexFormat.of().formatHex(all.digest()) + "-" + parts;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1 << 20, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 12345})
  void contentOfAnyLengthIsStored(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    try (ObjectUpload upload = store.upload("a", PutOptions.defaults())) {
      int at = 0;
      for (int step = 1; at < size; step = Math.min(step * 3, 1 << 20)) {
        int now = Math.min(step, size - at);
        upload.write(content, at, now);
        at += now;
      }
      assertThat(store.exists("a")).isFalse();
      ObjectInfo info = upload.complete();
      assertThat(info.size()).isEqualTo(size);
      assertThat(info.etag()).isEqualTo(etag(content));
    }
    try (ObjectContent stored = store.get("a", ReadOptions.current())) {
      assertThat(Arrays.equals(stored.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  void oneThatIsClosedBeforeItsEndIsDiscarded() throws IOException {
    try (ObjectUpload upload = store.upload("a", PutOptions.defaults())) {
      upload.write(new byte[3 << 20]);
    }
    assertThat(store.versions("")).isEmpty();
  }

  @Test
  void theConditionIsThatOfTheEnd() throws IOException {
    try (ObjectUpload upload = store.upload("a", PutOptions.defaults().ifAbsent())) {
      upload.write("late".getBytes(UTF_8));
      store.put("a", "early".getBytes(UTF_8), PutOptions.defaults());
      assertThatThrownBy(upload::complete).isInstanceOf(AlreadyExistsException.class);
    }
    assertThat(store.versions("")).hasSize(1);
  }

  @Test
  void afterItsEndItIsUsedNoMore() throws IOException {
    try (ObjectUpload upload = store.upload("a", PutOptions.defaults())) {
      upload.write(1);
      upload.complete();
      assertThatThrownBy(() -> upload.write(2))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot write object raw/a: this upload was completed or closed");
      assertThatThrownBy(upload::complete).isInstanceOf(InvalidDefinitionException.class);
    }
    assertThat(store.head("a", ReadOptions.current()).size()).isEqualTo(1);
  }

  @Test
  void severalMayRunAtOnce() throws IOException {
    try (ObjectUpload one = store.upload("a", PutOptions.defaults());
        ObjectUpload two = store.upload("a", PutOptions.defaults())) {
      one.write("one".getBytes(UTF_8));
      two.write("two".getBytes(UTF_8));
      two.complete();
      one.complete();
    }
    assertThat(store.versions("a")).hasSize(2);
    assertThat(store.head("a", ReadOptions.current()).etag())
        .isEqualTo("f97c5d29941bfb1b2fdab0874906ab82");
  }
}
