package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.query.aws.NestedText.Outcome;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Athena prints of arrays, maps and rows, and when it can be read. */
class NestedTextTest {

  private static SqlType type(String hive) {
    return SqlTypes.of(DataType.parse(hive));
  }

  private static Object value(String hive, String text) {
    Outcome outcome = NestedText.read(text, type(hive));
    assertThat(outcome).isInstanceOf(Outcome.Value.class);
    return ((Outcome.Value) outcome).value();
  }

  @Test
  void valuesThatHoldNoTextHaveOneMeaning() {
    assertThat(value("array<int>", "[1, null, -3]")).isEqualTo(Arrays.asList(1, null, -3));
    assertThat(value("array<int>", "[]")).isEqualTo(List.of());
    assertThat(value("array<array<double>>", "[[1.0, NaN], [], null]"))
        .isEqualTo(Arrays.asList(List.of(1.0, Double.NaN), List.of(), null));
    assertThat(value("map<int,decimal(5,2)>", "{1=10.50, 2=null}"))
        .isEqualTo(mapOf(1, new BigDecimal("10.50"), 2, null));
    assertThat(value("map<int,int>", "{}")).isEqualTo(Map.of());
    assertThat(
            value(
                "struct<d:date,t:timestamp,b:boolean>",
                "{d=2024-01-02, t=2024-01-02 03:04:05.678, b=true}"))
        .isEqualTo(
            Map.of(
                "d",
                LocalDate.of(2024, 1, 2),
                "t",
                LocalDateTime.of(2024, 1, 2, 3, 4, 5, 678_000_000),
                "b",
                true));
    assertThat(value("array<struct<a:int,b:array<bigint>>>", "[{a=1, b=[2, 3]}, {a=null, b=null}]"))
        .asString()
        .isEqualTo("[{a=1, b=[2, 3]}, {a=null, b=null}]");
  }

  private static Map<Object, Object> mapOf(Object k1, Object v1, Object k2, Object v2) {
    Map<Object, Object> map = new java.util.LinkedHashMap<>();
    map.put(k1, v1);
    map.put(k2, v2);
    return map;
  }

  @Test
  void aTextHasOneMeaningWhereWhatFollowsTellsItsEnd() {
    assertThat(value("array<string>", "[abc]")).isEqualTo(List.of("abc"));
    assertThat(value("struct<x:int,y:string>", "{x=1, y=a, b=c}}"))
        .isEqualTo(Map.of("x", 1, "y", "a, b=c}"));
    assertThat(value("struct<y:string,x:int>", "{y=a, x=2, x=1}"))
        .isEqualTo(Map.of("y", "a, x=2", "x", 1));
    assertThat(value("struct<a:string,b:string>", "{a=1, b=2}"))
        .isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(value("map<int,string>", "{1=a}")).isEqualTo(Map.of(1, "a"));
    assertThat(value("map<int,string>", "{1=a, 2}")).isEqualTo(Map.of(1, "a, 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<string> | [a, b]",
        "array<string> | []",
        "array<string> | [null]",
        "struct<y:string> | {y=null}",
        "struct<a:string,b:string> | {a=1, b=2, b=3}",
        "map<int,string> | {1=a, 2=b}",
        "map<string,int> | {a=1, b=2}",
        "array<struct<t:string>> | [{t=a}, {t=b}]"
      })
  void textsThatCouldBeSeveralAreAmbiguous(String hive, String text) {
    assertThat(NestedText.read(text, type(hive))).isEqualTo(new Outcome.Ambiguous());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<int> | [1, x]",
        "array<int> | [1, 2",
        "array<int> | 1",
        "array<int> | [1,2]",
        "map<int,int> | {1}",
        "struct<a:int> | {b=1}",
        "struct<a:int> | {a=1, b=2}",
        "array<binary> | [00]"
      })
  void whatIsNoValueOfTheTypeIsMalformed(String hive, String text) {
    assertThat(NestedText.read(text, type(hive))).isEqualTo(new Outcome.Malformed());
  }

  @Test
  void longArraysAreReadInOneGo() {
    String text =
        IntStream.range(0, 200_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "[", "]"));
    assertThat((List<?>) value("array<int>", text)).hasSize(200_000).last().isEqualTo(199_999);
  }

  @Test
  void textsThatTakeTooLongAreAmbiguous() {
    String text = "{a=" + ", ".repeat(200_000) + ", b=}";
    assertThat(NestedText.read(text, type("struct<a:string,b:string>")))
        .isEqualTo(new Outcome.Ambiguous());
  }
}
