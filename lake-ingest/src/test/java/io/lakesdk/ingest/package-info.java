/**
 * The contracts of ingestion, {@link io.lakesdk.ingest.FileLoadContract}, {@link
 * io.lakesdk.ingest.FileRefusalContract}, {@link io.lakesdk.ingest.RecordLoadContract} and {@link
 * io.lakesdk.ingest.LoadFaultsContract}. Each sort of lake joins them with an {@link
 * io.lakesdk.ingest.IngestionFixture} of its own.
 */
@NullMarked
package io.lakesdk.ingest;

import org.jspecify.annotations.NullMarked;
