package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import java.util.Collection;
import java.util.stream.Collectors;

/** The spelling of names and literals in DuckDB. */
public final class Sql {

  private Sql() {}

  /** A quoted name. */
  public static String name(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A string literal; a NUL, which DuckDB cannot have there, is put in by function. */
  public static String text(String value) {
    if (value.indexOf('\0') < 0) {
      return '\'' + value.replace("'", "''") + '\'';
    }
    return java.util.Arrays.stream(value.split("\0", -1))
        .map(Sql::text)
        .collect(Collectors.joining(" || chr(0) || ", "(", ")"));
  }

  /** A cast as DuckDB does it. */
  public static String cast(String sql, SqlType type) {
    return "CAST(" + sql + " AS " + type.duckType() + ")";
  }

  public static String list(Collection<String> parts) {
    return String.join(", ", parts);
  }
}
