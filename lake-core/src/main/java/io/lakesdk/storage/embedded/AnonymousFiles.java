package io.lakesdk.storage.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files without a name: they take disk space while they are open, and nothing is left of them when
 * they are closed or the process ends, however it ends. Linux shows the open files of a process
 * below {@code /proc/self/fd}, where an engine in this process can open them once more.
 */
final class AnonymousFiles {

  static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private AnonymousFiles() {}

  /** A new, empty one. */
  static AnonymousFile create() throws IOException {
    String name = "lake-" + ObjectChanges.newId();
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
    RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
    try {
      Files.delete(file);
      return new AnonymousFile(name, open);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** Finds the paths of files that have none yet, by one look at the open files of the process. */
  static void locate(Collection<AnonymousFile> files) throws IOException {
    Map<String, AnonymousFile> wanted = new HashMap<>();
    for (AnonymousFile file : files) {
      if (!file.isLocated()) {
        wanted.put(file.name() + " (deleted)", file);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    List<Path> open;
    try (Stream<Path> all = Files.list(OPEN_FILES)) {
      open = all.toList();
    }
    for (Path path : open) {
      try {
        Path target = Files.readSymbolicLink(path).getFileName();
        AnonymousFile file = target == null ? null : wanted.get(target.toString());
        if (file != null) {
          file.locatedAt(path);
        }
      } catch (NoSuchFileException closedMeanwhile) {
        // another thread's
      }
    }
  }
}
