package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.check.Fingerprint;
import java.io.IOException;
import java.util.Objects;

/** An object on its way into a blob, in parts of {@link Fingerprint.Builder#PART} bytes. */
final class EmbeddedUpload extends ObjectUpload {

  private static final int BUFFER = 128 << 10;

  private enum State {
    OPEN,
    BROKEN,
    ENDED
  }

  private final Zone zone;
  private final String key;
  private final PutOptions options;
  private final String place;
  private final Blobs.NewBlob blob;
  private final ObjectChanges changes;
  private final Seam seam;
  private final Fingerprint.Builder seen = Fingerprint.Builder.inParts();
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;
  private long inPart;
  private State state = State.OPEN;

  EmbeddedUpload(
      Zone zone, String key, PutOptions options, Blobs blobs, ObjectChanges changes, Seam seam)
      throws IOException {
    this.zone = zone;
    this.key = key;
    this.options = options;
    this.place = blobs.place();
    this.blob = blobs.create();
    this.changes = changes;
    this.seam = seam;
  }

  private Subject subject() {
    return Subject.object(zone, key);
  }

  @Override
  public void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    int from = offset;
    int left = length;
    while (left > 0) {
      int now = Math.min(left, BUFFER - buffered);
      System.arraycopy(bytes, from, buffer, buffered, now);
      buffered += now;
      from += now;
      left -= now;
      if (buffered == BUFFER) {
        drain();
      }
    }
  }

  /** A part is a whole number of buffers. */
  private void drain() {
    State before = state;
    state = State.BROKEN;
    try {
      blob.write(buffer, 0, buffered);
    } catch (IOException e) {
      throw Disk.translate("write", subject(), place, e);
    }
    seen.update(buffer, 0, buffered);
    inPart += buffered;
    buffered = 0;
    if (inPart == Fingerprint.Builder.PART) {
      endPart();
    }
    state = before;
  }

  private void endPart() {
    seam.run(Call.UPLOAD_PART, subject(), () -> {});
    inPart = 0;
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new InvalidDefinitionException(
          "write",
          subject(),
          state == State.BROKEN
              ? "an earlier part of this upload failed; start another upload"
              : "this upload was completed or closed");
    }
  }

  @Override
  public ObjectInfo complete() {
    requireOpen();
    drain();
    if (inPart > 0) {
      state = State.BROKEN;
      endPart();
    }
    state = State.ENDED;
    boolean[] entrusted = {false};
    try {
      return seam.call(
          Call.COMPLETE_UPLOAD,
          subject(),
          () -> {
            Fingerprint print = seen.finish();
            print.requireAsGiven(subject(), options);
            try {
              blob.seal();
            } catch (IOException e) {
              throw Disk.translate("write", subject(), place, e);
            }
            entrusted[0] = true;
            return changes.add(zone, key, options, print, blob);
          });
    } finally {
      if (!entrusted[0]) {
        blob.discard();
      }
    }
  }

  @Override
  public void close() {
    if (state != State.ENDED) {
      state = State.ENDED;
      blob.discard();
    }
  }
}
