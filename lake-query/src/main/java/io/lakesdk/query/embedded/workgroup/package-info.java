/**
 * Workgroups of an embedded lake, which are kept in its metadata: {@link
 * io.lakesdk.query.embedded.workgroup.EmbeddedWorkgroups} runs a statement as an {@code Attempt},
 * which {@code History} writes down, and {@code RecordedRows} hand out its rows while {@code
 * ResultFiles} keep them. Read {@code docs/design/workgroups.md} first.
 */
@NullMarked
package io.lakesdk.query.embedded.workgroup;

import org.jspecify.annotations.NullMarked;
