package io.lakesdk.access;

/** The policy's answer to an {@link AccessRequest}. */
public sealed interface Decision {

  /** Yes. {@code reason} names the grant, for the audit. */
  record Allowed(String reason) implements Decision {}

  /**
   * No.
   *
   * @param reason why, as the end of a sentence: "role analyst has no grant of select on column
   *     destination"
   * @param remedy the grant that is missing, in code that would give it
   */
  record Denied(String reason, String remedy) implements Decision {}

  default boolean isAllowed() {
    return this instanceof Allowed;
  }

  String reason();
}
