/**
 * The tables that statements change: {@link io.lakesdk.query.statement.table.Targets} finds them,
 * {@link io.lakesdk.query.statement.table.NewDataset} registers those that are not there yet, and
 * {@link io.lakesdk.query.statement.table.LoadCommit} makes files their content in one transaction.
 */
@NullMarked
package io.lakesdk.query.statement.table;

import org.jspecify.annotations.NullMarked;
