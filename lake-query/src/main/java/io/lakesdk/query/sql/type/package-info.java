/**
 * Athena's types. Read {@link io.lakesdk.query.sql.type.SqlType} first, then {@link
 * io.lakesdk.query.sql.type.Coercions}, which says what turns into what by itself.
 */
@NullMarked
package io.lakesdk.query.sql.type;

import org.jspecify.annotations.NullMarked;
