package io.lakesdk.storage.embedded;

import io.lakesdk.error.LakeException;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs to which the index no longer refers and whose files may still be leased, by any process.
 *
 * <p>A lease is a file whose name says the newest number that the garbage had before the lease
 * looked into the index. Garbage with a higher number may be in use by it, garbage with another
 * number is not; so it is removed when no lease with a lower number is left.
 */
final class Garbage {

  private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);
  private static final int BATCH = 1000;

  private final Disk disk;
  private final LakeFolder folder;
  private final Path leases;
  private final MetadataStore metadata;
  private final AtomicLong lastLease = new AtomicLong();

  private record Item(long number, String blob) {}

  Garbage(Disk disk, LakeFolder folder, Owner owner, MetadataStore metadata) {
    this.disk = disk;
    this.folder = folder;
    this.leases = owner.leases();
    this.metadata = metadata;
  }

  void add(Tx tx, List<String> blobs) {
    if (!blobs.isEmpty()) {
      for (String blob : blobs) {
        tx.update("INSERT INTO storage_garbage(blob) VALUES (?)", blob);
      }
      tx.afterCommit(this::sweep);
    }
  }

  /** Keeps what the index refers to from now on, until {@link #endLease}. */
  Path startLease() throws IOException {
    long newest =
        metadata.read(
            tx ->
                tx.first(
                        "SELECT seq FROM sqlite_sequence WHERE name = 'storage_garbage'",
                        row -> row.number("seq"))
                    .orElse(0L));
    Path lease = leases.resolve(newest + "-" + lastLease.incrementAndGet());
    disk.create(lease).close();
    return lease;
  }

  void endLease(Path lease) {
    try {
      disk.delete(lease);
    } catch (IOException e) {
      LOG.debug("A lease stays until the lake is closed", e);
    }
  }

  /** Removes the files that nobody can be using. */
  void sweep() {
    try {
      while (sweepBatch() == BATCH) {
        LOG.debug("Removed {} files that no object needs", BATCH);
      }
    } catch (IOException | LakeException e) {
      LOG.debug("Files that no object needs stay until the next removal", e);
    }
  }

  private int sweepBatch() throws IOException {
    List<Item> all =
        metadata.read(
            tx ->
                tx.list(
                    "SELECT id, blob FROM storage_garbage ORDER BY id LIMIT ?",
                    row -> new Item(row.number("id"), row.text("blob")),
                    BATCH));
    if (all.isEmpty()) {
      return 0;
    }
    long oldest = oldestLease();
    List<Item> unused = all.stream().filter(item -> item.number() <= oldest).toList();
    for (Item item : unused) {
      disk.delete(folder.blob(item.blob()));
    }
    if (!unused.isEmpty()) {
      long last = unused.get(unused.size() - 1).number();
      metadata.write(tx -> tx.update("DELETE FROM storage_garbage WHERE id <= ?", last));
    }
    return unused.size();
  }

  private long oldestLease() throws IOException {
    long oldest = Long.MAX_VALUE;
    for (Path owner : Owner.all(folder.staging())) {
      for (Path lease : Owner.contents(Owner.leases(owner))) {
        String name = lease.getFileName().toString();
        oldest = Math.min(oldest, Long.parseLong(name.substring(0, name.indexOf('-'))));
      }
    }
    return oldest;
  }
}
