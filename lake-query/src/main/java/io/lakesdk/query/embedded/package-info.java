/**
 * The query engine of an embedded lake, on DuckDB. Start with {@link
 * io.lakesdk.query.embedded.EmbeddedQueryEngine}.
 */
@NullMarked
package io.lakesdk.query.embedded;

import org.jspecify.annotations.NullMarked;
