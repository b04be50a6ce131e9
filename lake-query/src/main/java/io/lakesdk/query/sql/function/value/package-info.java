/** What functions in Java compute, on plain values: hashes, stems, distributions, JSON, dates. */
@NullMarked
package io.lakesdk.query.sql.function.value;

import org.jspecify.annotations.NullMarked;
