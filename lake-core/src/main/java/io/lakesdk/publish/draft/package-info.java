/**
 * What the implementations of publishing share: {@link io.lakesdk.publish.draft.StagedDraft} writes
 * the files of a load, {@link io.lakesdk.publish.draft.Layout} knows a dataset's partition keys,
 * {@link io.lakesdk.publish.draft.PartitionCheck} which partitions a filter admits.
 */
@NullMarked
package io.lakesdk.publish.draft;

import org.jspecify.annotations.NullMarked;
