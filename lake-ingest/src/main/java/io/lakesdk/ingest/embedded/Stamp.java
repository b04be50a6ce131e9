package io.lakesdk.ingest.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what it shows that a file was written to or replaced: its size, its time, and which file it
 * is.
 *
 * @param bytes its size
 * @param modified when it was last written to
 * @param identity the file system's own name of it; null where there is none
 */
record Stamp(long bytes, FileTime modified, @Nullable Object identity) {

  static Stamp of(BasicFileAttributes attributes) {
    return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  static Stamp of(Path file) throws IOException {
    return of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }
}
