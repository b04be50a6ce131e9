/**
 * Whether a Parquet file is what its writer wrote, as far as that shows without decompressing it.
 *
 * <p>Read {@link io.lakesdk.catalog.parquet.ParquetPages} first: it walks all pages of a file,
 * whose bytes it is given as {@link io.lakesdk.catalog.parquet.ParquetBytes}, and holds them to
 * their checksums and to the {@link io.lakesdk.catalog.parquet.ParquetFooter footer}; what is wrong
 * is a {@link io.lakesdk.catalog.parquet.ParquetDamage}.
 */
@NullMarked
package io.lakesdk.catalog.parquet;

import org.jspecify.annotations.NullMarked;
