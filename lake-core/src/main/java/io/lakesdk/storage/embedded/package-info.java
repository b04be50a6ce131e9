/**
 * Storage of an embedded lake, in memory and in a folder. Start with {@link
 * io.lakesdk.storage.embedded.EmbeddedStorage}. The truth about objects is in the lake's metadata
 * ({@code ObjectIndex}), and {@code ObjectChanges} makes each change of it one transaction; the
 * bytes are blobs that never change ({@code Blobs}, with {@code FolderBlobs} and {@code
 * MemoryBlobs}). {@code LakeFolder} says what is where in a folder, {@code FolderOpening} how it is
 * opened and repaired, {@code ReadableNames} how a person finds the current objects.
 */
@NullMarked
package io.lakesdk.storage.embedded;

import org.jspecify.annotations.NullMarked;
