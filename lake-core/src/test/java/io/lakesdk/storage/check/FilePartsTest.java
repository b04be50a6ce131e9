package io.lakesdk.storage.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.storage.ReadOptions.Range;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of objects are sets of bytes. */
class FilePartsTest {

  private static final int SIZE = 200;

  @TempDir Path folder;

  private static FileParts some(Random random) {
    List<Range> ranges = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      ranges.add(new Range(random.nextInt(SIZE + 10), 1 + random.nextInt(60)));
    }
    return FileParts.of(SIZE, ranges);
  }

  private static BitSet bytes(FileParts parts) {
    BitSet bytes = new BitSet();
    long end = -1;
    for (Range range : parts.ranges()) {
      assertThat(range.offset()).as("in order, and not touching").isGreaterThan(end);
      end = range.offset() + range.length();
      bytes.set((int) range.offset(), (int) end);
    }
    assertThat(end).isLessThanOrEqualTo(SIZE);
    return bytes;
  }

  @Test
  void areAddedAndTakenAwayAsSets() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      FileParts one = some(random);
      FileParts other = some(random);
      BitSet both = bytes(one);
      both.or(bytes(other));
      assertThat(bytes(one.and(other))).isEqualTo(both);
      BitSet left = bytes(one);
      left.andNot(bytes(other));
      assertThat(bytes(one.without(other))).isEqualTo(left);
      assertThat(one.bytes()).isEqualTo(bytes(one).cardinality());
      Range range = new Range(random.nextInt(SIZE - 20), 1 + random.nextInt(20));
      int end = (int) (range.offset() + range.length());
      assertThat(one.has(range)).isEqualTo(bytes(one).nextClearBit((int) range.offset()) >= end);
      assertThat(FileParts.described(one.describe(5))).contains(one);
    }
  }

  @Test
  void areFetchedWithSmallGapsBetweenThem() {
    long far = 1 << 20;
    List<Range> ranges = List.of(new Range(0, 10), new Range(100, 10), new Range(far, 10));
    FileParts parts = FileParts.of(2 * far, ranges);
    assertThat(parts.ranges()).isEqualTo(ranges);
    assertThat(parts.toFetch().ranges()).containsExactly(new Range(0, 110), new Range(far, 10));
  }

  @Test
  void areCopiedToTheirPlaces() throws Exception {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    Path from = Files.write(folder.resolve("from"), content);
    Path to = Files.write(folder.resolve("to"), new byte[SIZE]);
    FileParts parts = FileParts.of(SIZE, List.of(new Range(10, 20), new Range(150, 50)));
    parts.copy(from, to);
    byte[] copied = Files.readAllBytes(to);
    for (int i = 0; i < SIZE; i++) {
      assertThat(copied[i]).isEqualTo(bytes(parts).get(i) ? content[i] : 0);
    }
    assertThat(FileParts.read(to, new Range(12, 3)))
        .containsExactly(content[12], content[13], content[14]);
    Path cut = Files.write(folder.resolve("cut"), new byte[SIZE / 2]);
    assertThatThrownBy(() -> parts.copy(cut, to)).isInstanceOf(EOFException.class);
  }

  @Test
  void whatDescribesNothingIsNothing() {
    assertThat(FileParts.described(new byte[3])).isEmpty();
    assertThat(FileParts.described(new byte[20])).isEmpty();
    assertThat(FileParts.bytes(new byte[20])).isZero();
  }
}
