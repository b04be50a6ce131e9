package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import java.util.List;

/** Functions of the bits of whole numbers. */
final class BitFunctions {

  private BitFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    shifts(table, "tinyint", 8);
    shifts(table, "smallint", 16);
    shifts(table, "integer", 32);
    shifts(table, "bigint", 64);
    return table
        .scalar("bitwise_and(bigint, bigint) bigint", "({0} & {1})")
        .scalar("bitwise_or(bigint, bigint) bigint", "({0} | {1})")
        .scalar("bitwise_xor(bigint, bigint) bigint", "xor({0}, {1})")
        .scalar("bitwise_not(bigint) bigint", "(~{0})")
        .java(
            "bit_count(bigint, bigint) bigint",
            arguments -> bits(arguments.whole(0), arguments.whole(1)));
  }

  private static long bits(long value, long bits) {
    if (bits <= 1 || bits > 64) {
      throw new BadArgument("Bits specified in bit_count must be between 2 and 64, got " + bits);
    }
    long unused = 64 - bits;
    if (value << unused >> unused != value) {
      throw new BadArgument("Number must be representable with the bits specified");
    }
    return Long.bitCount(value << unused);
  }

  private static void shifts(FunctionTable table, String type, int width) {
    for (String direction : List.of("left", "right")) {
      table.java(
          "bitwise_" + direction + "_shift(" + type + ", integer) " + type,
          arguments -> {
            long value = arguments.whole(0);
            long shift = arguments.whole(1);
            if (shift < 0 || shift >= width) {
              return 0L;
            }
            long unsigned = width == 64 ? value : value & (1L << width) - 1;
            return direction.equals("left") ? value << shift : unsigned >>> shift;
          });
    }
    table.java(
        "bitwise_right_shift_arithmetic(" + type + ", integer) " + type,
        arguments -> {
          long shift = arguments.whole(1);
          return shift < 0 || shift >= width
              ? arguments.whole(0) < 0 ? -1L : 0L
              : arguments.whole(0) >> shift;
        });
  }
}
