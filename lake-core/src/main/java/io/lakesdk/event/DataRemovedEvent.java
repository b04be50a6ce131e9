package io.lakesdk.event;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import java.time.Instant;

/**
 * All versions of a dataset were removed, and its files.
 *
 * @param at when
 * @param by on whose behalf
 * @param dataset which
 */
public record DataRemovedEvent(Instant at, Principal by, DatasetId dataset) implements LakeEvent {}
