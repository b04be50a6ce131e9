package io.lakesdk.ingest;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import java.time.Instant;

/**
 * A load that had started threw, and nothing of it is visible; after an outcome that is unknown it
 * may be.
 *
 * @param at when
 * @param by on whose behalf
 * @param dataset where it went
 * @param source where it came from
 * @param error the kind of error and its message
 */
public record LoadFailedEvent(
    Instant at, Principal by, DatasetId dataset, String source, String error)
    implements LakeEvent {}
