/**
 * The catalog of a lake on AWS, in Glue. {@link io.lakesdk.catalog.aws.GlueCatalog} is the
 * entrance. A table of Glue is the definition, whole: {@code TableForm} makes a table of a dataset,
 * {@code TableReader} a dataset of a table, and {@code SerDes} says which SerDe stands for which
 * format. {@code GlueDefinitions} is the store of definitions; {@code
 * docs/design/catalog-on-aws.md} has the reasons.
 */
@NullMarked
package io.lakesdk.catalog.aws;

import org.jspecify.annotations.NullMarked;
