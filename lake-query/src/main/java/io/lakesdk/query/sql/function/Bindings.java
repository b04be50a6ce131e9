package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the arguments of a call say about the variables of a signature. */
final class Bindings {

  private final Map<String, SqlType> types = new HashMap<>();

  /** Makes the variable wide enough for this type too; false if nothing is. */
  boolean widen(String variable, SqlType type) {
    SqlType known = types.get(variable);
    Optional<SqlType> wide = known == null ? Optional.of(type) : Coercions.common(known, type);
    wide.ifPresent(found -> types.put(variable, found));
    return wide.isPresent();
  }

  SqlType type(String variable) {
    SqlType type = types.get(variable);
    return type == null ? SqlType.Simple.UNKNOWN : type;
  }
}
