package io.lakesdk.error;

/**
 * Bytes or rows are not what they are declared to be; the message says where, never what they were.
 */
public final class BadDataException extends LakeException {

  private static final long serialVersionUID = 1L;

  public BadDataException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public BadDataException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
