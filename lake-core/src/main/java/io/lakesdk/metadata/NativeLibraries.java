package io.lakesdk.metadata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drivers with native code unpack a library into the folder for temporary files and leave it there
 * when the process is killed. On Linux a loaded library needs no name any more, so its file can go
 * at once. For every layer that brings such a driver; elsewhere than on Linux it does nothing.
 *
 * <p>What remains is the moment between the driver's unpacking and the call: a process that is
 * killed then leaves the file.
 */
public final class NativeLibraries {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final Path MAPPED = Path.of("/proc/self/maps");

  private NativeLibraries() {}

  /**
   * Removes the files of libraries that this process has loaded, and the lock file beside each.
   *
   * @param unpacked matches the whole name of a file as the driver unpacks it, and of no library
   *     that somebody installed
   */
  public static void removeFiles(Pattern unpacked) {
    if (!Files.isReadable(MAPPED)) {
      return;
    }
    try (Stream<String> lines = Files.lines(MAPPED)) {
      lines
          .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
          .distinct()
          .filter(path -> unpacked.matcher(path.substring(path.lastIndexOf('/') + 1)).matches())
          .forEach(NativeLibraries::remove);
    } catch (IOException e) {
      LOG.debug("Unpacked libraries stay until the process ends", e);
    }
  }

  private static void remove(String file) {
    try {
      Files.deleteIfExists(Path.of(file));
      Files.deleteIfExists(Path.of(file + ".lck"));
    } catch (IOException e) {
      LOG.debug("{} stays until the process ends", file, e);
    }
  }
}
