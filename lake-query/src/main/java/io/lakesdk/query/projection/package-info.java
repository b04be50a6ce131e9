/**
 * Partition projection: {@link io.lakesdk.query.projection.Projection} calculates the partitions
 * that a statement reads from the properties of a dataset, and {@link
 * io.lakesdk.query.projection.ProjectedSnapshot} finds the files in their folders. Source: "Use
 * partition projection with Amazon Athena" and the pages below it in the Athena user guide.
 */
@NullMarked
package io.lakesdk.query.projection;

import org.jspecify.annotations.NullMarked;
