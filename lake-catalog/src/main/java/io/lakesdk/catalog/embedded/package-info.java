/**
 * The catalog of an embedded lake, in its metadata database.
 *
 * <p>Read {@link io.lakesdk.catalog.embedded.EmbeddedCatalog} first. {@code CatalogTables} keeps
 * the definitions, in the form that {@code StoredDefinition} documents; {@code Evolution} says
 * which definition may follow which; {@code Sight} is what of a dataset somebody may see.
 */
@NullMarked
package io.lakesdk.catalog.embedded;

import org.jspecify.annotations.NullMarked;
