package io.lakesdk.process;

import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.publish.LoadId;
import java.time.Instant;

/**
 * A step of a run is done. SQL steps are done with the step that they run as part of.
 *
 * @param at when
 * @param by on whose behalf
 * @param pipeline its name
 * @param load what it will publish
 * @param step what it did
 */
public record StepFinished(Instant at, Principal by, String pipeline, LoadId load, StepReport step)
    implements LakeEvent {}
