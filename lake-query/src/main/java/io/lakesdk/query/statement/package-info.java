/**
 * Athena's statements besides queries, as the embedded engine runs them: {@link
 * io.lakesdk.query.statement.Statement} is the choice of them and {@link
 * io.lakesdk.query.statement.Session} what one runs in. Tables are changed through the catalog and
 * through publishing alone, so that a statement happens whole or not at all. {@code
 * docs/design/statements.md} has the decisions.
 */
@NullMarked
package io.lakesdk.query.statement;

import org.jspecify.annotations.NullMarked;
