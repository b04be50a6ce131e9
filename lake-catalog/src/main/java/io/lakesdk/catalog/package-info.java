/**
 * What the lake's datasets are.
 *
 * <p>Read {@link io.lakesdk.catalog.Catalog} first: it is the layer. Of a dataset it tells the
 * {@link io.lakesdk.catalog.SchemaVersion versions} of its definition, its {@link
 * io.lakesdk.catalog.PartitionListing partitions} and its {@link io.lakesdk.catalog.Lineage
 * lineage}. The layers above look definitions up with {@link io.lakesdk.catalog.Definitions}.
 */
@NullMarked
package io.lakesdk.catalog;

import org.jspecify.annotations.NullMarked;
