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
import org.jspecify.annotations.Nullable;

/**
 * Files without a name: they take disk space while they are open, and nothing is left of them when
 * they are closed or the process ends, however it ends. Linux shows the open files of a process
 * below {@code /proc/self/fd}, where an engine in this process can open them once more.
 */
final class AnonymousFiles implements TemporaryFiles {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  static boolean areSupported() {
    return Files.isDirectory(OPEN_FILES);
  }

  @Override
  public TemporaryFiles.TemporaryFile create() throws IOException {
    String name = "lake-" + ObjectChanges.newId();
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
    RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
    try {
      Files.delete(file);
      return new Anonymous(name, open);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public List<Path> folders() {
    return List.of(OPEN_FILES);
  }

  /**
   * By one look at the open files of the process. One caller at a time: as soon as a file's path is
   * known an engine may open it once more, and whoever looked then would see both.
   */
  @Override
  public synchronized void locate(Collection<TemporaryFiles.TemporaryFile> files)
      throws IOException {
    Map<String, Anonymous> wanted = new HashMap<>();
    for (TemporaryFiles.TemporaryFile file : files) {
      if (file instanceof Anonymous anonymous && anonymous.path == null) {
        wanted.put(anonymous.name + " (deleted)", anonymous);
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
        Anonymous file = target == null ? null : wanted.get(target.toString());
        if (file != null) {
          file.path = path;
        }
      } catch (NoSuchFileException closedMeanwhile) {
        // another thread's
      }
    }
  }

  /** Each is closed by whoever made it. */
  @Override
  public void close() {}

  private final class Anonymous extends TemporaryFiles.TemporaryFile {
    private final String name;
    private volatile @Nullable Path path;

    Anonymous(String name, RandomAccessFile handle) {
      super(handle);
      this.name = name;
    }

    @Override
    Path path() throws IOException {
      locate(List.of(this));
      Path found = path;
      if (found == null) {
        throw new IOException("the operating system does not show an open file");
      }
      return found;
    }
  }
}
