package io.lakesdk.error;

/** What the caller described cannot be right: a name, a type, an option, a statement. */
public final class InvalidDefinitionException extends LakeException {

  private static final long serialVersionUID = 1L;

  public InvalidDefinitionException(String verb, Subject subject, String reason) {
    super(verb, subject, reason, null);
  }

  public InvalidDefinitionException(String verb, Subject subject, String reason, Throwable cause) {
    super(verb, subject, reason, cause);
  }
}
