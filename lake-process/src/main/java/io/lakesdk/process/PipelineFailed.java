package io.lakesdk.process;

import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import java.time.Instant;

/**
 * A run, or the attempt to start one, ended with an error and changed nothing.
 *
 * @param at when
 * @param by on whose behalf
 * @param pipeline its name
 * @param reason the error's message
 */
public record PipelineFailed(Instant at, Principal by, String pipeline, String reason)
    implements LakeEvent {}
