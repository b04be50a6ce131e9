/**
 * Understanding a statement: one walk over the tree that resolves names, types expressions and
 * renders them. Start with {@link io.lakesdk.query.sql.analysis.StatementAnalyzer}; queries are in
 * {@link io.lakesdk.query.sql.analysis.QueryAnalyzer}, FROM in {@link
 * io.lakesdk.query.sql.analysis.RelationAnalyzer}, expressions in {@link
 * io.lakesdk.query.sql.analysis.ExpressionAnalyzer}.
 */
@NullMarked
package io.lakesdk.query.sql.analysis;

import org.jspecify.annotations.NullMarked;
