package io.lakesdk.process;

import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import java.time.Instant;

/**
 * A run ended well.
 *
 * @param at when
 * @param by on whose behalf
 * @param report what it did
 */
public record PipelineFinished(Instant at, Principal by, RunReport report) implements LakeEvent {}
