/**
 * The catalog of an embedded lake, in its metadata database. {@link
 * io.lakesdk.catalog.embedded.EmbeddedCatalog} is the entrance; {@code EmbeddedDefinitions} is the
 * store of definitions, and {@code CatalogTables} has its tables.
 */
@NullMarked
package io.lakesdk.catalog.embedded;

import org.jspecify.annotations.NullMarked;
