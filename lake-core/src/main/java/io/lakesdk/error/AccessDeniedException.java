package io.lakesdk.error;

/** The principal has no grant for what it asked; the message names the grant that is missing. */
public final class AccessDeniedException extends LakeException {

  private static final long serialVersionUID = 1L;

  public AccessDeniedException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public AccessDeniedException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
