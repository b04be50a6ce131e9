package io.lakesdk.storage.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a folder of their own among the temporary ones, for systems where a file needs a name.
 * The folder goes when it is closed or the process ends; where the process was killed, it goes when
 * such files are next wanted.
 */
final class NamedFiles implements TemporaryFiles {

  private static final Logger LOG = LoggerFactory.getLogger(NamedFiles.class);
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Disk disk = new Disk(Disk.Steps.UNWATCHED);
  private final Path all;
  private final String process;
  private final Thread atExit = new Thread(this::erase, "removes the files of a lake in memory");
  private @Nullable Owner owner;

  NamedFiles() {
    this(Path.of(System.getProperty("java.io.tmpdir"), "lake-in-memory"), Owner.thisProcess());
  }

  NamedFiles(Path all, String process) {
    this.all = all;
    this.process = process;
  }

  private synchronized Owner owner() throws IOException {
    Owner existing = owner;
    if (existing != null) {
      return existing;
    }
    IN_THIS_PROCESS.lock();
    try {
      Files.createDirectories(all);
      try (FileChannel alone =
          FileChannel.open(
              all.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        alone.lock();
        for (Path other : Owner.all(all)) {
          if (Owner.isDead(other, process)) {
            Owner.erase(disk, other);
          }
        }
        Owner made = Owner.claim(disk, all, process);
        owner = made;
        Runtime.getRuntime().addShutdownHook(atExit);
        return made;
      }
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  @Override
  public TemporaryFiles.TemporaryFile create() throws IOException {
    Path path = owner().files().resolve(ObjectChanges.newId());
    return new Named(path, new RandomAccessFile(path.toFile(), "rw"));
  }

  @Override
  public void locate(Collection<TemporaryFiles.TemporaryFile> files) {
    // they have paths
  }

  @Override
  public List<Path> folders() {
    try {
      return List.of(owner().files().toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    erase();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException endsAnyway) {
      // the hook has run or runs now
    }
  }

  private synchronized void erase() {
    Owner made = owner;
    if (made != null) {
      owner = null;
      try {
        made.close();
      } catch (IOException e) {
        LOG.warn("Files of a lake in memory stay in {}", made.folder(), e);
      }
    }
  }

  private static final class Named extends TemporaryFiles.TemporaryFile {
    private final Path path;

    Named(Path path, RandomAccessFile handle) {
      super(handle);
      this.path = path;
    }

    @Override
    Path path() {
      return path;
    }

    @Override
    public void close() throws IOException {
      super.close();
      Files.deleteIfExists(path);
    }
  }
}
