package io.lakesdk.catalog.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelRunsTest {

  private static boolean fit(int highest, long values, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    PageWindow window = new PageWindow(new BytesInMemory(content));
    return LevelRuns.fit(window, 0, content.length, highest, values);
  }

  @Test
  void aRepeatedLevelCountsForAllItsValues() {
    assertThat(fit(1, 5, 5 << 1, 1)).isTrue();
    assertThat(fit(1, 6, 5 << 1, 1)).isFalse();
    assertThat(fit(1, 5, 5 << 1, 2)).isFalse();
    assertThat(fit(1, 300, 0xD8, 0x04, 1)).isTrue();
  }

  @Test
  void packedLevelsAreEightTogetherOfWhichTheLastMeanNothing() {
    assertThat(fit(1, 5, 1 << 1 | 1, 0b11111)).isTrue();
    assertThat(fit(1, 9, 1 << 1 | 1, 0xFF)).isFalse();
    assertThat(fit(2, 4, 1 << 1 | 1, 0b10_01_00_10, 0xFF)).isTrue();
    assertThat(fit(2, 4, 1 << 1 | 1, 0b11_01_00_10, 0)).isFalse();
    assertThat(fit(2, 5, 1 << 1 | 1, 0b10_01_00_10, 0xFF)).isFalse();
  }

  @Test
  void allBytesAreLevels() {
    assertThat(fit(1, 5, 5 << 1, 1, 0)).isFalse();
    assertThat(fit(1, 5, 5 << 1)).isFalse();
    assertThat(fit(1, 5, 0x80)).isFalse();
    assertThat(fit(1, 5)).isFalse();
    assertThat(fit(0, 5)).isTrue();
    assertThat(fit(0, 5, 5 << 1, 0)).isFalse();
  }
}
