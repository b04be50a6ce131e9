package io.lakesdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.BadDataException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ArrayRecordComponent") // users write such records
class ExactnessTest {

  record OfLong(long v) {}

  record OfInt(int v) {}

  record OfByte(byte v) {}

  record OfDouble(double v) {}

  record OfFloat(float v) {}

  record OfDecimal(BigDecimal v) {}

  record OfBig(BigInteger v) {}

  record OfUnit(TimeUnit v) {}

  record OfUuid(UUID v) {}

  record OfInstant(Instant v) {}

  record OfString(String v) {}

  record OfSet(Set<Integer> v) {}

  record OfMap(Map<BigDecimal, Integer> v) {}

  record OfList(List<OfInt> v) {}

  record OfInts(int[] v) {}

  @Test
  void wholeNumbersFitWhereverTheirValueDoes() {
    assertThat(read(OfLong.class, 1)).isEqualTo(new OfLong(1));
    assertThat(read(OfLong.class, new BigDecimal("12.00"))).isEqualTo(new OfLong(12));
    assertThat(read(OfLong.class, BigInteger.valueOf(Long.MIN_VALUE)))
        .isEqualTo(new OfLong(Long.MIN_VALUE));
    assertThat(read(OfInt.class, 5L)).isEqualTo(new OfInt(5));
    assertThat(read(OfByte.class, -128L)).isEqualTo(new OfByte((byte) -128));
    assertThat(read(OfDouble.class, 1L << 53)).isEqualTo(new OfDouble(0x1p53));
    assertThat(read(OfDecimal.class, 7L)).isEqualTo(new OfDecimal(new BigDecimal(7)));
    assertThat(read(OfBig.class, new BigDecimal("1E+3")))
        .isEqualTo(new OfBig(BigInteger.valueOf(1000)));
    misfit(OfInt.class, 1L << 31, "an int", "Long");
    misfit(OfByte.class, 128, "a byte", "Integer");
    misfit(OfLong.class, new BigDecimal("1.5"), "a long", "BigDecimal");
    misfit(OfLong.class, BigInteger.TWO.pow(63), "a long", "BigInteger");
    misfit(OfDouble.class, (1L << 53) + 1, "a double", "Long");
    misfit(OfBig.class, new BigDecimal("0.5"), "a BigInteger", "BigDecimal");
    misfit(OfLong.class, 3.0, "a long", "Double");
    misfit(OfLong.class, "3", "a long", "String");
  }

  @Test
  void fractionsFitWhereTheyStayTheSame() {
    assertThat(read(OfDouble.class, 1.5f)).isEqualTo(new OfDouble(1.5));
    assertThat(read(OfDouble.class, new BigDecimal("0.10"))).isEqualTo(new OfDouble(0.1));
    assertThat(read(OfFloat.class, 1.5)).isEqualTo(new OfFloat(1.5f));
    assertThat(read(OfFloat.class, Double.NaN)).isEqualTo(new OfFloat(Float.NaN));
    assertThat(read(OfFloat.class, new BigDecimal("0.1"))).isEqualTo(new OfFloat(0.1f));
    assertThat(read(OfDecimal.class, 0.1)).isEqualTo(new OfDecimal(new BigDecimal("0.1")));
    assertThat(read(OfDecimal.class, 0.1f)).isEqualTo(new OfDecimal(new BigDecimal("0.1")));
    misfit(OfFloat.class, 0.1, "a float", "Double");
    misfit(OfDecimal.class, Double.NaN, "a BigDecimal", "Double");
    misfit(OfDouble.class, new BigDecimal("12345678901234567.89"), "a double", "BigDecimal");
  }

  @Test
  void decimalsAreNeverRounded() {
    assertThat(write(new OfDecimal(new BigDecimal("1.5000000000000"))))
        .isEqualTo(new BigDecimal("1.500000000"));
    assertThat(write(new OfDecimal(new BigDecimal("1E+3"))))
        .isEqualTo(new BigDecimal("1000.000000000"));
    assertThat(write(new OfDecimal(new BigDecimal("0E+2000000000"))))
        .isEqualTo(new BigDecimal("0.000000000"));
    assertThatThrownBy(() -> write(new OfDecimal(new BigDecimal("0.1234567891"))))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot write column v: component OfDecimal.v is kept as decimal(38,9), and a value has"
                + " more than 9 digits after the point; round it, or declare its size with"
                + " @Decimal(precision, scale)");
    assertThatThrownBy(() -> write(new OfDecimal(new BigDecimal("1E+1000000000"))))
        .hasMessageEndingWith("and a value has more than 29 digits before the point");
    assertThatThrownBy(() -> write(new OfBig(BigInteger.TEN.pow(38))))
        .hasMessageEndingWith("and a value has more than 38 digits before the point");
  }

  @Test
  void textBecomesConstantsAndIdsWhenItNamesThem() {
    assertThat(read(OfUnit.class, "DAYS")).isEqualTo(new OfUnit(TimeUnit.DAYS));
    UUID id = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    assertThat(read(OfUuid.class, id.toString())).isEqualTo(new OfUuid(id));
    assertThat(read(OfUuid.class, id)).isEqualTo(new OfUuid(id));
    assertThatThrownBy(() -> read(OfUnit.class, "secret"))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot read column v: component OfUnit.v is a TimeUnit, and the text in the column"
                + " names none of its constants");
    misfit(OfUnit.class, 1, "a TimeUnit", "Integer");
    misfit(OfUuid.class, "1-1-1-1-1", "a UUID", "String");
    misfit(OfUuid.class, "x".repeat(36), "a UUID", "String");
    misfit(OfString.class, 1, "a String", "Integer");
  }

  @Test
  void momentsAreReadInUtc() {
    OfInstant noon = new OfInstant(Instant.parse("2024-01-01T12:00:00Z"));
    assertThat(read(OfInstant.class, LocalDateTime.parse("2024-01-01T12:00"))).isEqualTo(noon);
    assertThat(read(OfInstant.class, noon.v())).isEqualTo(noon);
    assertThat(read(OfInstant.class, OffsetDateTime.parse("2024-01-01T14:00+02:00")))
        .isEqualTo(noon);
    misfit(OfInstant.class, 0L, "an Instant", "Long");
  }

  @Test
  void nullDoesNotFitAPrimitive() {
    assertThatThrownBy(() -> read(OfInt.class, null))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot read column v: component OfInt.v is an int and cannot hold the null in the"
                + " column; use Integer or Optional<Integer>");
    assertThatThrownBy(() -> read(OfInts.class, Arrays.asList(1, null)))
        .hasMessageContaining("component OfInts.v[] is an int and cannot hold the null");
  }

  @Test
  void collectionsKeepEveryElement() {
    assertThatThrownBy(() -> read(OfSet.class, List.of(1, 1)))
        .hasMessage(
            "Cannot read column v: component OfSet.v is a Set, and the column holds an element"
                + " twice; use List");
    Map<BigDecimal, Integer> sameKeys = Map.of(new BigDecimal("1.0"), 1, new BigDecimal("1.00"), 2);
    assertThatThrownBy(() -> write(new OfMap(sameKeys)))
        .hasMessage(
            "Cannot write column v: component OfMap.v has two keys that are the same as"
                + " decimal(38,9)");
    Map<BigDecimal, Integer> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    assertThatThrownBy(() -> write(new OfMap(nullKey)))
        .hasMessage(
            "Cannot write column v: component OfMap.v has a null key, which a map in the lake"
                + " cannot hold");
    misfit(OfSet.class, "a", "a Set", "String");
    misfit(OfMap.class, "a", "a Map", "String");
    assertThatThrownBy(() -> read(OfList.class, List.of(1)))
        .hasMessageContaining("component OfList.v[] is a record, which a value of type Integer");
    assertThatThrownBy(() -> read(OfList.class, List.of(Map.of("v", 1L << 40))))
        .hasMessageContaining("component OfList.v[].v is an int, which a value of type Long");
  }

  private static <T extends Record> T read(Class<T> type, Object value) {
    return RecordMapper.of(type).reader(List.of("v")).read(new Object[] {value});
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> Object write(T row) {
    return RecordMapper.of((Class<T>) row.getClass()).toValues(row)[0];
  }

  private static void misfit(
      Class<? extends Record> type, Object value, String javaType, String valueType) {
    assertThatThrownBy(() -> read(type, value))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot read column v: component "
                + type.getSimpleName()
                + ".v is "
                + javaType
                + ", which a value of type "
                + valueType
                + " in the column does not fit exactly; change the component's type or CAST in the"
                + " query");
  }
}
