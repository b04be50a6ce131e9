package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
import io.lakesdk.storage.check.Checksums;
import io.lakesdk.storage.check.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the bytes of each current object a second name that a person can read. The names follow the
 * index: a transaction that changes what a key shows notes that its name is stale, and the name is
 * renewed after the commit. A note is taken back by a later transaction, so that it costs none of
 * its own; notes that a dead process left are worked off when the lake is next opened.
 */
final class ReadableNames implements ObjectChanges.Names {

  private static final Logger LOG = LoggerFactory.getLogger(ReadableNames.class);
  private static final int TRIES = 10;

  private final Disk disk;
  private final LakeFolder folder;
  private final Owner owner;
  private final MetadataStore metadata;
  private final Places places;
  private final Queue<Long> renewed = new ConcurrentLinkedQueue<>();

  private record Stale(long id, Zone zone, String key) {}

  ReadableNames(Disk disk, LakeFolder folder, Owner owner, MetadataStore metadata) {
    this.disk = disk;
    this.folder = folder;
    this.owner = owner;
    this.metadata = metadata;
    this.places = new Places(folder.root());
  }

  @Override
  public void changed(Tx tx, Zone zone, byte[] key) {
    takeBack(tx);
    tx.update("INSERT INTO storage_stale_name(zone, key) VALUES (?, ?)", zone.name(), key);
    Stale stale = new Stale(tx.lastKey(), zone, Keys.decode(key));
    tx.afterCommit(() -> renew(stale));
  }

  private void takeBack(Tx tx) {
    for (Long id = renewed.poll(); id != null; id = renewed.poll()) {
      tx.update("DELETE FROM storage_stale_name WHERE id = ?", id);
    }
  }

  /** Renews the names that dead processes did not. */
  void repair() {
    List<Stale> left =
        metadata.read(
            tx ->
                tx.list(
                    "SELECT id, zone, key FROM storage_stale_name ORDER BY id",
                    row ->
                        new Stale(
                            row.number("id"),
                            new Zone(row.text("zone")),
                            Keys.decode(row.bytes("key")))));
    if (!left.isEmpty()) {
      left.forEach(this::renew);
      flush();
    }
  }

  /** Takes back what was renewed. */
  void flush() {
    if (!renewed.isEmpty()) {
      metadata.write(
          tx -> {
            takeBack(tx);
            return renewed.size();
          });
    }
  }

  private void renew(Stale stale) {
    try {
      Optional<String> shown = shown(stale);
      for (int i = 0; i < TRIES; i++) {
        show(stale.zone(), stale.key(), shown);
        Optional<String> now = shown(stale);
        if (now.equals(shown)) {
          renewed.add(stale.id());
          return;
        }
        shown = now;
      }
    } catch (IOException | LakeException e) {
      LOG.warn("A readable name in {} is stale until the lake is opened again", folder.root(), e);
    }
  }

  private Optional<String> shown(Stale stale) {
    byte[] key = Keys.require("name", stale.zone(), stale.key());
    return metadata.read(
        tx -> ObjectIndex.latest(tx, stale.zone(), key).flatMap(ObjectIndex.Entry::blob));
  }

  private void show(Zone zone, String key, Optional<String> blob) throws IOException {
    Optional<Path> plain = places.plain(zone, key);
    Path escaped = places.escaped(zone, key);
    boolean atPlain = false;
    if (blob.isPresent()) {
      Path bytes = folder.blob(blob.get());
      atPlain = plain.isPresent() && give(plain.get(), bytes);
      if (!atPlain && !give(escaped, bytes)) {
        LOG.warn("{} cannot hold readable names", places.zone(zone));
      }
    }
    if (plain.isPresent() && !atPlain) {
      take(plain.get());
    }
    if (blob.isEmpty() || atPlain) {
      take(escaped);
    }
  }

  /** Gives a file this name; false where something else is in the way. */
  private boolean give(Path name, Path bytes) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try {
        if (!makeParents(Disk.parent(name)) || Disk.isPlainFolder(name)) {
          return false;
        }
        Path draft = owner.files().resolve("name-" + ObjectChanges.newId());
        if (!disk.link(draft, bytes)) {
          disk.copy(bytes, draft);
        }
        try {
          disk.move(draft, name);
        } finally {
          // moving onto another name of the same file does nothing
          disk.delete(draft);
        }
        return true;
      } catch (NoSuchFileException e) {
        if (!Files.exists(bytes)) {
          return true; // replaced meanwhile, which the caller finds out
        }
        // a parent became empty and was removed; once more
      } catch (java.nio.file.FileSystemException tooLong) {
        return false;
      }
    }
    return false;
  }

  /** Never through a symbolic link, which might lead out of the lake. */
  private boolean makeParents(Path parent) throws IOException {
    Path at = folder.root();
    for (Path segment : folder.root().relativize(parent)) {
      at = at.resolve(segment);
      if (!Disk.isPlainFolder(at)) {
        try {
          disk.folder(at);
        } catch (FileAlreadyExistsException e) {
          if (!Disk.isPlainFolder(at)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void take(Path name) throws IOException {
    Path at = folder.root();
    for (Path segment : folder.root().relativize(Disk.parent(name))) {
      at = at.resolve(segment);
      if (!Disk.isPlainFolder(at)) {
        return;
      }
    }
    if (!Disk.isPlainFile(name)) {
      return;
    }
    disk.delete(name);
    try {
      for (Path p = Disk.parent(name); !p.equals(folder.root()); p = Disk.parent(p)) {
        disk.delete(p);
      }
    } catch (DirectoryNotEmptyException used) {
      // others still need it
    }
  }

  /**
   * Where in a lake's folder a key has its readable name: {@code <zone>/<key>} where that is a
   * plain path, and otherwise {@code <zone>/.lake/<hash>-<end of the key>}. No two keys share a
   * place.
   */
  static final class Places {

    private static final String HIDDEN = ".lake";
    private static final int LONGEST_SEGMENT = 255;
    private static final int HASH_DIGITS = 32;
    private static final int LONGEST_END = 80;

    private final Path root;

    Places(Path root) {
      this.root = root;
    }

    Path zone(Zone zone) {
      return root.resolve(zone.name());
    }

    /** Empty where the key cannot be a path, or a path that means something else. */
    Optional<Path> plain(Zone zone, String key) {
      for (String segment : key.split("/", -1)) {
        if (!isPlain(segment)) {
          return Optional.empty();
        }
      }
      try {
        return Optional.of(zone(zone).resolve(key));
      } catch (InvalidPathException notOnThisSystem) {
        return Optional.empty();
      }
    }

    private static boolean isPlain(String segment) {
      return !segment.isEmpty()
          && !segment.equals(".")
          && !segment.equals("..")
          && !segment.startsWith(HIDDEN)
          && segment.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SEGMENT
          && segment.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\');
    }

    Path escaped(Zone zone, String key) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      String hash = Checksums.of(bytes).sha256().orElseThrow().substring(0, HASH_DIGITS);
      String safe = key.replaceAll("[^A-Za-z0-9._=-]+", "_");
      String end = safe.substring(Math.max(0, safe.length() - LONGEST_END));
      return zone(zone).resolve(HIDDEN).resolve(hash + "-" + end);
    }
  }
}
