/**
 * Ingestion into an embedded lake. {@link io.lakesdk.ingest.embedded.EmbeddedIngestion} asks for
 * permission and tells the listeners; {@code FileLoad} and {@code RecordLoad} are the two sorts of
 * load, and {@code Landing} makes what they stored visible together with the dataset's definition.
 */
@NullMarked
package io.lakesdk.ingest.embedded;

import org.jspecify.annotations.NullMarked;
