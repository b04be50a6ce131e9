/**
 * Data comes in. Read {@link io.lakesdk.ingest.Ingestion} first: it is the layer and the contract.
 * An {@link io.lakesdk.ingest.IngestionSource} says where data is, a {@link io.lakesdk.ingest.Load}
 * where it goes and how, and a {@link io.lakesdk.ingest.Receipt} what came of it. A listener of the
 * lake sees a load proceed through {@link io.lakesdk.ingest.LoadStartedEvent}, {@link
 * io.lakesdk.ingest.FileLandedEvent} and {@link io.lakesdk.ingest.LoadFinishedEvent} or {@link
 * io.lakesdk.ingest.LoadFailedEvent}.
 */
@NullMarked
package io.lakesdk.ingest;

import org.jspecify.annotations.NullMarked;
