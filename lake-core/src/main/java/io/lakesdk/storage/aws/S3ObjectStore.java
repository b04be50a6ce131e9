package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListPage;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.check.Checksums;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** The objects of one zone of a lake on S3. */
final class S3ObjectStore implements ObjectStore {

  private final S3Zone zone;
  private final S3Transfers transfers;
  private final S3Reads reads;
  private final S3Writes writes;

  S3ObjectStore(S3Zone zone, S3Transfers transfers) {
    this.zone = zone;
    this.transfers = transfers;
    this.reads = new S3Reads(zone, transfers);
    this.writes = new S3Writes(zone);
  }

  /** How errors name an object. */
  Subject subject(String key) {
    return zone.subject(key);
  }

  @Override
  public ObjectInfo put(String key, byte[] content, PutOptions options) {
    zone.inBucket("write", key);
    Checksums sums = Checksums.of(content);
    sums.requireAsGiven(zone.subject(key), options);
    return writes.put(
        Call.PUT_OBJECT, key, new Part.InMemory(content, content.length), sums, options);
  }

  @Override
  public ObjectUpload upload(String key, PutOptions options) {
    zone.inBucket("write", key);
    return new S3Upload(zone, writes, transfers, key, options);
  }

  /** Makes a file an object, whose checksums are known. */
  ObjectInfo putFile(Call call, String key, Path file, Checksums sums, PutOptions options) {
    zone.inBucket("write", key);
    if (sums.size() <= S3Transfers.PART) {
      return writes.put(call, key, new Part.InFile(file, 0, sums.size()), sums, options);
    }
    S3Parts parts =
        S3Parts.start(
            zone, writes, transfers, key, sums.sha256().map(options::sha256).orElse(options));
    boolean completed = false;
    try {
      long size = Math.max(S3Transfers.PART, sums.size() / S3Parts.MOST + 1);
      for (long at = 0; at < sums.size(); at += size) {
        parts.send(new Part.InFile(file, at, Math.min(size, sums.size() - at)), () -> {});
      }
      ObjectInfo info = parts.complete(call, sums);
      completed = true;
      return info;
    } finally {
      if (!completed) {
        parts.abort();
      }
    }
  }

  @Override
  public ObjectContent get(String key, ReadOptions options) {
    return reads.get(key, options);
  }

  /** The last bytes of an object, or all of it where it is shorter. */
  ObjectContent end(String key, ReadOptions options, int length) {
    try {
      return reads.get(key, options.range(-length, length));
    } catch (InvalidDefinitionException perhapsEmpty) {
      // an empty object has no last byte
      return reads.get(key, options);
    }
  }

  @Override
  public ObjectInfo head(String key, ReadOptions options) {
    return reads.info(key, options);
  }

  @Override
  public ListPage list(ListOptions options) {
    return new S3Listing(zone, options).ask().page();
  }

  @Override
  public Stream<ListedObject> all(String prefix) {
    return new S3Listing.Pages(zone, transfers, ListOptions.prefix(prefix)).objects();
  }

  @Override
  public Stream<ObjectVersion> versions(String prefix) {
    return new S3Versions(zone).all(prefix);
  }

  @Override
  public ObjectInfo copy(
      String source, ReadOptions sourceOptions, String target, PutOptions options) {
    return new S3Copies(zone, reads, writes, transfers)
        .copy(source, sourceOptions, target, options);
  }

  @Override
  public void delete(String key) {
    new S3Deletes(zone).hide(key);
  }

  @Override
  public void deleteVersion(String key, String version) {
    new S3Deletes(zone).remove(key, version);
  }

  @Override
  public Map<String, String> deleteAll(Collection<String> keys) {
    return new S3Deletes(zone).hideAll(keys);
  }
}
