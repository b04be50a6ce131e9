/**
 * What data looks like: types, columns, schemas, and Java records as rows.
 *
 * <p>Read {@link io.lakesdk.schema.DataType} first: it is the closed choice of types, those of
 * Athena, and prints and parses Hive's notation. {@link io.lakesdk.schema.Column} and {@link
 * io.lakesdk.schema.Schema} are built from it; {@link io.lakesdk.schema.SchemaChange} says what
 * became of a schema and whether older files can still be read. {@link
 * io.lakesdk.schema.RecordMapper} turns a Java record class into a schema and its instances into
 * rows and back; {@code CodecFactory} is where a Java type is given its column type.
 */
@NullMarked
package io.lakesdk.schema;

import org.jspecify.annotations.NullMarked;
