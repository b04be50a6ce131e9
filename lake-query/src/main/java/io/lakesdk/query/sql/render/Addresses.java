package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.Optional;

/** Casts of addresses of the internet, which functions in Java read and print. */
final class Addresses {

  private Addresses() {}

  static Optional<Typed> cast(Typed value, SqlType type) {
    SqlType from = value.type();
    if (from == Simple.IPADDRESS && type == Simple.VARBINARY) {
      return Optional.of(value.as(type));
    } else if (from == Simple.IPADDRESS && type instanceof SqlType.Varchar) {
      return Optional.of(call("lake_ip_print_varbinary_(hex(" + value.sql() + "))", value, type));
    } else if (from == Simple.VARBINARY && type == Simple.IPADDRESS) {
      String read = "lake_ip_of_bytes_varbinary_(hex(" + value.sql() + "))";
      return Optional.of(call("unhex(" + read + ")", value, type));
    } else if (from instanceof SqlType.Varchar && type == Simple.IPADDRESS) {
      return Optional.of(call("unhex(lake_ip_read_varchar_(" + value.sql() + "))", value, type));
    }
    return Optional.empty();
  }

  private static Typed call(String sql, Typed value, SqlType type) {
    return Typed.of(sql, type, value);
  }
}
