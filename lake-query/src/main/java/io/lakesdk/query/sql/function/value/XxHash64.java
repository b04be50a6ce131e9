package io.lakesdk.query.sql.function.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The hash function XXH64 with seed 0. */
public final class XxHash64 {

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private XxHash64() {}

  public static long of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long hash = (bytes.length >= 32 ? stripes(in) : P5) + bytes.length;
    while (in.remaining() >= 8) {
      hash = Long.rotateLeft(hash ^ mixed(0, in.getLong()), 27) * P1 + P4;
    }
    if (in.remaining() >= 4) {
      hash = Long.rotateLeft(hash ^ (in.getInt() & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
    }
    while (in.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (in.get() & 0xFF) * P5, 11) * P1;
    }
    hash = (hash ^ hash >>> 33) * P2;
    hash = (hash ^ hash >>> 29) * P3;
    return hash ^ hash >>> 32;
  }

  private static long stripes(ByteBuffer in) {
    long[] lanes = {P1, P2, 0, -P1};
    lanes[0] += P2;
    while (in.remaining() >= 32) {
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = mixed(lanes[i], in.getLong());
      }
    }
    long hash = 0;
    for (int i = 0; i < lanes.length; i++) {
      hash += Long.rotateLeft(lanes[i], new int[] {1, 7, 12, 18}[i]);
    }
    for (long lane : lanes) {
      hash = (hash ^ mixed(0, lane)) * P1 + P4;
    }
    return hash;
  }

  private static long mixed(long lane, long value) {
    return Long.rotateLeft(lane + value * P2, 31) * P1;
  }
}
