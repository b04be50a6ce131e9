package io.lakesdk.storage.aws;

import io.lakesdk.error.LakeException;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A large object, or a large range of one, of which chunks are fetched side by side ahead of the
 * reader. It begins with one answer, and chunks start once the reader has shown that it reads on
 * and the connection that it is slow; where the lake's memory for chunks is in use, it goes on with
 * one answer.
 */
final class S3Lanes extends InputStream {

  /** Shorter content comes in one answer. */
  static final long LEAST = 4L * S3Transfers.PART;

  private static final int LANES = 4;
  private static final int FIRST = 1 << 20;

  private final S3Reads reads;
  private final S3Transfers transfers;
  private final Clock clock;
  private final String key;
  private final ReadOptions pinned;
  private final long end;
  private final long shown;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private S3Reads.@Nullable Answer answer;
  private long position;
  private long fromAnswer;
  private Duration waited = Duration.ZERO;
  private long planned;
  private boolean closed;

  /** A chunk on its way, or come. */
  private final class Chunk {
    private final long start;
    private final int length;
    private final byte[] buffer = transfers.buffer();
    private final FutureTask<Integer> task = new FutureTask<>(this::fetch);
    private int used;

    Chunk(long start, int length) {
      this.start = start;
      this.length = length;
    }

    private Integer fetch() throws IOException {
      try (InputStream in = reads.range(key, pinned, start, length)) {
        int read = in.readNBytes(buffer, 0, length);
        if (read < length) {
          throw new IOException("S3 ended its answer early");
        }
        return read;
      }
    }
  }

  /**
   * @param answer to the request for all from {@code start}
   * @param start of the range
   * @param length of the range
   */
  S3Lanes(
      S3Reads reads,
      S3Transfers transfers,
      Clock clock,
      String key,
      ObjectInfo info,
      S3Reads.Answer answer,
      long start,
      long length) {
    this.reads = reads;
    this.transfers = transfers;
    this.clock = clock;
    this.key = key;
    this.pinned =
        new ReadOptions(Optional.empty(), Optional.of(info.version()), Optional.of(info.etag()));
    this.answer = answer;
    this.position = start;
    this.end = start + length;
    this.planned = start + S3Transfers.PART;
    this.shown = start + FIRST;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (closed) {
      throw new IOException("The content was closed");
    }
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    if (!chunks.isEmpty() || (position >= shown && isSlow())) {
      startChunks();
    }
    int read =
        chunks.isEmpty() || position < chunks.getFirst().start
            ? fromAnswer(into, offset, length)
            : fromChunk(chunks.getFirst(), into, offset, length);
    position += Math.max(0, read);
    return read;
  }

  /** Whether one connection gives less than this machine could take. */
  private boolean isSlow() {
    return transfers.isSlow(fromAnswer, waited);
  }

  private void startChunks() {
    while (chunks.size() < LANES && planned < end && transfers.tryReserve()) {
      Chunk chunk = new Chunk(planned, (int) Math.min(S3Transfers.PART, end - planned));
      planned += chunk.length;
      chunks.add(chunk);
      transfers.start(chunk.task);
    }
  }

  private int fromAnswer(byte[] into, int offset, int length) throws IOException {
    S3Reads.Answer open = answer;
    if (open == null) {
      open = reads.range(key, pinned, position, end - position);
      answer = open;
    }
    if (position >= planned) {
      // no chunk could be started, so that the answer goes on for another
      planned += S3Transfers.PART;
    }
    long until = chunks.isEmpty() ? planned : chunks.getFirst().start;
    Instant before = clock.instant();
    int read = open.read(into, offset, (int) Math.min(length, Math.min(until, end) - position));
    waited = waited.plus(Duration.between(before, clock.instant()));
    fromAnswer += Math.max(0, read);
    return read;
  }

  private int fromChunk(Chunk chunk, byte[] into, int offset, int length) throws IOException {
    if (answer != null) {
      answer.close();
      answer = null;
    }
    int available = await(chunk);
    int now = Math.min(length, available - chunk.used);
    System.arraycopy(chunk.buffer, chunk.used, into, offset, now);
    chunk.used += now;
    if (chunk.used == chunk.length) {
      chunks.removeFirst();
      transfers.recycle(chunk.buffer);
      transfers.release();
    }
    return now;
  }

  private static int await(Chunk chunk) throws IOException {
    try {
      return chunk.task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LakeException known) {
        throw known;
      }
      throw new IOException("A part of the object could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the thread was interrupted");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (answer != null) {
      answer.close();
      answer = null;
    }
    for (Chunk chunk : chunks) {
      chunk.task.cancel(true);
      transfers.release();
    }
    chunks.clear();
  }
}
