package io.lakesdk.ingest;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import java.time.Instant;

/**
 * A load was allowed and begins to read its source.
 *
 * @param at when
 * @param by on whose behalf
 * @param dataset where it goes
 * @param source where it comes from
 */
public record LoadStartedEvent(Instant at, Principal by, DatasetId dataset, String source)
    implements LakeEvent {}
