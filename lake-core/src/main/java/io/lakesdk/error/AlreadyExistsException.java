package io.lakesdk.error;

/** What was to be created exists, or a condition that it must not exist failed. */
public final class AlreadyExistsException extends LakeException {

  private static final long serialVersionUID = 1L;

  public AlreadyExistsException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public AlreadyExistsException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
