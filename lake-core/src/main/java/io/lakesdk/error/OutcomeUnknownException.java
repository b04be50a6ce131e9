package io.lakesdk.error;

/**
 * A change was submitted and no answer came: it may have happened or not. Find out before repeating
 * it.
 */
public final class OutcomeUnknownException extends LakeException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public OutcomeUnknownException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
