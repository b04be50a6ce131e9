package io.lakesdk.event;

import io.lakesdk.Principal;
import io.lakesdk.publish.Publication;
import java.time.Instant;

/**
 * A load became visible.
 *
 * @param at when
 * @param by on whose behalf
 * @param publication what
 */
public record DataPublishedEvent(Instant at, Principal by, Publication publication)
    implements LakeEvent {}
