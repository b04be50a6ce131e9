package io.lakesdk.storage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one open lake inside {@code .lake/staging}, for what it has in the making: others
 * leave it alone while its owner lives. The owner holds a file lock in it, which the system lets go
 * when the process ends, however it ends.
 *
 * <p>Within one process locks cannot be asked about, because closing a file lets go of all locks
 * that the process has on it. So the folder's name starts with the process, and a process takes all
 * of its own owners for living.
 */
final class Owner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);
  private static final String LOCK = "lock";

  private final Disk disk;
  private final Path folder;
  private final FileChannel lock;

  private Owner(Disk disk, Path folder, FileChannel lock) {
    this.disk = disk;
    this.folder = folder;
    this.lock = lock;
  }

  /** This process as others can tell it from a later one with the same number. */
  static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid()
        + "-"
        + self.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  /** Makes a folder of one's own. Only while nobody looks for dead owners. */
  static Owner claim(Disk disk, Path staging, String process) throws IOException {
    Path folder = staging.resolve(process + "-" + ObjectChanges.newId().substring(0, 8));
    disk.folder(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Owner owner = new Owner(disk, folder, lock);
    boolean claimed = false;
    try {
      lock.lock();
      for (Path part : List.of(inflight(folder), leases(folder), owner.files(), owner.spill())) {
        disk.folder(part);
      }
      claimed = true;
      return owner;
    } finally {
      if (!claimed) {
        lock.close();
      }
    }
  }

  /** Blobs that the index may not refer to yet. */
  static Path inflight(Path owner) {
    return owner.resolve("inflight");
  }

  /** One file for each open lease. */
  static Path leases(Path owner) {
    return owner.resolve("leases");
  }

  Path inflight() {
    return inflight(folder);
  }

  Path leases() {
    return leases(folder);
  }

  Path files() {
    return folder.resolve("files");
  }

  Path spill() {
    return folder.resolve("spill");
  }

  Path folder() {
    return folder;
  }

  static List<Path> all(Path staging) throws IOException {
    try (Stream<Path> owners = Files.list(staging)) {
      return owners.filter(Disk::isPlainFolder).toList();
    }
  }

  static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  /** Whether the owner of this folder is gone, as far as this process can know. */
  static boolean isDead(Path owner, String process) throws IOException {
    if (owner.getFileName().toString().startsWith(process + "-")) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(owner.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (NoSuchFileException neverLockedOrLeaving) {
      return true;
    } catch (OverlappingFileLockException mine) {
      return false;
    }
  }

  /** Removes an owner's folder, unless it still shows which blobs are to be settled. */
  static void eraseSettled(Disk disk, Path owner) throws IOException {
    if (contents(inflight(owner)).isEmpty()) {
      erase(disk, owner);
    }
  }

  static void erase(Disk disk, Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        disk.delete(path);
      }
    } catch (NoSuchFileException | UncheckedIOException somebodyElseDoes) {
      // two may clean up at once
    }
  }

  /** {@link #close}, where what stays behind is somebody else's to remove. */
  void leave() {
    try {
      close();
    } catch (IOException e) {
      LOG.warn("{} stays until the lake is next opened", folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      eraseSettled(disk, folder);
    } finally {
      lock.close();
    }
  }
}
