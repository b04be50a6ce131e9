/**
 * Queries: statements in Athena's SQL over the lake's datasets. Read {@link
 * io.lakesdk.query.QueryEngine} first, which is the door and the contract; a {@link
 * io.lakesdk.query.Query} goes in, {@link io.lakesdk.query.Rows} come out and say in {@link
 * io.lakesdk.query.QueryStats} what was read for them. Layers that make data out of data use a
 * {@link io.lakesdk.query.workbench.Workbench}. How a statement is understood is in {@code
 * io.lakesdk.query.sql}, how an embedded lake runs it in {@code io.lakesdk.query.embedded}.
 */
@NullMarked
package io.lakesdk.query;

import org.jspecify.annotations.NullMarked;
