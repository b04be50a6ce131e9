package io.lakesdk.event;

import io.lakesdk.Principal;
import io.lakesdk.publish.Version;
import java.time.Instant;

/**
 * A dataset went back to the content of an earlier version.
 *
 * @param at when
 * @param by on whose behalf
 * @param version the version that this made
 */
public record DataRolledBackEvent(Instant at, Principal by, Version version) implements LakeEvent {}
