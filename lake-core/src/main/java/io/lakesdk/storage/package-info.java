/**
 * Where bytes live. {@link io.lakesdk.storage.ObjectStore} is the interface, with S3's semantics; a
 * lake has one for each zone, {@code lake.store(zone)}. {@link io.lakesdk.storage.LocalFiles} lets
 * an engine read and write objects as files. What makes files a table is in {@link
 * io.lakesdk.publish}.
 */
@NullMarked
package io.lakesdk.storage;

import org.jspecify.annotations.NullMarked;
