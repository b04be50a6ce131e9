package io.lakesdk.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every error that the SDK reports. Each error keeps the subject that it is about and
 * writes its own message: "Cannot &lt;verb&gt; &lt;subject&gt;: &lt;reason&gt;", with the remedy in
 * the reason where there is one. Messages name things and never show data values, keys or
 * credentials.
 */
public abstract sealed class LakeException extends RuntimeException
    permits NotFoundException,
        AlreadyExistsException,
        ConflictException,
        AccessDeniedException,
        InvalidDefinitionException,
        BadDataException,
        UnavailableException,
        OutcomeUnknownException {

  private static final long serialVersionUID = 1L;

  private final Subject subject;

  LakeException(String verb, Subject subject, String reason, @Nullable Throwable cause) {
    super("Cannot " + verb + " " + subject + ": " + reason, cause);
    this.subject = subject;
  }

  /** What the error is about. */
  public Subject subject() {
    return subject;
  }
}
