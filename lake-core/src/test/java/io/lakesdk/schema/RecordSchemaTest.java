package io.lakesdk.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ArrayRecordComponent") // users write such records
class RecordSchemaTest {

  private record Primitives(boolean a, byte b, short c, int d, long e, float f, double g) {}

  private record Wrappers(Boolean a, Byte b, Short c, Integer d, Long e, Float f, Double g) {}

  private record Scalars(
      BigDecimal amount,
      @Decimal(precision = 12, scale = 2) BigDecimal price,
      BigInteger big,
      String text,
      TimeUnit unit,
      UUID id,
      byte[] bytes,
      ByteBuffer buffer,
      LocalDate day,
      LocalDateTime local,
      Instant placedAtUTC) {}

  private record Point(double x, @Name("Why") double y) {}

  private record Nested(
      List<Point> points,
      Set<String> tags,
      int[][] grid,
      List<String>[] lists,
      Byte[] objects,
      Map<UUID, Optional<Point>> byId,
      Optional<List<Integer>> maybe,
      @Decimal(precision = 5, scale = 1) Map<String, List<BigDecimal>> sizes) {}

  @Test
  void primitivesAndTheirWrappersHaveTheSameColumns() {
    assertThat(Schema.of(Primitives.class))
        .hasToString("a boolean, b tinyint, c smallint, d int, e bigint, f float, g double")
        .isEqualTo(Schema.of(Wrappers.class));
  }

  @Test
  void everyValueClassHasItsColumnType() {
    assertThat(Schema.of(Scalars.class))
        .hasToString(
            "amount decimal(38,9), price decimal(12,2), big decimal(38,0), text string, unit"
                + " string, id string, bytes binary, buffer binary, day date, local timestamp,"
                + " placed_at_utc timestamp");
  }

  @Test
  void collectionsAndRecordsNest() {
    assertThat(Schema.of(Nested.class))
        .hasToString(
            "points array<struct<x:double,why:double>>, tags array<string>, grid"
                + " array<array<int>>, lists array<array<string>>, objects array<tinyint>, by_id"
                + " map<string,struct<x:double,why:double>>, maybe array<int>, sizes"
                + " map<string,array<decimal(5,1)>>");
  }

  @Test
  void aRecordMayUseAnotherTwice() {
    record Segment(Point from, Point to) {}
    assertThat(Schema.of(Segment.class).names()).containsExactly("from", "to");
  }
}
