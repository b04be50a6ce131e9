/**
 * What a statement writes down: literals, names of types, parameters, and the refusal that names a
 * place in it. Start with {@link io.lakesdk.query.sql.syntax.Refusal}.
 */
@NullMarked
package io.lakesdk.query.sql.syntax;

import org.jspecify.annotations.NullMarked;
