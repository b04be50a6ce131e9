/**
 * Which parts of Parquet files a statement needs: {@link io.lakesdk.query.parquet.ParquetChunks}.
 */
@NullMarked
package io.lakesdk.query.parquet;

import org.jspecify.annotations.NullMarked;
