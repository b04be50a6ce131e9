package io.lakesdk.storage.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;

/** The changes that a lake makes to its folder; there are no others. */
final class Disk {

  private final Steps steps;

  Disk(Steps steps) {
    this.steps = steps;
  }

  void step(String name) {
    steps.before(name);
  }

  FileChannel create(Path file) throws IOException {
    step("create file");
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  void write(FileChannel channel, byte[] bytes, int offset, int length) throws IOException {
    step("write");
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  void sync(FileChannel channel) throws IOException {
    step("sync file");
    channel.force(true);
  }

  /** Makes the names in a folder durable, where the system can. */
  void syncFolder(Path folder) throws IOException {
    step("sync folder");
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException notOnWindows) {
      // there a folder cannot be opened, and its names are durable without
    }
  }

  /** Nobody is to change the bytes of an object, not even by accident. */
  void protect(Path file) throws IOException {
    step("protect");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    } catch (UnsupportedOperationException notPosix) {
      // the file stays as it is
    }
  }

  /** Gives a file a second name; where the file system cannot, false. */
  boolean link(Path name, Path existing) throws IOException {
    step("link");
    try {
      Files.createLink(name, existing);
      return true;
    } catch (UnsupportedOperationException | AccessDeniedException e) {
      return false;
    } catch (FileAlreadyExistsException | java.nio.file.NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      if (Files.exists(existing)
          && Files.isDirectory(parent(name), LinkOption.NOFOLLOW_LINKS)
          && !isFull(e)) {
        return false;
      }
      throw e;
    }
  }

  void copy(Path from, Path to) throws IOException {
    step("copy");
    Files.copy(from, to);
  }

  void move(Path from, Path to) throws IOException {
    step("move");
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(Path file) throws IOException {
    step("delete");
    Files.deleteIfExists(file);
  }

  void folder(Path folder) throws IOException {
    step("create folder");
    Files.createDirectory(folder);
  }

  /** Writes a small file whole or not at all. */
  void publish(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    delete(draft);
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (FileChannel channel = create(draft)) {
      write(channel, bytes, 0, bytes.length);
      sync(channel);
    }
    move(draft, file);
    syncFolder(parent(file));
  }

  /** The folder of a path below the lake's. */
  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "a lake's path has a folder");
  }

  static boolean isPlainFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  static boolean isPlainFolder(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** Is told of every change to the disk before it is made; a test may end the "process" there. */
  @FunctionalInterface
  interface Steps {

    Steps UNWATCHED = step -> {};

    /** Called before the change that {@code step} names. */
    void before(String step);
  }

  static UnavailableException translate(String verb, Subject subject, Object folder, Exception e) {
    return new UnavailableException(verb, subject, reason(folder, e), e);
  }

  /** For a failed opening of bytes that the index says are there. */
  static LakeException lost(String verb, Subject subject, Object place, IOException e) {
    return e instanceof NoSuchFileException
        ? new BadDataException(
            verb, subject, "its bytes are gone from " + place + "; restore the lake from a backup")
        : translate(verb, subject, place, e);
  }

  private static String reason(Object folder, Exception e) {
    if (isFull(e)) {
      return "the disk of " + folder + " is full; nothing of this was kept";
    }
    if (e instanceof AccessDeniedException
        || e instanceof ReadOnlyFileSystemException
        || contains(e, "read-only")) {
      return folder + " cannot be written; give this process the right to, or choose another";
    }
    return "reading or writing in " + folder + " failed; nothing of this was kept";
  }

  static boolean isFull(Exception e) {
    return contains(e, "no space left") || contains(e, "quota");
  }

  /** The JDK has no type for these; the words are the operating system's. */
  private static boolean contains(Exception e, String words) {
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return e instanceof IOException
        && text != null
        && text.toLowerCase(Locale.ROOT).contains(words);
  }
}
