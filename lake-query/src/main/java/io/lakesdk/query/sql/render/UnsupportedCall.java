package io.lakesdk.query.sql.render;

/**
 * A call that cannot be rendered, with the reason as the user should read it; it gets its place.
 */
public final class UnsupportedCall extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  public UnsupportedCall(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** As the user should read it. */
  public String reason() {
    return reason;
  }
}
