package io.lakesdk.storage.aws;

import com.google.common.hash.Hashing;
import io.lakesdk.storage.check.Checksums;
import io.lakesdk.storage.check.FileParts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects as files that stay while there is room: {@code objects/ab/abcd...} is an object, or parts
 * of one, under a name that its bucket, key and version make, and the file beside it says which
 * parts it has and what their CRC32C is. A file in use is a second link to the same bytes, so that
 * what is removed here can be read to its end, by whatever process. Used last is told by the time
 * of the file. Thread-safe, also with other processes.
 */
final class CachedObjects {

  private static final Logger LOG = LoggerFactory.getLogger(CachedObjects.class);
  private static final int BUFFER = 256 << 10;
  private static final int LOOKS = 8;
  private static final String SUM = ".crc";
  private static final String PARTS = "-";

  private final CacheFolder folder;
  private final long most;
  private final Clock clock;
  private final Set<String> verified = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private long addedSinceLook = Long.MAX_VALUE;

  CachedObjects(CacheFolder folder, long most, Clock clock) {
    this.folder = folder;
    this.most = most;
    this.clock = clock;
  }

  private Path file(String name) {
    return neighbours(name).resolve(name);
  }

  private Path neighbours(String name) {
    return folder.objects().resolve(name.substring(0, 2));
  }

  /** Makes a cached object readable at a new path; false if it is not in the cache. */
  boolean link(String name, Path at) throws IOException {
    Path file = file(name);
    try {
      join(file, at);
    } catch (NoSuchFileException absent) {
      return false;
    }
    if (!verified.contains(name)) {
      if (!isIntact(file, at)) {
        LOG.warn("A cached object was damaged and is fetched again");
        Files.deleteIfExists(at);
        remove(file);
        return false;
      }
      verified.add(name);
    }
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    } catch (NoSuchFileException removedMeanwhile) {
      LOG.trace("An object left the cache while it is used", removedMeanwhile);
    }
    return true;
  }

  /**
   * Parts of an object as a file.
   *
   * @param name in the cache
   * @param file of the object's size, to be deleted after use
   */
  record Parts(String name, Path file, FileParts parts) {}

  /** What the cache has of an object of which it does not have all. */
  List<Parts> parts(String object) throws IOException {
    List<Parts> found = new ArrayList<>();
    Path neighbours = neighbours(object);
    if (!Files.isDirectory(neighbours)) {
      return found;
    }
    for (Path file : CacheFolder.contents(neighbours)) {
      String name = file.getFileName().toString();
      if (name.startsWith(object + PARTS) && !name.endsWith(SUM)) {
        Path at = folder.incoming().resolve(name + "-" + UUID.randomUUID());
        Optional<FileParts> parts = link(name, at) ? described(file) : Optional.empty();
        if (parts.isPresent()) {
          found.add(new Parts(name, at, parts.get()));
        } else {
          Files.deleteIfExists(at);
        }
      }
    }
    return found;
  }

  /** The name of parts of an object; others have another. */
  static String nameOf(String object, FileParts parts) {
    return object + PARTS + Hashing.sha256().hashBytes(parts.describe(0));
  }

  private static Optional<FileParts> described(Path file) throws IOException {
    try {
      return FileParts.described(Files.readAllBytes(sumOf(file)));
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.empty();
    }
  }

  /** Lets go what others have too. */
  void forget(String name) throws IOException {
    remove(file(name));
  }

  /** Makes an object a file, and keeps it as far as it has room. */
  void store(InputStream content, String name, Path file) throws IOException {
    Path incoming = folder.incoming().resolve(name + "-" + UUID.randomUUID());
    try {
      Checksums sums = write(content, incoming);
      join(incoming, file);
      keep(name, incoming, FileParts.whole(sums.size()), sums.crc32c());
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** Keeps a verified file, of which nothing else is left then, as far as it has room. */
  void keep(String name, Path fetched, FileParts parts, int crc32c) throws IOException {
    if (parts.bytes() > most) {
      Files.delete(fetched);
      return;
    }
    Path file = file(name);
    Files.createDirectories(file.getParent());
    Path sum = Files.createTempFile(folder.incoming(), "sum", SUM);
    Files.write(sum, parts.describe(crc32c));
    Files.move(sum, sumOf(file), StandardCopyOption.ATOMIC_MOVE);
    Files.setLastModifiedTime(fetched, FileTime.from(clock.instant()));
    Files.move(fetched, file, StandardCopyOption.ATOMIC_MOVE);
    verified.add(name);
    makeRoom(parts.bytes());
  }

  /** A second name for the same bytes, or a copy of them where the file system has no links. */
  static void join(Path file, Path at) throws IOException {
    try {
      Files.createLink(at, file);
    } catch (UnsupportedOperationException none) {
      Files.copy(file, at);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    }
  }

  private static Path sumOf(Path file) {
    return file.resolveSibling(file.getFileName() + SUM);
  }

  private static boolean isIntact(Path file, Path link) throws IOException {
    try {
      return FileParts.isOf(Files.readAllBytes(sumOf(file)), link);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(sumOf(file));
  }

  private record Kept(Path file, long size, FileTime used) {}

  /** Looks through the folder once a part of its size was added, since others add too. */
  private void makeRoom(long added) throws IOException {
    synchronized (lock) {
      addedSinceLook = addedSinceLook > most ? addedSinceLook : addedSinceLook + added;
      if (addedSinceLook < most / LOOKS) {
        return;
      }
      addedSinceLook = 0;
      List<Kept> all = new ArrayList<>();
      long size = 0;
      for (Path part : CacheFolder.contents(folder.objects())) {
        for (Path file : CacheFolder.contents(part)) {
          if (!file.toString().endsWith(SUM)) {
            try {
              long bytes = FileParts.bytes(Files.readAllBytes(sumOf(file)));
              Kept one = new Kept(file, bytes, Files.getLastModifiedTime(file));
              all.add(one);
              size += one.size();
            } catch (NoSuchFileException removedMeanwhile) {
              LOG.trace("Another process removed {}", file, removedMeanwhile);
            }
          }
        }
      }
      all.sort(Comparator.comparing(Kept::used));
      long room = most - most / LOOKS;
      for (Kept one : all) {
        if (size <= room) {
          return;
        }
        remove(one.file());
        size -= one.size();
      }
    }
  }

  /** Copies content to a new file and gives its checksums. */
  static Checksums write(InputStream content, Path file) throws IOException {
    Checksums.Builder seen = Checksums.Builder.ofAll();
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        seen.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return seen.finish();
  }

  /** The checksums of a file. */
  static Checksums read(Path file) throws IOException {
    Checksums.Builder seen = Checksums.Builder.ofAll();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        seen.update(buffer, 0, read);
      }
    }
    return seen.finish();
  }
}
