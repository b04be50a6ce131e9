package io.lakesdk.process;

import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.publish.LoadId;
import java.time.Instant;

/**
 * A run began: its definition fits, and it is allowed.
 *
 * @param at when
 * @param by on whose behalf
 * @param pipeline its name
 * @param load what it will publish
 */
public record PipelineStarted(Instant at, Principal by, String pipeline, LoadId load)
    implements LakeEvent {}
