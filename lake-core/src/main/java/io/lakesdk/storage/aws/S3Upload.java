package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.check.Checksums;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object on its way to S3. What fits in one part is written at once at the end; what does not is
 * a multipart upload from its second part on.
 */
final class S3Upload extends ObjectUpload {

  private static final int FIRST_BUFFER = 64 << 10;

  private enum State {
    OPEN,
    BROKEN,
    ENDED
  }

  private final S3Zone zone;
  private final S3Writes writes;
  private final S3Transfers transfers;
  private final String key;
  private final PutOptions options;
  private final Checksums.Builder seen = new Checksums.Builder();
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int buffered;
  private @Nullable S3Parts parts;
  private State state = State.OPEN;

  S3Upload(S3Zone zone, S3Writes writes, S3Transfers transfers, String key, PutOptions options) {
    this.zone = zone;
    this.writes = writes;
    this.transfers = transfers;
    this.key = key;
    this.options = options;
  }

  @Override
  public void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    seen.update(bytes, offset, length);
    int from = offset;
    int left = length;
    while (left > 0) {
      makeRoom();
      int now = Math.min(left, buffer.length - buffered);
      System.arraycopy(bytes, from, buffer, buffered, now);
      buffered += now;
      from += now;
      left -= now;
    }
  }

  private void makeRoom() {
    if (buffered < buffer.length) {
      return;
    }
    if (buffer.length < S3Parts.SIZE) {
      buffer = Arrays.copyOf(buffer, Math.min(S3Parts.SIZE, 4 * buffer.length));
      return;
    }
    sendPart();
  }

  private void sendPart() {
    state = State.BROKEN;
    if (parts == null) {
      parts = S3Parts.start(zone, writes, transfers, key, options);
    }
    buffer = parts.send(buffer, buffered);
    buffered = 0;
    state = State.OPEN;
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new InvalidDefinitionException(
          "write",
          zone.subject(key),
          state == State.BROKEN
              ? "an earlier part of this upload failed; start another upload"
              : "this upload was completed or closed");
    }
  }

  @Override
  public ObjectInfo complete() {
    requireOpen();
    boolean completed = false;
    try {
      if (parts != null) {
        sendPart();
      }
      state = State.ENDED;
      Checksums sums = seen.finish();
      sums.requireAsGiven(zone.subject(key), options);
      ObjectInfo info =
          parts == null
              ? writes.put(Call.COMPLETE_UPLOAD, key, buffer, buffered, sums, options)
              : parts.complete(sums);
      completed = true;
      return info;
    } finally {
      buffer = new byte[0];
      if (!completed && parts != null) {
        parts.abort();
      }
    }
  }

  @Override
  public void close() {
    if (state != State.ENDED) {
      state = State.ENDED;
      buffer = new byte[0];
      if (parts != null) {
        parts.abort();
      }
    }
  }
}
