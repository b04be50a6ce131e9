package io.lakesdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ArrayRecordComponent") // users write such records
class RecordMapperTest {

  private record Point(int x, Optional<String> label) {}

  private record Everything(
      boolean flag,
      byte tiny,
      short small,
      int normal,
      long large,
      float single,
      double twice,
      @Decimal(precision = 10, scale = 2) BigDecimal price,
      BigInteger big,
      String text,
      TimeUnit unit,
      UUID id,
      LocalDate day,
      LocalDateTime local,
      Instant placedAt,
      ByteBuffer bytes,
      Optional<Integer> maybe,
      List<Point> points,
      Set<Long> numbers,
      Map<TimeUnit, List<Point>> byUnit,
      Point point) {}

  private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

  private static final Everything ALL =
      new Everything(
          true,
          (byte) 1,
          (short) 2,
          3,
          4L,
          5.5f,
          6.25,
          new BigDecimal("7.10"),
          BigInteger.TEN.pow(37),
          "text",
          TimeUnit.DAYS,
          ID,
          LocalDate.of(2024, 2, 29),
          LocalDateTime.of(2024, 2, 29, 12, 30),
          Instant.parse("2024-02-29T12:30:00.123Z"),
          ByteBuffer.wrap(new byte[] {1, 2}),
          Optional.of(8),
          List.of(new Point(1, Optional.of("a")), new Point(2, Optional.empty())),
          Set.of(9L),
          Map.of(TimeUnit.HOURS, List.of(new Point(3, Optional.empty()))),
          new Point(4, Optional.of("b")));

  @Test
  void valuesAreThoseOfNoEngine() {
    RecordMapper<Everything> mapper = RecordMapper.of(Everything.class);
    Object[] values = mapper.toValues(ALL);
    assertThat(values).hasSameSizeAs(mapper.columns());
    assertThat(Arrays.copyOf(values, 15))
        .containsExactly(
            true,
            (byte) 1,
            (short) 2,
            3,
            4L,
            5.5f,
            6.25,
            new BigDecimal("7.10"),
            new BigDecimal(BigInteger.TEN.pow(37)),
            "text",
            "DAYS",
            ID.toString(),
            LocalDate.of(2024, 2, 29),
            LocalDateTime.of(2024, 2, 29, 12, 30),
            LocalDateTime.parse("2024-02-29T12:30:00.123"));
    assertThat((byte[]) values[15]).containsExactly(1, 2);
    assertThat(values[16]).isEqualTo(8);
    Map<String, Object> unlabelled = new LinkedHashMap<>();
    unlabelled.put("x", 2);
    unlabelled.put("label", null);
    assertThat(values[17]).isEqualTo(List.of(Map.of("x", 1, "label", "a"), unlabelled));
    assertThat(values[18]).isEqualTo(List.of(9L));
    assertThat(values[20]).isEqualTo(Map.of("x", 4, "label", "b"));
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    RecordMapper<Everything> mapper = RecordMapper.of(Everything.class);
    RecordMapper.Reader<Everything> reader = mapper.reader(mapper.schema().names());
    assertThat(reader.read(mapper.toValues(ALL))).isEqualTo(ALL);
  }

  @Test
  void arraysComeBackAsArrays() {
    record Arrays2(int[][] grid, byte[] bytes, List<String>[] lists, Long[] numbers) {}
    RecordMapper<Arrays2> mapper = RecordMapper.of(Arrays2.class);
    @SuppressWarnings({"unchecked", "rawtypes"})
    List<String>[] lists = new List[] {List.of("a")};
    Object[] values =
        mapper.toValues(
            new Arrays2(new int[][] {{1}, {}}, new byte[] {7}, lists, new Long[] {1L, null}));
    assertThat(values[0]).isEqualTo(List.of(List.of(1), List.of()));
    Arrays2 back = mapper.reader(List.of("grid", "bytes", "lists", "numbers")).read(values);
    assertThat(back.grid()).isDeepEqualTo(new int[][] {{1}, {}});
    assertThat(back.bytes()).containsExactly(7);
    assertThat(back.lists()).containsExactly(List.of("a"));
    assertThat(back.numbers()).containsExactly(1L, null);
  }

  @Test
  void nullsStayNullsAndOptionalsAreEmpty() {
    record Row(Integer a, Optional<String> b, List<String> c, Point d, Map<String, Integer> e) {}
    RecordMapper<Row> mapper = RecordMapper.of(Row.class);
    Row row = mapper.reader(mapper.schema().names()).read(new Object[5]);
    assertThat(row).isEqualTo(new Row(null, Optional.empty(), null, null, null));
    assertThat(mapper.toValues(row)).containsOnlyNulls();
  }

  @Test
  void theMapperOfAClassIsMadeOnce() {
    assertThat(RecordMapper.of(Point.class)).isSameAs(RecordMapper.of(Point.class));
  }

  @Test
  void timestampsAreCutToMilliseconds() {
    record Row(Instant at, LocalDateTime local) {}
    Object[] values =
        RecordMapper.of(Row.class)
            .toValues(
                new Row(
                    Instant.parse("1969-12-31T23:59:59.999999999Z"),
                    LocalDateTime.parse("2024-01-01T00:00:00.0019")));
    assertThat(values)
        .containsExactly(
            LocalDateTime.parse("1969-12-31T23:59:59.999"),
            LocalDateTime.parse("2024-01-01T00:00:00.001"));
  }

  @Nested
  class Columns {

    record Order(long id, int placedAt, @Name("who") String customer) {}

    private final RecordMapper<Order> mapper = RecordMapper.of(Order.class);

    @Test
    void areMatchedByNameInAnyCaseAndOrder() {
      Order order = new Order(1, 2, "c");
      assertThat(mapper.reader(List.of("WHO", "Placed_At", "id")).read(new Object[] {"c", 2, 1}))
          .isEqualTo(order);
      assertThat(
              mapper.reader(List.of("id", "placedat", "Customer")).read(new Object[] {1, 2, "c"}))
          .isEqualTo(order);
    }

    @Test
    void thatNoComponentAsksForAreIgnored() {
      assertThat(
              mapper
                  .reader(List.of("x", "id", "placed_at", "who", "x"))
                  .read(new Object[] {0, 1, 2, "c", 0}))
          .isEqualTo(new Order(1, 2, "c"));
    }

    @Test
    void thatAreMissingAreNamedWithThoseThatAreThere() {
      assertThatThrownBy(() -> mapper.reader(List.of("id", "placed", "who")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot read column placed_at: component Order.placedAt has no column of that name;"
                  + " there are id, placed, who");
      assertThatThrownBy(() -> mapper.reader(List.of())).hasMessageEndingWith("there are none");
    }

    @Test
    void thatAreThereTwiceAreRefused() {
      assertThatThrownBy(() -> mapper.reader(List.of("id", "ID", "placed_at", "who")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot read column id: component Order.id could be any of several; name them apart"
                  + " with AS; there are id, ID, placed_at, who");
    }

    @Test
    void ofAnotherComponentAreNotTaken() {
      record Swapped(@Name("b") int a, @Name("a") int b) {}
      assertThatThrownBy(() -> RecordMapper.of(Swapped.class).reader(List.of("a")))
          .hasMessage(
              "Cannot read column b: component Swapped.a has no column of that name; there are a");
    }

    @Test
    void mustBeAsManyAsTheValues() {
      assertThatThrownBy(() -> mapper.reader(List.of("id", "placed_at", "who")).read(new Object[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A row has 2 values for 3 columns");
    }

    @Test
    void insideStructsAreMatchedLikewise() {
      record Inner(int placedAt) {}
      record Outer(Inner inner) {}
      RecordMapper.Reader<Outer> reader = RecordMapper.of(Outer.class).reader(List.of("inner"));
      Outer outer = new Outer(new Inner(1));
      assertThat(reader.read(new Object[] {Map.of("Placed_At", 1)})).isEqualTo(outer);
      assertThat(reader.read(new Object[] {Map.of("placedAt", 1)})).isEqualTo(outer);
      assertThatThrownBy(() -> reader.read(new Object[] {Map.of("x", 1)}))
          .hasMessage(
              "Cannot read column placed_at: component Outer.inner.placedAt has no field of that"
                  + " name; there are x");
    }
  }

  @Test
  void whatTheRecordRefusesIsBadData() {
    record Positive(int x) {
      Positive {
        if (x < 0) {
          throw new IllegalStateException("negative");
        }
      }

      @Override
      @SuppressWarnings("UnusedMethod") // called by the mapper
      public int x() {
        if (x == 0) {
          throw new ArithmeticException("zero");
        }
        return x;
      }
    }
    RecordMapper<Positive> mapper = RecordMapper.of(Positive.class);
    assertThatThrownBy(() -> mapper.reader(List.of("x")).read(new Object[] {-1}))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot read type "
                + Positive.class.getTypeName()
                + ": the constructor of Positive threw java.lang.IllegalStateException")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> mapper.toValues(new Positive(0)))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot write column x: the accessor of Positive.x threw"
                + " java.lang.ArithmeticException");
  }
}
