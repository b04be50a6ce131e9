/**
 * {@code information_schema}: {@link io.lakesdk.query.information.InformationSchema} says which
 * tables it has and what is in them for a principal. Source: "Query the AWS Glue Data Catalog" of
 * the Athena user guide, and Trino's tables of these names.
 */
@NullMarked
package io.lakesdk.query.information;

import org.jspecify.annotations.NullMarked;
