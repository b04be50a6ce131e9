package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.check.Checksums;
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
  private final Checksums.Builder seen;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int buffered;
  private @Nullable S3Parts parts;
  private Part.@Nullable Spooled spooled;
  private State state = State.OPEN;

  S3Upload(S3Zone zone, S3Writes writes, S3Transfers transfers, String key, PutOptions options) {
    this.zone = zone;
    this.writes = writes;
    this.transfers = transfers;
    this.key = key;
    this.options = options;
    this.seen = Checksums.Builder.ofGiven(options);
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
    if (buffer.length < S3Transfers.PART) {
      byte[] larger =
          4 * buffer.length < S3Transfers.PART ? new byte[4 * buffer.length] : transfers.buffer();
      System.arraycopy(buffer, 0, larger, 0, buffered);
      buffer = larger;
      return;
    }
    sendBuffer();
  }

  /** Sends what is buffered as a part, or adds it to one that is larger than a buffer. */
  private void sendBuffer() {
    state = State.BROKEN;
    S3Parts open = parts;
    if (open == null) {
      open = S3Parts.start(zone, writes, transfers, key, options);
      parts = open;
    }
    long size = transfers.partSize(open.next());
    if (size <= S3Transfers.PART && spooled == null) {
      byte[] full = buffer;
      buffer = new byte[0];
      open.send(new Part.InMemory(full, buffered), () -> transfers.recycle(full));
      buffer = transfers.buffer();
    } else {
      spool(open, size);
    }
    buffered = 0;
    state = State.OPEN;
  }

  private void spool(S3Parts open, long size) {
    Part.Spooled part = spooled;
    if (part == null) {
      part = Part.Spooled.create(zone.subject(key));
      spooled = part;
    }
    part.add(buffer, buffered);
    if (part.length() >= size) {
      sendSpooled(open, part);
    }
  }

  private void sendSpooled(S3Parts open, Part.Spooled part) {
    Part sealed = part.seal();
    spooled = null;
    open.send(sealed, part::discard);
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
      sendRest();
      Checksums sums = parts == null ? Checksums.of(buffer, buffered) : seen.finish();
      sums.requireAsGiven(zone.subject(key), options);
      ObjectInfo info =
          parts == null
              ? writes.put(
                  Call.COMPLETE_UPLOAD, key, new Part.InMemory(buffer, buffered), sums, options)
              : parts.complete(Call.COMPLETE_UPLOAD, sums);
      completed = true;
      return info;
    } finally {
      end(completed);
    }
  }

  private void sendRest() {
    S3Parts open = parts;
    if (open == null) {
      return;
    }
    if (buffered > 0) {
      sendBuffer();
    }
    if (spooled != null) {
      sendSpooled(open, spooled);
    }
  }

  private void end(boolean completed) {
    state = State.ENDED;
    transfers.recycle(buffer);
    buffer = new byte[0];
    if (spooled != null) {
      spooled.discard();
      spooled = null;
    }
    if (!completed && parts != null) {
      parts.abort();
    }
  }

  @Override
  public void close() {
    if (state != State.ENDED) {
      end(false);
    }
  }
}
