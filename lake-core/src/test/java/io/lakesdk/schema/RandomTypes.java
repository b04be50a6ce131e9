package io.lakesdk.schema;

import java.util.List;
import java.util.Random;

/** Types of every kind, nested at random. */
final class RandomTypes {

  private static final String LETTERS = "abcxyz_019 .$-:,<>()`é漢\"'";

  private static final List<Primitive> SIMPLE = List.of(Primitive.values());

  private RandomTypes() {}

  static DataType next(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> {
        int precision = 1 + random.nextInt(38);
        yield DataType.decimal(precision, random.nextInt(precision + 1));
      }
      case 1 -> DataType.varchar(1 + random.nextInt(65_535));
      case 2 -> DataType.charOf(1 + random.nextInt(255));
      case 3 -> SIMPLE.get(random.nextInt(SIMPLE.size()));
      case 4 -> DataType.arrayOf(next(random, depth - 1));
      case 5 -> DataType.mapOf(next(random, 0), next(random, depth - 1));
      default -> struct(random, depth);
    };
  }

  private static DataType struct(Random random, int depth) {
    StructType.Builder struct = DataType.struct();
    int fields = 1 + random.nextInt(4);
    for (int i = 0; i < fields; i++) {
      struct.field(name(random) + i, next(random, depth - 1));
    }
    return struct.build();
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder("n");
    for (int i = random.nextInt(8); i > 0; i--) {
      char c = LETTERS.charAt(random.nextInt(LETTERS.length()));
      name.append(c == ',' ? ';' : c);
    }
    return name.toString();
  }
}
