package io.lakesdk.query.federated;

/** What a source is asked for. */
public interface SourceScan {

  /** What the source does of the statement, in its own language and without values. */
  String description();

  /** Begins to read. Whoever asks closes it. */
  SourceCursor open();
}
