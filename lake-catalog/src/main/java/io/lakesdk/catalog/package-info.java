/**
 * What the lake's datasets are.
 *
 * <p>Read {@link io.lakesdk.catalog.Catalog} first: it is the layer. Of a dataset it tells the
 * {@link io.lakesdk.catalog.SchemaVersion versions} of its definition, its {@link
 * io.lakesdk.catalog.PartitionListing partitions} and its {@link io.lakesdk.catalog.Lineage
 * lineage}. A {@link io.lakesdk.catalog.Crawler} finds out what files are, as a {@link
 * io.lakesdk.catalog.CrawlPreview} to look at before it is applied. The layers above look
 * definitions up with {@link io.lakesdk.catalog.Definitions}.
 */
@NullMarked
package io.lakesdk.catalog;

import org.jspecify.annotations.NullMarked;
