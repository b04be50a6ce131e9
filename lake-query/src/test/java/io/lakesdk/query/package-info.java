/**
 * What the query engine promises, as contracts that every implementation joins: {@link
 * io.lakesdk.query.QueryEngineContract}, {@link io.lakesdk.query.BadFilesContract} and {@link
 * io.lakesdk.query.WorkbenchContract}.
 */
@NullMarked
package io.lakesdk.query;

import org.jspecify.annotations.NullMarked;
