/**
 * What catalogs share, wherever they keep definitions. {@code DefinedCatalog} is a catalog over a
 * {@link io.lakesdk.catalog.definition.DefinitionStore}, which the implementations of the layer
 * provide; what it shows passes {@code Sight}, which is what of a dataset somebody may see. {@code
 * Registration} makes datasets known, {@code Evolution} says which definition may follow which, and
 * {@code StoredDefinition} documents the form in which definitions are kept.
 */
@NullMarked
package io.lakesdk.catalog.definition;

import org.jspecify.annotations.NullMarked;
