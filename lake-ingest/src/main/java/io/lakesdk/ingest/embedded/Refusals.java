package io.lakesdk.ingest.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says what a file system's failure means for a load. */
final class Refusals {

  private Refusals() {}

  static LakeException unreadable(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new BadDataException(
          "load",
          Subject.file(path),
          "it went away while it was loaded; load again when the folder is at rest",
          e);
    }
    String reason =
        e instanceof AccessDeniedException
            ? "this process may not read it; let its user read it, or leave it out with"
                + " .matching(...)"
            : "reading it failed with " + e.getClass().getSimpleName();
    return new UnavailableException("load", Subject.file(path), reason, e);
  }

  static UnavailableException unwritable(SourceFile file, IOException e) {
    return new UnavailableException(
        "load",
        Subject.file(file.path()),
        "storing it failed with " + e.getClass().getSimpleName(),
        e);
  }
}
