package io.lakesdk.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.InvalidDefinitionException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestAws.Fresh.class)
class S3ObjectStoreEmulatorIT extends ObjectStoreContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.lake(with);
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }

  @Override
  protected Duration tolerance() {
    return Duration.ofSeconds(5);
  }

  /** S3 refuses a path that leads up; moto knows no line break in one. */
  @Override
  protected boolean takes(String key) {
    return !key.startsWith("..") && !key.equals("a/../../x") && !key.contains("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/../../x", "a/b/../../../c"})
  void aKeyThatLeadsAboveTheBeginningIsRefused(String key) {
    assertThatThrownBy(() -> put(key, "x"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot write object raw/"
                + key
                + ": S3 does not take keys in which .. leads above the beginning; choose another"
                + " key");
  }

  @Test
  void aLineBreakIsAKeyWhereTheEmulatorKnowsIt() throws IOException {
    try (Lake other = S3Lakes.open(S3Lakes.miniStack().build(), with -> {})) {
      ObjectStore there = other.store(Zone.RAW);
      there.put("line\nbreak", "content".getBytes(UTF_8), PutOptions.defaults());
      try (ObjectContent content = there.get("line\nbreak", ReadOptions.current())) {
        assertThat(content.readAllBytes()).isEqualTo("content".getBytes(UTF_8));
      }
      assertThat(there.all("").map(ListedObject::key)).containsExactly("line\nbreak");
      assertThat(there.deleteAll(java.util.List.of("line\nbreak"))).isEmpty();
      assertThat(there.exists("line\nbreak")).isFalse();
    }
  }

  @Test
  void metadataMayHaveAnyText() {
    Map<String, String> any =
        Map.of("a", "ü/日本語/🙂", "b", " spaces ", "c", "", "d", "=?UTF-8?Q?no?=", "e", "x\ny");
    store.put("a", new byte[1], PutOptions.defaults().metadata(any));
    assertThat(store.head("a", ReadOptions.current()).metadata()).isEqualTo(any);
  }

  @Test
  void namesOfMetadataAreThoseOfHeaders() {
    PutOptions space = PutOptions.defaults().metadata(Map.of("a b", "x"));
    assertThatThrownBy(() -> store.put("a", new byte[1], space))
        .hasMessage(
            "Cannot write object raw/a: S3 takes names of metadata of ASCII letters, digits,"
                + " hyphens and underscores alone");
    PutOptions ours = PutOptions.defaults().metadata(Map.of("lake-write", "x"));
    assertThatThrownBy(() -> store.put("a", new byte[1], ours))
        .hasMessage(
            "Cannot write object raw/a: metadata of the name lake-write belongs to the SDK");
  }
}
