package io.lakesdk.storage.embedded;

import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.check.Keys;
import io.lakesdk.storage.check.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** Finds what is to be leased and verifies it, once for each blob in the life of an open lake. */
final class LeasedObjects {

  private static final int BUFFER = 256 << 10;

  private final MetadataStore metadata;
  private final Blobs blobs;
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  /** An object and its bytes. */
  record Leased(ObjectRef ref, ObjectInfo info, String blob) {}

  LeasedObjects(MetadataStore metadata, Blobs blobs) {
    this.metadata = metadata;
    this.blobs = blobs;
  }

  /** What the index says of them now; all of them, or {@link NotFoundException}. */
  Map<ObjectRef, Leased> find(Collection<ObjectRef> refs) {
    return metadata.read(
        tx -> {
          Map<ObjectRef, Leased> found = new LinkedHashMap<>();
          for (ObjectRef ref : refs) {
            byte[] key = Keys.require("read", ref.zone(), ref.key());
            ObjectIndex.Entry entry =
                ObjectIndex.version(tx, ref.zone(), key, ref.version())
                    .filter(e -> !e.isMarker())
                    .orElseThrow(
                        () ->
                            new NotFoundException("read", subject(ref), "it has no such version"));
            found.put(ref, new Leased(ref, entry.info(), entry.blob().orElseThrow()));
          }
          return found;
        });
  }

  void verify(Collection<Leased> leased) {
    leased.parallelStream().filter(one -> !verified.contains(one.blob())).forEach(this::verify);
  }

  private void verify(Leased leased) {
    CRC32C crc = new CRC32C();
    long size = 0;
    try (InputStream in = blobs.open(leased.blob(), 0, Long.MAX_VALUE)) {
      byte[] buffer = new byte[(int) Math.min(BUFFER, leased.info().size() + 1)];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
        size += read;
      }
    } catch (IOException e) {
      throw Disk.lost("read", subject(leased.ref()), blobs.place(), e);
    }
    if (size != leased.info().size()
        || (int) crc.getValue() != leased.info().crc32c().orElseThrow()) {
      throw VerifiedStream.damaged(subject(leased.ref()));
    }
    verified.add(leased.blob());
  }

  private static Subject subject(ObjectRef ref) {
    return Subject.object(ref.zone(), ref.key());
  }
}
