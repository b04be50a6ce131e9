package io.lakesdk.storage.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of a cache. {@code objects} is shared by all lakes and processes that use the cache;
 * {@code run/...} is of one open lake: it holds what is leased, staged and spilled, and goes with
 * it. The owner of such a folder holds a lock on a file beside it, which the system lets go when
 * the process ends, so that others know what a killed one left.
 */
final class CacheFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
  private static final String LOCK = ".lock";

  private final Path root;
  private final boolean temporary;
  private final Path run;
  private final FileChannel lock;

  private CacheFolder(Path root, boolean temporary, Path run, FileChannel lock) {
    this.root = root;
    this.temporary = temporary;
    this.run = run;
    this.lock = lock;
  }

  static CacheFolder open(AwsSettings.Cache settings) {
    try {
      boolean temporary = settings.folder().isEmpty();
      Path root =
          temporary
              ? Files.createTempDirectory("lake-cache-")
              : Files.createDirectories(settings.folder().get());
      root = root.toRealPath();
      Path runs = Files.createDirectories(root.resolve("run"));
      Files.createDirectories(root.resolve("objects"));
      removeDead(runs);
      String name = thisProcess() + "-" + UUID.randomUUID();
      FileChannel lock =
          FileChannel.open(
              runs.resolve(name + LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      CacheFolder folder = new CacheFolder(root, temporary, runs.resolve(name), lock);
      boolean opened = false;
      try {
        lock.lock();
        for (String part : List.of("leased", "stage", "spill", "incoming")) {
          Files.createDirectories(folder.run.resolve(part));
        }
        opened = true;
        return folder;
      } finally {
        if (!opened) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw failed("use", Subject.option("cache"), settings.folder().orElse(null), e);
    }
  }

  /** This process as others can tell it from a later one with the same number. */
  private static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid()
        + "-"
        + self.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  private static void removeDead(Path runs) throws IOException {
    for (Path folder : contents(runs)) {
      String name = folder.getFileName().toString();
      if (name.endsWith(LOCK) || name.startsWith(thisProcess())) {
        continue;
      }
      Path file = runs.resolve(name + LOCK);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock taken = channel.tryLock()) {
        if (taken != null) {
          erase(folder);
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        LOG.debug("What a lake left in {} is looked at again later", folder, e);
      }
    }
  }

  static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Removes a folder and all in it, as far as it is there. */
  static void erase(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      LOG.trace("{} is gone already", folder, gone);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  Path root() {
    return root;
  }

  /** What is kept while nobody reads it. */
  Path objects() {
    return root.resolve("objects");
  }

  /** All that an engine reads and writes. */
  Path run() {
    return run;
  }

  Path leased() {
    return run.resolve("leased");
  }

  Path stage() {
    return run.resolve("stage");
  }

  Path spill() {
    return run.resolve("spill");
  }

  /** Files that are being fetched. */
  Path incoming() {
    return run.resolve("incoming");
  }

  UnavailableException failed(String verb, Subject subject, IOException e) {
    return failed(verb, subject, root, e);
  }

  private static UnavailableException failed(
      String verb, Subject subject, @Nullable Path root, IOException e) {
    return new UnavailableException(
        verb,
        subject,
        "reading or writing in the cache"
            + (root == null ? "" : " " + root)
            + " failed; look at its disk, or choose another folder with AwsSettings...cache(...)",
        e);
  }

  @Override
  public void close() {
    try {
      erase(temporary ? root : run);
      if (!temporary) {
        Files.deleteIfExists(run.resolveSibling(run.getFileName() + LOCK));
      }
    } catch (IOException e) {
      LOG.warn("What this lake had in {} is removed by the next that uses it", root, e);
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.debug("The lock of {} ends with the process", run, e);
      }
    }
  }
}
