package io.lakesdk.storage;

import java.time.Instant;

/**
 * One version of a key.
 *
 * @param key the key
 * @param version its version
 * @param kind content, or a marker that the key was deleted
 * @param state whether it is what a reader of the key sees now
 * @param size in bytes; 0 for a marker
 * @param modified when it was made
 */
public record ObjectVersion(
    String key, String version, Kind kind, State state, long size, Instant modified) {

  /** What a version is. */
  public enum Kind {
    CONTENT,
    DELETE_MARKER
  }

  /** Whether a version is the latest of its key. */
  public enum State {
    LATEST,
    EARLIER
  }
}
