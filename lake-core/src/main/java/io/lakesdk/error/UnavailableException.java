package io.lakesdk.error;

/**
 * A service or resource did not do its part now: throttled, full, locked, timed out. Nothing was
 * changed; it may be retried.
 */
public final class UnavailableException extends LakeException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public UnavailableException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
