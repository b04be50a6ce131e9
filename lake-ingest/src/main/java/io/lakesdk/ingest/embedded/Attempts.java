package io.lakesdk.ingest.embedded;

import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import java.util.function.Supplier;

/**
 * Repeats what the lake refused for the moment, a few times and at once: an embedded lake has no
 * crowd that one would have to wait for.
 */
final class Attempts {

  private static final int MOST = 5;

  private Attempts() {}

  /** Work that did nothing if it was refused. */
  static <T> T of(Supplier<T> work) {
    for (int attempt = 1; attempt < MOST; attempt++) {
      try {
        return work.get();
      } catch (UnavailableException refused) {
        // once more; the last attempt is not caught
      }
    }
    return work.get();
  }

  /** Work that does no harm when it is done twice, so that it may be repeated when in doubt. */
  static <T> T ofRepeatable(Supplier<T> work) {
    for (int attempt = 1; attempt < MOST; attempt++) {
      try {
        return work.get();
      } catch (UnavailableException | OutcomeUnknownException refused) {
        // once more; the last attempt is not caught
      }
    }
    return work.get();
  }
}
