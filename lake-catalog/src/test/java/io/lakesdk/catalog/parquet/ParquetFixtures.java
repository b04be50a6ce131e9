package io.lakesdk.catalog.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Parquet files of other writers, each with the same people; the README beside them says how they
 * were made.
 */
public final class ParquetFixtures {

  /** Those whose pages carry checksums. */
  public static final List<String> CHECKED =
      List.of("v1", "v2", "indexed", "gaps", "java-v1", "java-v2");

  /** All others. */
  public static final List<String> OTHERS =
      List.of("none", "unchecked", "encrypted", "encrypted-column");

  private static final int TAIL = 8;

  private ParquetFixtures() {}

  /** The file of a name. */
  public static byte[] people(String name) {
    String file = "people-" + name + ".parquet";
    try (var in = ParquetFixtures.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another bit, of those from the first of the first byte on. */
  public static byte[] flipped(byte[] file, long bit) {
    byte[] flipped = file.clone();
    flipped[(int) (bit / Byte.SIZE)] ^= (byte) (1 << (bit % Byte.SIZE));
    return flipped;
  }

  /** Where the footer starts. */
  public static int footer(byte[] file) {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TAIL);
    return file.length - TAIL - length;
  }
}
