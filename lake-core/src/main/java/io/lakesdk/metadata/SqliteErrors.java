package io.lakesdk.metadata;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.sql.SQLException;

/** Says what an error of SQLite means. The primary result codes are those of its C interface. */
final class SqliteErrors {

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int NO_MEMORY = 7;
  private static final int READ_ONLY = 8;
  private static final int INTERRUPTED = 9;
  private static final int IO = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;
  private static final int PRIMARY = 0xff;

  private SqliteErrors() {}

  static LakeException translate(Subject subject, SQLException e) {
    String verb = "use";
    return switch (e.getErrorCode() & PRIMARY) {
      case BUSY, LOCKED ->
          new UnavailableException(
              verb, subject, "another process has been writing for too long; try again", e);
      case FULL ->
          new UnavailableException(
              verb, subject, "the disk is full; nothing of this change was kept", e);
      case READ_ONLY, CANNOT_OPEN ->
          new UnavailableException(
              verb, subject, "its folder or file cannot be opened for writing", e);
      case IO, NO_MEMORY, INTERRUPTED ->
          new UnavailableException(
              verb, subject, "reading or writing it failed; nothing of this change was kept", e);
      case CORRUPT, NOT_A_DATABASE ->
          new BadDataException(
              verb, subject, "the file is damaged or not a database; restore it from a backup", e);
      case CONSTRAINT ->
          new ConflictException(verb, subject, "somebody else made the same entry first", e);
      default -> throw new IllegalStateException("a metadata statement is wrong", e);
    };
  }
}
