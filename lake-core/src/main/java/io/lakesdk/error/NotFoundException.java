package io.lakesdk.error;

/** What was asked for does not exist, or not for the one who asks. */
public final class NotFoundException extends LakeException {

  private static final long serialVersionUID = 1L;

  public NotFoundException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public NotFoundException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
