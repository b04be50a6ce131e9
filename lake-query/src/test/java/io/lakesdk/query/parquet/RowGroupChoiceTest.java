package io.lakesdk.query.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.RowCondition.And;
import io.lakesdk.query.sql.RowCondition.Compare;
import io.lakesdk.query.sql.RowCondition.IsNull;
import io.lakesdk.query.sql.RowCondition.NotNull;
import io.lakesdk.query.sql.RowCondition.Or;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.VarcharType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.UUIDType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A row group is left out only where its statistics prove that no row matches. */
class RowGroupChoiceTest {

  private static final int ROWS = 100;

  private final SchemaElement leaf =
      new SchemaElement("x").setRepetition_type(FieldRepetitionType.OPTIONAL);
  private final Statistics statistics = new Statistics();
  private final List<String> path = new ArrayList<>(List.of("x"));
  private DataType declared = Primitive.BIGINT;
  private boolean ordered = true;

  private void column(DataType type, Type physical) {
    declared = type;
    leaf.setType(physical);
  }

  private void limits(byte[] least, byte[] most) {
    statistics.setMin_value(least).setMax_value(most);
  }

  private static byte[] bytes(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] bytes(double value) {
    return bytes(Double.doubleToRawLongBits(value));
  }

  private static byte[] bytes(float value) {
    return bytes(Float.floatToRawIntBits(value));
  }

  private boolean admits(RowCondition condition) {
    ColumnMetaData data =
        new ColumnMetaData().setPath_in_schema(path).setNum_values(ROWS).setStatistics(statistics);
    RowGroup group =
        new RowGroup().setColumns(List.of(new ColumnChunk().setMeta_data(data))).setNum_rows(ROWS);
    FileMetaData file =
        new FileMetaData()
            .setSchema(List.of(new SchemaElement("root").setNum_children(1), leaf))
            .setRow_groups(List.of(group));
    if (ordered) {
      file.setColumn_orders(List.of(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
    }
    return new RowGroupChoice(List.of(Column.of("x", declared)), condition).of(file).get(0);
  }

  private boolean admits(Operator operator, Object value) {
    return admits(new Compare("x", operator, value));
  }

  private boolean admits(Object value) {
    return admits(Operator.EQUAL, value);
  }

  private void assertKnows(Object below, Object least, Object most, Object above) {
    assertThat(admits(below)).as("equal to less").isFalse();
    assertThat(admits(least)).as("equal to the least").isTrue();
    assertThat(admits(most)).as("equal to the most").isTrue();
    assertThat(admits(above)).as("equal to more").isFalse();
    assertThat(admits(Operator.LESS, below)).as("less than less").isFalse();
    assertThat(admits(Operator.LESS, most)).as("less than the most").isTrue();
    assertThat(admits(Operator.AT_MOST, below)).as("at most less").isFalse();
    assertThat(admits(Operator.AT_MOST, least)).as("at most the least").isTrue();
    assertThat(admits(Operator.MORE, above)).as("more than more").isFalse();
    assertThat(admits(Operator.MORE, least)).as("more than the least").isTrue();
    assertThat(admits(Operator.AT_LEAST, above)).as("at least more").isFalse();
    assertThat(admits(Operator.AT_LEAST, most)).as("at least the most").isTrue();
    assertThat(admits(Operator.NOT_EQUAL, least)).as("not the least").isTrue();
  }

  private void assertKnowsNothing(Object... values) {
    for (Object value : values) {
      for (Operator operator : Operator.values()) {
        assertThat(admits(operator, value)).as("%s %s", operator, value).isTrue();
      }
    }
  }

  @Nested
  class Numbers {

    @Test
    void ofFourAndEightBytes() {
      column(Primitive.BIGINT, Type.INT64);
      limits(bytes(-5L), bytes(1L << 40));
      assertKnows(-6L, -5L, 1L << 40, (1L << 40) + 1);
      assertThat(admits(Operator.LESS, -5L)).isFalse();
      assertThat(admits(Operator.MORE, 1L << 40)).isFalse();
      column(Primitive.INT, Type.INT32);
      limits(bytes(-5), bytes(7));
      assertKnows(-6L, -5L, 7L, 8L);
      assertThat(admits(new BigDecimal("7.5"))).isFalse();
      assertThat(admits(new BigDecimal("6.5"))).isTrue();
    }

    @Test
    void withoutSignOverflowTheirType() {
      column(Primitive.BIGINT, Type.INT32);
      leaf.setConverted_type(ConvertedType.UINT_32);
      limits(bytes(5), bytes(-1));
      assertKnows(4L, 5L, 4_294_967_295L, 4_294_967_296L);
      leaf.setLogicalType(LogicalType.INTEGER(new IntType((byte) 32, false)));
      assertKnows(4L, 5L, 4_294_967_295L, 4_294_967_296L);
      statistics.unsetMin_value();
      statistics.unsetMax_value();
      statistics.setMin(bytes(-1)).setMax(bytes(5));
      assertKnowsNothing(4L, 6L, 4_294_967_295L);
    }

    @Test
    void oneValueIsAllThereIs() {
      column(Primitive.BIGINT, Type.INT64);
      limits(bytes(7L), bytes(7L));
      assertThat(admits(Operator.NOT_EQUAL, 7L)).isFalse();
      assertThat(admits(Operator.NOT_EQUAL, 8L)).isTrue();
    }

    @Test
    void areKnownFromDeprecatedFieldsToo() {
      column(Primitive.BIGINT, Type.INT64);
      statistics.setMin(bytes(1L)).setMax(bytes(2L));
      assertKnows(0L, 1L, 2L, 3L);
      ordered = false;
      limits(bytes(1000L), bytes(2000L));
      assertKnows(0L, 1L, 2L, 3L);
    }

    @Test
    void asDecimalsHaveTheScaleOfTheFile() {
      column(new DecimalType(12, 4), Type.INT64);
      leaf.setConverted_type(ConvertedType.DECIMAL).setScale(2).setPrecision(10);
      limits(bytes(-150L), bytes(1025L));
      assertKnows(new BigDecimal("-1.51"), new BigDecimal("-1.5"), new BigDecimal("10.2500"), 11L);
      column(new DecimalType(30, 2), Type.FIXED_LEN_BYTE_ARRAY);
      limits(twosComplement(-150), twosComplement(1025));
      assertKnows(-2L, new BigDecimal("-1.5"), new BigDecimal("10.25"), new BigDecimal("10.26"));
      leaf.setLogicalType(LogicalType.DECIMAL(new org.apache.parquet.format.DecimalType(3, 20)));
      leaf.setScale(0);
      assertKnows(-1L, new BigDecimal("-0.15"), new BigDecimal("1.025"), new BigDecimal("1.026"));
      statistics.unsetMin_value();
      statistics.setMin(twosComplement(1)).setMax(twosComplement(2));
      assertKnowsNothing(0L, 5L);
    }

    private static byte[] twosComplement(long value) {
      byte[] all = new byte[16];
      java.util.Arrays.fill(all, (byte) (value < 0 ? 0xff : 0));
      byte[] some = BigInteger.valueOf(value).toByteArray();
      System.arraycopy(some, 0, all, 16 - some.length, some.length);
      return all;
    }

    @Test
    void thatMeanSomethingElseSayNothing() {
      column(Primitive.INT, Type.INT32);
      limits(bytes(1), bytes(2));
      leaf.setConverted_type(ConvertedType.TIME_MILLIS);
      assertKnowsNothing(0L, 5L);
      leaf.setLogicalType(new LogicalType());
      leaf.unsetConverted_type();
      assertKnowsNothing(0L, 5L);
    }

    @Test
    void ofAnotherSizeSayNothing() {
      column(Primitive.BIGINT, Type.INT64);
      limits(bytes(1), bytes(2));
      assertKnowsNothing(0L, 5L);
      limits(new byte[0], bytes(2L));
      assertKnowsNothing(0L, 5L);
    }

    @Test
    void outOfOrderSayNothing() {
      column(Primitive.BIGINT, Type.INT64);
      limits(bytes(2L), bytes(1L));
      assertKnowsNothing(0L, 5L);
    }

    @Test
    void withOneLimitSayNothing() {
      column(Primitive.BIGINT, Type.INT64);
      statistics.setMax_value(bytes(1L));
      assertKnowsNothing(0L, 5L);
    }
  }

  @Nested
  class FloatingPoint {

    @Test
    void numbersMayHideNan() {
      column(Primitive.DOUBLE, Type.DOUBLE);
      limits(bytes(1.5), bytes(2.5));
      assertThat(admits(1.0)).isFalse();
      assertThat(admits(3.0)).isFalse();
      assertThat(admits(2.0)).isTrue();
      assertThat(admits(Operator.LESS, 1.0)).isFalse();
      assertThat(admits(Operator.AT_MOST, 1L)).isFalse();
      assertThat(admits(Operator.MORE, 3.0)).isTrue();
      assertThat(admits(Operator.AT_LEAST, new BigDecimal("3.5"))).isTrue();
      assertThat(admits(Operator.NOT_EQUAL, 3.0)).isTrue();
      Compare above = new Compare("x", Operator.MORE, 3.0);
      assertThat(admits(new And(List.of(above, new Compare("x", Operator.LESS, 9.0))))).isFalse();
      assertThat(admits(new And(List.of(above, new Compare("y", Operator.LESS, 9.0))))).isTrue();
      statistics.setNan_count(1);
      assertThat(admits(above)).isTrue();
      statistics.setNan_count(0);
      assertKnows(1.0, 1.5, 2.5, 3.0);
    }

    @Test
    void nanAsALimitSaysNothing() {
      column(Primitive.DOUBLE, Type.DOUBLE);
      statistics.setNan_count(0);
      limits(bytes(Double.NaN), bytes(2.5));
      assertKnowsNothing(1.0, 9.0);
      column(Primitive.FLOAT, Type.FLOAT);
      limits(bytes(1f), bytes(Float.NaN));
      assertKnowsNothing(0.0, 9.0);
    }

    @Test
    void zerosOfBothSignsAreEqual() {
      column(Primitive.DOUBLE, Type.DOUBLE);
      statistics.setNan_count(0);
      limits(bytes(0.0), bytes(0.0));
      assertThat(admits(-0.0)).isTrue();
      assertThat(admits(Operator.AT_MOST, -0.0)).isTrue();
      limits(bytes(-0.0), bytes(-0.0));
      assertThat(admits(0.0)).isTrue();
      assertThat(admits(Operator.AT_LEAST, 0L)).isTrue();
    }

    @Test
    void constantsAreRoundedBothWays() {
      column(Primitive.FLOAT, Type.FLOAT);
      statistics.setNan_count(0);
      limits(bytes(0.1f), bytes(0.1f));
      assertThat(admits(new BigDecimal("0.1"))).isTrue();
      assertThat(admits(0.1)).isTrue();
      assertThat(admits(new BigDecimal("0.11"))).isFalse();
      column(Primitive.DOUBLE, Type.FLOAT);
      assertThat(admits((double) 0.1f)).isTrue();
      column(Primitive.DOUBLE, Type.DOUBLE);
      limits(bytes(9007199254740992.0), bytes(9007199254740992.0));
      assertThat(admits(9007199254740993L)).isTrue();
      assertThat(admits(Operator.MORE, Double.POSITIVE_INFINITY)).isFalse();
    }
  }

  @Nested
  class Text {

    private void text() {
      column(Primitive.STRING, Type.BYTE_ARRAY);
      leaf.setLogicalType(LogicalType.STRING(new StringType()));
    }

    @Test
    void isInTheOrderOfItsBytes() {
      text();
      limits("b".getBytes(UTF_8), "\u00e9".getBytes(UTF_8));
      assertKnows("a", "b", "\u00e9", "\u00ea");
      limits("\uffee".getBytes(UTF_8), "\ud83d\ude00".getBytes(UTF_8));
      assertKnows("\uffed", "\uffee", "\ud83d\ude00", "\ud83d\ude01");
      assertThat(admits("")).isFalse();
    }

    @Test
    void thatWasCutIsStillALimit() {
      text();
      limits("aaa".getBytes(UTF_8), new byte[] {'b', (byte) 0xff});
      statistics.setIs_min_value_exact(false).setIs_max_value_exact(false);
      assertThat(admits("aaabbb")).isTrue();
      assertThat(admits("bzzz")).isTrue();
      assertThat(admits("aa")).isFalse();
      assertThat(admits("c")).isFalse();
    }

    @Test
    void inTheDeprecatedFieldsSaysNothing() {
      text();
      statistics.setMin("b".getBytes(UTF_8)).setMax("c".getBytes(UTF_8));
      assertKnowsNothing("a", "d");
    }

    @Test
    void ofAnUnknownOrderSaysNothing() {
      text();
      limits("b".getBytes(UTF_8), "c".getBytes(UTF_8));
      ordered = false;
      assertKnowsNothing("a", "d");
    }

    @Test
    void thatIsReadAsSomethingElseSaysNothing() {
      text();
      limits("b".getBytes(UTF_8), "c".getBytes(UTF_8));
      declared = new VarcharType(1);
      assertKnowsNothing("bx", "d");
      declared = new CharType(3);
      assertKnowsNothing("a", "d");
      declared = Primitive.STRING;
      leaf.setType(Type.FIXED_LEN_BYTE_ARRAY).setLogicalType(LogicalType.UUID(new UUIDType()));
      assertKnowsNothing("a", "d");
    }

    @Test
    void thatIsNoUnicodeIsNotCompared() {
      text();
      limits("b".getBytes(UTF_8), "c".getBytes(UTF_8));
      assertKnowsNothing("\ud83d");
    }
  }

  @Nested
  class Times {

    @Test
    void daysAreNumbered() {
      column(Primitive.DATE, Type.INT32);
      leaf.setConverted_type(ConvertedType.DATE);
      limits(bytes(-1), bytes(1));
      assertKnows(
          LocalDate.parse("1969-12-30"),
          LocalDate.parse("1969-12-31"),
          LocalDate.parse("1970-01-02"),
          LocalDate.parse("1970-01-03"));
    }

    @Test
    void haveTheUnitOfTheFile() {
      column(Primitive.TIMESTAMP, Type.INT64);
      leaf.setConverted_type(ConvertedType.TIMESTAMP_MILLIS);
      assertUnit(1000);
      leaf.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
      assertUnit(1_000_000);
      leaf.setLogicalType(timestamp(TimeUnit.MILLIS(new MilliSeconds())));
      assertUnit(1000);
      leaf.setLogicalType(timestamp(TimeUnit.MICROS(new MicroSeconds())));
      assertUnit(1_000_000);
      leaf.setLogicalType(timestamp(TimeUnit.NANOS(new NanoSeconds())));
      assertUnit(1_000_000_000);
      leaf.setLogicalType(timestamp(new TimeUnit()));
      assertKnowsNothing(LocalDateTime.parse("2020-01-01T00:00:00"));
    }

    private LogicalType timestamp(TimeUnit unit) {
      return LogicalType.TIMESTAMP(new TimestampType(false, unit));
    }

    private void assertUnit(long perSecond) {
      limits(bytes(-perSecond), bytes(2 * perSecond));
      assertKnows(
          LocalDateTime.parse("1969-12-31T23:59:58.9"),
          LocalDateTime.parse("1969-12-31T23:59:59"),
          LocalDateTime.parse("1970-01-01T00:00:02"),
          LocalDateTime.parse("1970-01-01T00:00:02.1"));
    }

    @Test
    void finerThanTheLakesAreRoundedEitherWay() {
      column(Primitive.TIMESTAMP, Type.INT64);
      leaf.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
      limits(bytes(1_400L), bytes(1_600L));
      assertThat(admits(LocalDateTime.parse("1970-01-01T00:00:00.001"))).isTrue();
      assertThat(admits(LocalDateTime.parse("1970-01-01T00:00:00.002"))).isTrue();
      assertThat(admits(LocalDateTime.parse("1970-01-01T00:00:00.003"))).isFalse();
    }

    @Test
    void ofTwelveBytesSayNothing() {
      column(Primitive.TIMESTAMP, Type.INT96);
      limits(new byte[12], new byte[12]);
      assertKnowsNothing(LocalDateTime.parse("2020-01-01T00:00:00"));
    }
  }

  @Test
  void booleans() {
    column(Primitive.BOOLEAN, Type.BOOLEAN);
    limits(new byte[] {0}, new byte[] {0});
    assertThat(admits(true)).isFalse();
    assertThat(admits(false)).isTrue();
  }

  @Nested
  class Nulls {

    @Test
    void areAskedFor() {
      column(Primitive.BIGINT, Type.INT64);
      assertThat(admits(new IsNull("x"))).isTrue();
      assertThat(admits(new NotNull("x"))).isTrue();
      statistics.setNull_count(0);
      assertThat(admits(new IsNull("x"))).isFalse();
      assertThat(admits(new NotNull("x"))).isTrue();
      statistics.setNull_count(1);
      assertThat(admits(new IsNull("x"))).isTrue();
      assertThat(admits(new NotNull("x"))).isTrue();
      assertThat(admits(5L)).isTrue();
      statistics.setNull_count(ROWS);
      assertThat(admits(new IsNull("x"))).isTrue();
      assertThat(admits(new NotNull("x"))).isFalse();
      assertThat(admits(5L)).isFalse();
      assertThat(admits(Operator.NOT_EQUAL, 5L)).isFalse();
    }
  }

  @Nested
  class Columns {

    private static final Compare TEN = new Compare("x", Operator.EQUAL, 10L);

    private void from1to2() {
      column(Primitive.BIGINT, Type.INT64);
      limits(bytes(1L), bytes(2L));
    }

    @Test
    void matchInAnyCase() {
      from1to2();
      path.set(0, "X");
      leaf.setName("X");
      assertThat(admits(TEN)).isFalse();
    }

    @Test
    void insideOthersSayNothing() {
      from1to2();
      path.add("x");
      assertThat(admits(TEN)).isTrue();
      path.remove(1);
      leaf.setRepetition_type(FieldRepetitionType.REPEATED);
      assertThat(admits(TEN)).isTrue();
    }

    @Test
    void thatAreNotReadSayNothing() {
      from1to2();
      assertThat(admits(new Compare("year", Operator.EQUAL, 10L))).isTrue();
      assertThat(admits(new IsNull("year"))).isTrue();
    }

    @Test
    void ofAnotherKindThanTheConstantSayNothing() {
      from1to2();
      assertKnowsNothing("10", LocalDate.EPOCH.toString());
    }

    @Test
    void areJoinedByAndAndOr() {
      from1to2();
      Compare one = new Compare("x", Operator.EQUAL, 1L);
      Compare other = new Compare("y", Operator.EQUAL, 1L);
      assertThat(admits(new And(List.of(one, TEN)))).isFalse();
      assertThat(admits(new And(List.of(one, other)))).isTrue();
      assertThat(admits(new Or(List.of(one, TEN)))).isTrue();
      assertThat(admits(new Or(List.of(other, TEN)))).isTrue();
      assertThat(admits(new Or(List.of(TEN, TEN)))).isFalse();
      assertThat(admits(new Or(List.of(TEN, RowCondition.any())))).isTrue();
      assertThat(admits(RowCondition.any())).isTrue();
    }
  }
}
