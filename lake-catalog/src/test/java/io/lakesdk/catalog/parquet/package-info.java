@NullMarked
package io.lakesdk.catalog.parquet;

import org.jspecify.annotations.NullMarked;
