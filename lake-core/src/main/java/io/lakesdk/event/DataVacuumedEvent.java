package io.lakesdk.event;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.publish.Publishing;
import java.time.Instant;

/**
 * Files that a dataset no longer needs were removed.
 *
 * @param at when
 * @param by on whose behalf
 * @param dataset which
 * @param report how many
 */
public record DataVacuumedEvent(
    Instant at, Principal by, DatasetId dataset, Publishing.VacuumReport report)
    implements LakeEvent {}
