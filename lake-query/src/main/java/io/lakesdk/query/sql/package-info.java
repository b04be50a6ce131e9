/**
 * Athena's SQL, understood and rendered for DuckDB. Read {@link io.lakesdk.query.sql.Translator}
 * first: it is handed a statement and a {@link io.lakesdk.query.sql.TableResolver} and answers with
 * a {@link io.lakesdk.query.sql.Translation}. Types are in {@code type}, functions in tables by
 * theme in {@code function}, and the walk over the tree, which resolves names, types and renders in
 * one pass, is in {@code analysis}.
 */
@NullMarked
package io.lakesdk.query.sql;

import org.jspecify.annotations.NullMarked;
