package io.lakesdk.event;

import io.lakesdk.Principal;
import java.time.Instant;

/**
 * Something that happened in a lake. Each layer has its own events, records that implement this; a
 * listener switches on those that it cares about. Events name things and hold no data values.
 */
public interface LakeEvent {

  /** When, by the lake's clock. */
  Instant at();

  /** On whose behalf. */
  Principal by();
}
