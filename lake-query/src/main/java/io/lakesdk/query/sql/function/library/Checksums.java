package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.value.XxHash64;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * {@code checksum}: the sum of the values' xxHash64, each times a prime, which is what a NULL
 * counts. Source: answers of Trino.
 */
final class Checksums {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());
  private static final long PRIME = 0x9E3779B185EBCA87L;

  private Checksums() {}

  static void add(FunctionTable table) {
    JavaFunction ofNumber =
        table.helper(
            "checksum_number(bigint) bigint", arguments -> term(bytes(arguments.whole(0))));
    JavaFunction ofDouble =
        table.helper(
            "checksum_double(double) bigint",
            arguments -> term(bytes(Double.doubleToLongBits(normal(arguments.number(0))))));
    JavaFunction ofReal =
        table.helper(
            "checksum_real(double) bigint",
            arguments -> term(bytes(Float.floatToIntBits((float) normal(arguments.number(0))))));
    JavaFunction ofBytes =
        table.helper("checksum_bytes(varbinary) bigint", arguments -> term(arguments.bytes(0)));
    JavaFunction sum =
        table.helper(
            "checksum_sum(varchar) varbinary",
            arguments -> bytes(new BigInteger(arguments.text(0)).longValue()));
    table.aggregate(
        "checksum(T) varbinary",
        (call, arguments, result) -> {
          Typed value = arguments.get(0);
          SqlType type = value.type();
          JavaFunction hash =
              type == Simple.DOUBLE
                  ? ofDouble
                  : type == Simple.REAL
                      ? ofReal
                      : Coercions.isText(type) || type == Simple.VARBINARY ? ofBytes : ofNumber;
          Typed term = hash.render(List.of(hashed(value)), Simple.BIGINT);
          String sums = call.of("sum", "coalesce(" + term.sql() + ", " + PRIME + ")");
          Typed all = Typed.of(Sql.cast(sums, TEXT), TEXT, arguments);
          return sum.render(List.of(all), result);
        });
  }

  private static double normal(double number) {
    return number == 0 ? 0 : number;
  }

  private static long term(byte[] bytes) {
    return XxHash64.of(bytes) * PRIME;
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }

  /** The number, text or bytes of which the hash is. */
  private static Typed hashed(Typed value) {
    SqlType type = value.type();
    String sql = value.sql();
    if (type == Simple.BOOLEAN || Coercions.isInteger(type) || type == Simple.UNKNOWN) {
      return Typed.of(Sql.cast(sql, Simple.BIGINT), Simple.BIGINT, value);
    } else if (type == Simple.DOUBLE || type == Simple.REAL) {
      return Typed.of(Sql.cast(sql, Simple.DOUBLE), Simple.DOUBLE, value);
    } else if (type instanceof SqlType.Char) {
      return Typed.of("encode(rtrim(" + sql + ", ' '))", Simple.VARBINARY, value);
    } else if (type instanceof SqlType.Varchar) {
      return Typed.of("encode(" + sql + ")", Simple.VARBINARY, value);
    } else if (type == Simple.DATE) {
      return Typed.of("CAST((" + sql + " - DATE '1970-01-01') AS BIGINT)", Simple.BIGINT, value);
    } else if (type instanceof SqlType.Timestamp) {
      return Typed.of("epoch_us(" + sql + ")", Simple.BIGINT, value);
    } else if (type instanceof SqlType.Decimal decimal && decimal.precision() <= 18) {
      String whole = "CAST(" + sql + " AS DECIMAL(38, " + decimal.scale() + "))";
      return Typed.of(
          "CAST(" + whole + " * 1" + "0".repeat(decimal.scale()) + " AS BIGINT)",
          Simple.BIGINT,
          value);
    } else if (type == Simple.VARBINARY) {
      return value;
    }
    throw new UnsupportedCall("checksum of " + type + " is not supported");
  }
}
