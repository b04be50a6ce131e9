package io.lakesdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecordErrorsTest {

  record Node(int id, Node next) {}

  record Tree(int id, List<Branch> branches) {}

  record Branch(Optional<Tree> tree) {}

  record Pair<A, B>(A first, B second) {}

  @Test
  void recordsThatContainThemselvesAreRefusedWithThePath() {
    refused(
        Node.class,
        "component Node.next contains record Node in itself, and a column type must end; keep the"
            + " id of the other row instead");
    refused(
        Tree.class,
        "component Tree.branches[].tree contains record Tree in itself, and a column type must"
            + " end; keep the id of the other row instead");
  }

  @Test
  void typesWithoutColumnAreRefusedWithWhatToUse() {
    record Time(LocalTime at) {}
    record Lasting(List<Duration> waits) {}
    record Anything(Map<String, Object> values) {}
    record Old(Date day) {}
    record Letter(char letter) {}
    record Maybe(OptionalInt count) {}
    record Odd(Thread thread) {}
    record Stamped(java.sql.Timestamp at) {}
    unsupported(Time.class, "Time.at is java.time.LocalTime", "String");
    unsupported(
        Lasting.class, "Lasting.waits[] is java.time.Duration", "long with the unit in its name");
    unsupported(
        Anything.class,
        "Anything.values[value] is java.lang.Object",
        "a record, or a type that RecordMapper lists");
    unsupported(Old.class, "Old.day is java.util.Date", "Instant");
    unsupported(Letter.class, "Letter.letter is char", "String");
    unsupported(Maybe.class, "Maybe.count is java.util.OptionalInt", "Optional<Integer>");
    unsupported(
        Odd.class, "Odd.thread is java.lang.Thread", "a record, or a type that RecordMapper lists");
    unsupported(Stamped.class, "Stamped.at is java.sql.Timestamp", "Instant");
  }

  @Test
  @SuppressWarnings("rawtypes")
  void genericsMustSayOfWhat() {
    record Raw(List names) {}
    record RawMap(Map names) {}
    record Wild(List<? extends Number> numbers) {}
    record Generic(Pair<String, String> pair) {}
    refused(Raw.class, "component Raw.names is a raw List; say of what, as in List<String>");
    refused(
        RawMap.class,
        "component RawMap.names is a raw Map; say of what, as in Map<String, Integer>");
    refused(
        Wild.class,
        "component Wild.numbers[] is a wildcard, ? extends java.lang.Number; write the type"
            + " itself");
    refused(
        Generic.class,
        "component Generic.pair is a generic record; use a record whose components have fixed"
            + " types");
    refused(Pair.class, "it is a generic record; use a record whose components have fixed types");
  }

  @Test
  void nullsHaveOneMeaning() {
    record Twice(Optional<Optional<String>> text) {}
    record Keyed(Map<Optional<String>, String> map) {}
    refused(
        Twice.class, "component Twice.text is an Optional in an Optional; a column has one null");
    refused(Keyed.class, "component Keyed.map has an Optional as key, and keys are never null");
  }

  @Test
  void mapKeysAreSimple() {
    record Keyed(Map<List<Integer>, String> map) {}
    assertThatThrownBy(() -> Schema.of(Keyed.class))
        .hasMessageEndingWith(
            ": component Keyed.map: Cannot define type map<array<int>,string>: the key must be a"
                + " simple type such as string or int, not an array, map or struct");
  }

  @Test
  void namesMustBeUsableAndDifferent() {
    record Same(int placedAt, int placed_at) {}
    record Comma(@Name("a,b") int ab) {}
    refused(
        Same.class,
        "components placedAt and placed_at both become column placed_at; give one another with"
            + " @Name");
    assertThatThrownBy(() -> Schema.of(Comma.class))
        .hasMessageEndingWith(
            ": component Comma.ab: Cannot name column a,b: the name holds a comma, which Athena"
                + " refuses in column names");
  }

  @Test
  void decimalSizesMustBelongToADecimal() {
    record Without(@Decimal(precision = 5, scale = 2) double price) {}
    record TooWide(@Decimal(precision = 39, scale = 2) BigDecimal price) {}
    refused(Without.class, "component Without.price has @Decimal but no BigDecimal");
    assertThatThrownBy(() -> Schema.of(TooWide.class))
        .hasMessageEndingWith(
            ": component TooWide.price: Cannot define type decimal(39,2): the precision must be"
                + " from 1 to 38");
  }

  @Test
  void recordsNeedComponents() {
    record Empty() {}
    record Holder(Empty empty) {}
    refused(Empty.class, "it is a record without components");
    refused(Holder.class, "component Holder.empty is a record without components");
  }

  private static void unsupported(Class<? extends Record> type, String what, String instead) {
    refused(type, "component " + what + ", which no column type holds; use " + instead);
  }

  private static void refused(Class<? extends Record> type, String reason) {
    assertThatThrownBy(() -> Schema.of(type))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot map type " + type.getTypeName() + ": " + reason);
    assertThat(type.isRecord()).isTrue();
  }
}
