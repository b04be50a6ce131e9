package io.lakesdk.storage.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** Says what an error of the file system means. */
final class StorageErrors {

  private StorageErrors() {}

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
