package io.lakesdk.storage.embedded;

import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectVersion;
import java.util.Optional;

/**
 * One version in the index.
 *
 * @param sequence versions of a key are ordered by it
 * @param latest whether it is what a reader of the key sees
 * @param blob its bytes; empty for a delete marker
 */
record IndexEntry(long sequence, ObjectInfo info, boolean latest, Optional<String> blob) {

  boolean isMarker() {
    return blob.isEmpty();
  }

  Fingerprint fingerprint() {
    return new Fingerprint(info.size(), info.etag(), info.crc32c(), info.sha256());
  }

  ObjectVersion toVersion() {
    return new ObjectVersion(
        info.key(),
        info.version(),
        isMarker() ? ObjectVersion.Kind.DELETE_MARKER : ObjectVersion.Kind.CONTENT,
        latest ? ObjectVersion.State.LATEST : ObjectVersion.State.EARLIER,
        info.size(),
        info.modified());
  }
}
