/**
 * What expressions can name, and what is collected on the walk over a statement. Start with {@link
 * io.lakesdk.query.sql.scope.Scope}; {@link io.lakesdk.query.sql.scope.Environment} is the same for
 * all of a statement, {@link io.lakesdk.query.sql.scope.RowConditions} says what conditions ask of
 * rows.
 */
@NullMarked
package io.lakesdk.query.sql.scope;

import org.jspecify.annotations.NullMarked;
