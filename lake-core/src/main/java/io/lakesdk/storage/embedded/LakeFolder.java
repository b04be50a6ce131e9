package io.lakesdk.storage.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where things are in a lake's folder. Beside {@code .lake} there is one folder for each zone, with
 * the current objects under readable names.
 *
 * @param root the real path of the lake
 */
record LakeFolder(Path root) {

  private static final int FORMAT = 1;
  private static final int SHELF_DIGITS = 2;
  private static final Pattern FORMAT_LINE = Pattern.compile("lake-format (\\d{1,9})\\s*");

  Path hidden() {
    return root.resolve(".lake");
  }

  Path format() {
    return hidden().resolve("format");
  }

  Path metadata() {
    return hidden().resolve("metadata.db");
  }

  Path lock() {
    return hidden().resolve("lock");
  }

  Path staging() {
    return hidden().resolve("staging");
  }

  Path objects() {
    return hidden().resolve("objects");
  }

  /** The file with the bytes of a blob, on the shelf that its identifier begins with. */
  Path blob(String id) {
    return objects().resolve(id.substring(0, SHELF_DIGITS)).resolve(id);
  }

  Subject subject() {
    return Subject.of(Subject.Kind.LAKE, root.toString());
  }

  /** Whether the lake was made before; the format is the last thing that the making writes. */
  boolean isMade() {
    return Files.exists(format());
  }

  /** Whether anything was ever put into it, even where nothing else is left. */
  boolean holdsObjects() throws IOException {
    return !Owner.contents(objects()).isEmpty();
  }

  /**
   * Changes nothing.
   *
   * @throws BadDataException if another SDK made it than this one can read
   */
  void requireKnownFormat() throws IOException {
    Matcher line = FORMAT_LINE.matcher(Files.readString(format()));
    if (!line.matches()) {
      throw new BadDataException(
          "open", subject(), format() + " is damaged; it should read: lake-format " + FORMAT);
    }
    int version = Integer.parseInt(line.group(1));
    if (version > FORMAT) {
      throw new BadDataException(
          "open",
          subject(),
          "it has format "
              + version
              + " and this SDK knows formats up to "
              + FORMAT
              + "; open it with the newer SDK that wrote it");
    }
  }

  /** Makes the folders that a lake has from its start. May be repeated. */
  void make(Disk disk) throws IOException {
    Files.createDirectories(staging());
    Files.createDirectories(objects());
    disk.syncFolder(hidden());
    disk.syncFolder(root);
  }

  void complete(Disk disk) throws IOException {
    disk.publish(format(), "lake-format " + FORMAT + "\n");
  }

  /** Waits until no other process opens the lake. */
  FileChannel exclusively() throws IOException {
    FileChannel channel =
        FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  static LakeFolder at(Path root) {
    Subject subject = Subject.of(Subject.Kind.LAKE, root.toString());
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new UnavailableException("open", subject, "there is a file where its folder should be");
    }
    try {
      Files.createDirectories(root);
      return new LakeFolder(root.toRealPath());
    } catch (IOException e) {
      throw Disk.translate("open", subject, root, e);
    }
  }
}
