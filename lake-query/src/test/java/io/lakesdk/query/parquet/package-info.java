/** Tests of which parts of Parquet files a statement needs. */
@NullMarked
package io.lakesdk.query.parquet;

import org.jspecify.annotations.NullMarked;
