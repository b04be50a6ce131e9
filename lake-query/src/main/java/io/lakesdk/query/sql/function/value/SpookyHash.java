package io.lakesdk.query.sql.function.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first half of SpookyHash V2 with seeds of 0. */
public final class SpookyHash {

  private static final long MAGIC = 0xDEADBEEFDEADBEEFL;
  private static final int LANES = 12;
  private static final int BLOCK = LANES * Long.BYTES;
  private static final int[] MIX = {11, 32, 43, 31, 17, 28, 39, 57, 55, 54, 22, 46};
  private static final int[] END = {44, 15, 34, 21, 38, 33, 10, 13, 38, 53, 42, 54};
  private static final int[] SHORT_MIX = {50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36};
  private static final int[] SHORT_END = {15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63};

  private SpookyHash() {}

  public static long of(byte[] bytes) {
    return bytes.length < 2 * BLOCK ? ofShort(bytes) : ofLong(bytes);
  }

  private static long ofShort(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] h = {0, 0, MAGIC, MAGIC};
    while (in.remaining() >= 32) {
      h[2] += in.getLong();
      h[3] += in.getLong();
      shortMix(h);
      h[0] += in.getLong();
      h[1] += in.getLong();
    }
    if (in.remaining() >= 16) {
      h[2] += in.getLong();
      h[3] += in.getLong();
      shortMix(h);
    }
    int rest = in.remaining();
    ByteBuffer tail = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    tail.put(in);
    h[3] += (long) bytes.length << 56;
    if (rest == 0) {
      h[2] += MAGIC;
      h[3] += MAGIC;
    } else {
      h[2] += tail.getLong(0);
      h[3] += tail.getLong(8);
    }
    for (int i = 0; i < SHORT_END.length; i++) {
      int at = (i + 3) % 4;
      int from = (i + 2) % 4;
      h[at] ^= h[from];
      h[from] = Long.rotateLeft(h[from], SHORT_END[i]);
      h[at] += h[from];
    }
    return h[0];
  }

  private static void shortMix(long[] h) {
    for (int i = 0; i < SHORT_MIX.length; i++) {
      int at = (i + 2) % 4;
      int next = (i + 3) % 4;
      h[at] = Long.rotateLeft(h[at], SHORT_MIX[i]);
      h[at] += h[next];
      h[i % 4] ^= h[at];
    }
  }

  private static long ofLong(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] h = {0, 0, MAGIC, 0, 0, MAGIC, 0, 0, MAGIC, 0, 0, MAGIC};
    long[] data = new long[LANES];
    while (in.remaining() >= BLOCK) {
      for (int i = 0; i < LANES; i++) {
        data[i] = in.getLong();
      }
      mix(h, data);
    }
    int rest = in.remaining();
    ByteBuffer tail = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    tail.put(in);
    tail.put(BLOCK - 1, (byte) rest);
    for (int i = 0; i < LANES; i++) {
      h[i] += tail.getLong(i * Long.BYTES);
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < LANES; i++) {
        int added = (i + 11) % LANES;
        int xored = (i + 2) % LANES;
        int rotated = (i + 1) % LANES;
        h[added] += h[rotated];
        h[xored] ^= h[added];
        h[rotated] = Long.rotateLeft(h[rotated], END[i]);
      }
    }
    return h[0];
  }

  private static void mix(long[] h, long[] data) {
    for (int i = 0; i < LANES; i++) {
      h[i] += data[i];
      h[(i + 2) % LANES] ^= h[(i + 10) % LANES];
      h[(i + 11) % LANES] ^= h[i];
      h[i] = Long.rotateLeft(h[i], MIX[i]);
      h[(i + 11) % LANES] += h[(i + 1) % LANES];
    }
  }
}
