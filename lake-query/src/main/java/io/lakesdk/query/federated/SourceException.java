package io.lakesdk.query.federated;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a source cannot give what it is asked for, as the end of a sentence that begins with the
 * table's name. The reason holds no value of a row and no credential.
 */
public final class SourceException extends RuntimeException {

  private static final Logger LOG = LoggerFactory.getLogger(SourceException.class);
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String reason;

  private enum Kind {
    UNAVAILABLE,
    BAD_DATA,
    REFUSED
  }

  private SourceException(Kind kind, String reason) {
    super(reason, null, false, true);
    this.kind = kind;
    this.reason = reason;
  }

  /** It does not answer, or not now. */
  public static SourceException unavailable(String reason) {
    return new SourceException(Kind.UNAVAILABLE, reason);
  }

  /** What it has is not what its table says. */
  public static SourceException badData(String reason) {
    return new SourceException(Kind.BAD_DATA, reason);
  }

  /** It cannot be asked for this. */
  public static SourceException refused(String reason) {
    return new SourceException(Kind.REFUSED, reason);
  }

  /** The error of a subject for whatever its source has thrown. */
  static LakeException of(String verb, Subject subject, Throwable thrown) {
    if (thrown instanceof LakeException known) {
      return known;
    }
    if (thrown instanceof SourceException told) {
      return switch (told.kind) {
        case UNAVAILABLE -> new UnavailableException(verb, subject, told.reason);
        case BAD_DATA -> new BadDataException(verb, subject, told.reason);
        case REFUSED -> new InvalidDefinitionException(verb, subject, told.reason);
      };
    }
    LOG.debug("A federated source failed", thrown);
    return new UnavailableException(
        verb, subject, "its source failed with " + thrown.getClass().getName());
  }
}
