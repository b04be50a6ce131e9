/**
 * What every catalog does: {@link io.lakesdk.catalog.CatalogContract} and {@link
 * io.lakesdk.catalog.CrawlContract}, which each implementation joins.
 */
@NullMarked
package io.lakesdk.catalog;

import org.jspecify.annotations.NullMarked;
