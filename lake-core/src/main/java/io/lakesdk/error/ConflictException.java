package io.lakesdk.error;

/** Somebody else changed the same thing first; reading it again and repeating may succeed. */
public final class ConflictException extends LakeException {

  private static final long serialVersionUID = 1L;

  public ConflictException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public ConflictException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
