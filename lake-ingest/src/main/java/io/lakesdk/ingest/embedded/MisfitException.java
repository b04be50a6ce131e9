package io.lakesdk.ingest.embedded;

/** A value does not fit a column; the message says why, never what the value is. */
final class MisfitException extends Exception {

  private static final long serialVersionUID = 1L;

  MisfitException(String reason) {
    super(reason, null, false, false);
  }
}
