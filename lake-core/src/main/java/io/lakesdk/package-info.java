/**
 * The lake and its nouns. Start with {@link io.lakesdk.Lake}, which is the environment: where bytes
 * live, who asks, what time it is, who listens. {@link io.lakesdk.Zone}, {@link
 * io.lakesdk.DatasetId} and {@link io.lakesdk.Dataset} describe; the layers (catalog, ingest,
 * process, query, security) do. Storage is in {@link io.lakesdk.storage}, making data visible in
 * {@link io.lakesdk.publish}.
 */
@NullMarked
package io.lakesdk;

import org.jspecify.annotations.NullMarked;
