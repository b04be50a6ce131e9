package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListPage;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.check.Fingerprint;
import io.lakesdk.storage.check.Keys;
import io.lakesdk.storage.check.VerifiedStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of one zone of an embedded lake. */
final class EmbeddedObjectStore implements ObjectStore {

  private static final int BUFFER = 64 << 10;
  private static final int PAGE = 1000;

  private final Zone zone;
  private final MetadataStore metadata;
  private final Blobs blobs;
  private final ObjectChanges changes;
  private final Seam seam;

  EmbeddedObjectStore(
      Zone zone, MetadataStore metadata, Blobs blobs, ObjectChanges changes, Seam seam) {
    this.zone = zone;
    this.metadata = metadata;
    this.blobs = blobs;
    this.changes = changes;
    this.seam = seam;
  }

  private Subject subject(String key) {
    return Subject.object(zone, key);
  }

  @Override
  public ObjectInfo put(String key, byte[] content, PutOptions options) {
    Keys.require("write", zone, key);
    return seam.call(
        Call.PUT_OBJECT,
        subject(key),
        () -> {
          Fingerprint.Builder seen = Fingerprint.Builder.whole();
          seen.update(content, 0, content.length);
          Fingerprint print = seen.finish();
          print.requireAsGiven(subject(key), options);
          Blobs.NewBlob blob = write(key, content);
          return changes.add(zone, key, options, print, blob);
        });
  }

  private Blobs.NewBlob write(String key, byte[] content) {
    try {
      Blobs.NewBlob blob = blobs.create();
      boolean sealed = false;
      try {
        blob.write(content, 0, content.length);
        blob.seal();
        sealed = true;
        return blob;
      } finally {
        if (!sealed) {
          blob.discard();
        }
      }
    } catch (IOException e) {
      throw Disk.translate("write", subject(key), blobs.place(), e);
    }
  }

  @Override
  public ObjectUpload upload(String key, PutOptions options) {
    Keys.require("write", zone, key);
    return seam.call(
        Call.OPEN_UPLOAD,
        subject(key),
        () -> {
          try {
            return new EmbeddedUpload(zone, key, options, blobs, changes, seam);
          } catch (IOException e) {
            throw Disk.translate("write", subject(key), blobs.place(), e);
          }
        });
  }

  @Override
  public ObjectContent get(String key, ReadOptions options) {
    return seam.call(Call.GET_OBJECT, subject(key), () -> open(key, options));
  }

  private ObjectContent open(String key, ReadOptions options) {
    ObjectIndex.Entry entry = find("read", key, options);
    while (true) {
      try {
        return content(key, entry, options);
      } catch (NoSuchFileException gone) {
        // deleted between the look into the index and the opening, or lost
        ObjectIndex.Entry again = find("read", key, options);
        if (again.blob().equals(entry.blob())) {
          throw Disk.lost("read", subject(key), blobs.place(), gone);
        }
        entry = again;
      } catch (IOException e) {
        throw Disk.translate("read", subject(key), blobs.place(), e);
      }
    }
  }

  private ObjectContent content(String key, ObjectIndex.Entry entry, ReadOptions options)
      throws IOException {
    ObjectInfo info = entry.info();
    String blob = entry.blob().orElseThrow();
    long offset = 0;
    long length = info.size();
    if (options.range().isPresent()) {
      ReadOptions.Range range = options.range().get();
      offset = range.offset() < 0 ? Math.max(0, info.size() + range.offset()) : range.offset();
      if (offset >= info.size()) {
        throw new InvalidDefinitionException(
            "read",
            subject(key),
            "the range starts at byte " + offset + " and the object has " + info.size());
      }
      length = Math.min(range.length(), info.size() - offset);
    }
    InputStream bytes =
        new BufferedInputStream(
            blobs.open(blob, offset, length), (int) Math.max(1, Math.min(BUFFER, length)));
    return new ObjectContent(
        info, length == info.size() ? new VerifiedStream(subject(key), info, bytes) : bytes);
  }

  @Override
  public ObjectInfo head(String key, ReadOptions options) {
    return seam.call(Call.HEAD_OBJECT, subject(key), () -> find("read", key, options).info());
  }

  private ObjectIndex.Entry find(String verb, String key, ReadOptions options) {
    byte[] bytes = Keys.require(verb, zone, key);
    Optional<ObjectIndex.Entry> found =
        metadata.read(
            tx ->
                options.version().isPresent()
                    ? ObjectIndex.version(tx, zone, bytes, options.version().get())
                    : ObjectIndex.latest(tx, zone, bytes));
    ObjectIndex.Entry entry =
        found
            .filter(e -> !e.isMarker())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        verb,
                        subject(key),
                        options.version().isPresent()
                            ? "it has no such version"
                            : "it does not exist"));
    if (options.ifMatch().isPresent() && !options.ifMatch().get().equals(entry.info().etag())) {
      throw new ConflictException(
          verb, subject(key), "its ETag is another, so somebody wrote it meanwhile");
    }
    return entry;
  }

  @Override
  public ListPage list(ListOptions options) {
    return seam.call(
        Call.LIST_OBJECTS,
        subject(options.prefix()),
        () -> metadata.read(tx -> new Listing(zone, options).page(tx)));
  }

  @Override
  public Stream<ObjectVersion> versions(String prefix) {
    byte[] first = Keys.encode("list", zone, prefix);
    byte[] before = Keys.after(first);
    return Stream.iterate(
            page(prefix, first, Long.MAX_VALUE, before),
            page -> !page.isEmpty(),
            page -> {
              ObjectIndex.Entry last = page.get(page.size() - 1);
              return page.size() < PAGE
                  ? List.of()
                  : page(
                      prefix,
                      Keys.encode("list", zone, last.info().key()),
                      last.sequence(),
                      before);
            })
        .flatMap(page -> page.stream().map(ObjectIndex.Entry::toVersion));
  }

  private List<ObjectIndex.Entry> page(String prefix, byte[] from, long sequence, byte[] before) {
    return seam.call(
        Call.LIST_OBJECTS,
        subject(prefix),
        () -> metadata.read(tx -> ObjectIndex.versions(tx, zone, from, sequence, before, PAGE)));
  }

  @Override
  public ObjectInfo copy(
      String source, ReadOptions sourceOptions, String target, PutOptions options) {
    if (sourceOptions.range().isPresent()) {
      throw new InvalidDefinitionException(
          "copy", subject(source), "only a whole object is copied; leave out the range");
    }
    Keys.require("write", zone, target);
    return seam.call(
        Call.COPY_OBJECT,
        subject(target),
        () -> {
          ObjectIndex.Entry entry = find("copy", source, sourceOptions);
          entry.fingerprint().requireAsGiven(subject(target), options);
          return changes.copy(zone, entry, target, options);
        });
  }

  @Override
  public void delete(String key) {
    Keys.require("delete", zone, key);
    seam.run(Call.DELETE_OBJECT, subject(key), () -> changes.hide(zone, List.of(key)));
  }

  @Override
  public void deleteVersion(String key, String version) {
    Keys.require("delete", zone, key);
    seam.run(Call.DELETE_OBJECT, subject(key), () -> changes.remove(zone, key, version));
  }

  @Override
  public Map<String, String> deleteAll(Collection<String> keys) {
    Map<String, String> refused = new LinkedHashMap<>();
    List<String> good =
        keys.stream()
            .distinct()
            .filter(
                key -> {
                  try {
                    Keys.require("delete", zone, key);
                    return true;
                  } catch (InvalidDefinitionException e) {
                    refused.put(key, e.getMessage());
                    return false;
                  }
                })
            .toList();
    if (!good.isEmpty()) {
      try {
        seam.run(Call.DELETE_OBJECT, Subject.zone(zone), () -> changes.hide(zone, good));
      } catch (LakeException e) {
        good.forEach(key -> refused.put(key, e.getMessage()));
      }
    }
    return refused;
  }
}
