package io.lakesdk.ingest;

import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import java.time.Instant;

/**
 * A load came to its end, whatever its outcome.
 *
 * @param at when
 * @param by on whose behalf
 * @param receipt what came of it
 */
public record LoadFinishedEvent(Instant at, Principal by, Receipt receipt) implements LakeEvent {}
