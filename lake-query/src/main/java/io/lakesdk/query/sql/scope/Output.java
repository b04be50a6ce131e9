package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.Optional;

/**
 * A column of a query's result.
 *
 * @param name as it can be named, empty where it has none
 * @param alias its name in the rendered query, which no other column of it has
 * @param origin the column of a table that it is, where a condition on it is one on that
 */
public record Output(
    Optional<String> name, String alias, SqlType type, Optional<Typed.Origin> origin) {}
