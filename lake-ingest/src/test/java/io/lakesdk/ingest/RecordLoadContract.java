package io.lakesdk.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What loading records does in every lake. */
abstract class RecordLoadContract extends IngestionFixture {

  record Order(long id, String country, BigDecimal amount, Instant placedAt) {}

  private static final Dataset ORDERS =
      Dataset.named("sales.orders").in(Zone.CURATED).columns(Order.class).build();

  private static Order order(long id) {
    return new Order(
        id, id % 2 == 0 ? "DE" : "FR", new BigDecimal(id + ".25"), Instant.ofEpochSecond(id));
  }

  private static List<Order> orders(int number) {
    return IntStream.range(0, number).mapToObj(RecordLoadContract::order).toList();
  }

  private <T extends Record> Receipt load(Iterable<T> records, Dataset dataset) {
    return ingest().load(IngestionSource.records(records), dataset);
  }

  private <T extends Record> List<T> read(Dataset dataset, Class<T> type) {
    try (Workbench workbench = QueryEngine.of(lake).workbench();
        Rows rows =
            workbench.stream(workbench.dataset(dataset, Publishing.of(lake).snapshot(dataset)))) {
      return rows.as(type).toList();
    }
  }

  private List<Order> allOrders(Dataset dataset) {
    return read(dataset, Order.class).stream().sorted(Comparator.comparing(Order::id)).toList();
  }

  private int count(Dataset dataset) {
    return allOrders(dataset).size();
  }

  @Nested
  class Landing {

    @Test
    void recordsComeBackAsTheyWere() {
      Receipt receipt = load(orders(100), ORDERS);

      assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(receipt.rows()).isEqualTo(OptionalLong.of(100));
      assertThat(receipt.landed()).hasSize(1);
      assertThat(receipt.landed().get(0).name()).endsWith(".parquet");
      assertThat(receipt.bytes()).isPositive();
      assertThat(receipt.describe()).contains("1 file, 100 rows, ").contains("now version 1");
      assertThat(allOrders(ORDERS))
          .isEqualTo(
              orders(100).stream()
                  .map(o -> new Order(o.id(), o.country(), o.amount().setScale(9), o.placedAt()))
                  .toList());
    }

    @ParameterizedTest
    @MethodSource("io.lakesdk.ingest.RecordLoadContract#formats")
    void inEveryFormat(Format format) {
      Dataset dataset = ORDERS.toBuilder().format(format).build();
      load(orders(10), dataset);
      assertThat(allOrders(dataset)).hasSize(10).extracting(Order::id).startsWith(0L, 1L);
    }

    enum Size {
      SMALL,
      LARGE
    }

    record Line(String product, Optional<Integer> pieces) {}

    @SuppressWarnings("ArrayRecordComponent") // bytes are one of the types
    record Everything(
        boolean truth,
        byte tiny,
        short small,
        int whole,
        Long large,
        float single,
        double twice,
        UUID uuid,
        Size size,
        byte[] bytes,
        LocalDate day,
        LocalDateTime moment,
        List<Line> lines,
        Map<String, List<Integer>> scores,
        Line best,
        Optional<String> note) {}

    @Test
    void everyTypeOfComponent() {
      Everything one =
          new Everything(
              true,
              (byte) -128,
              (short) 7,
              Integer.MIN_VALUE,
              null,
              1.5f,
              Double.MIN_VALUE,
              new UUID(1, 2),
              Size.LARGE,
              new byte[] {0, -1},
              LocalDate.of(2024, 2, 29),
              LocalDateTime.of(1999, 12, 31, 23, 59, 59, 999_000_000),
              List.of(new Line("ü\0€", Optional.of(3)), new Line("b", Optional.empty())),
              Map.of("a", List.of(1, 2)),
              new Line("c", Optional.of(1)),
              Optional.empty());
      Dataset dataset =
          Dataset.named("t.everything").in(Zone.CURATED).columns(Everything.class).build();
      load(List.of(one), dataset);
      assertThat(read(dataset, Everything.class))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(one);
    }

    @Test
    void partitionKeysAreColumnsLikeOthers() {
      Dataset dataset = ORDERS.toBuilder().build();
      Dataset byCountry =
          Dataset.named("sales.orders")
              .in(Zone.CURATED)
              .columns(dataset.schema())
              .partitionedBy("country", DataType.STRING)
              .build();
      load(orders(10), byCountry);
      assertThat(files(byCountry))
          .extracting(file -> file.partition().path())
          .containsExactly("country=DE", "country=FR");
      assertThat(allOrders(byCountry)).extracting(Order::country).startsWith("DE", "FR");
    }

    @Test
    @SuppressWarnings("StreamToIterable") // it is read once
    void aStreamIsReadAsItComes() {
      Stream<Order> stream = orders(5000).stream();
      load(stream::iterator, ORDERS);
      assertThat(count(ORDERS)).isEqualTo(5000);
    }

    @Test
    void narrowerColumnsTakeWhatFitsExactly() {
      Dataset narrow =
          Dataset.named("sales.orders")
              .in(Zone.CURATED)
              .column("placed_at", DataType.TIMESTAMP)
              .column("amount", DataType.decimal(5, 2))
              .column("country", DataType.varchar(2))
              .column("id", DataType.TINYINT)
              .build();
      load(orders(10), narrow);
      assertThat(allOrders(narrow))
          .hasSize(10)
          .last()
          .satisfies(last -> assertThat(last.amount()).isEqualTo("9.25"));
    }

    @Test
    void noRecordsAreALoadOfNothing() {
      Receipt receipt = load(List.of(), ORDERS);
      assertThat(receipt.outcome()).isEqualTo(Outcome.NOTHING);
      assertThat(receipt.rows()).isEqualTo(OptionalLong.of(0));
      assertThat(version(ORDERS)).isZero();
      assertThat(count(ORDERS)).isZero();
    }
  }

  static Stream<Format> formats() {
    return Stream.of(Format.PARQUET, Format.CSV, Format.JSON_LINES, Format.JSON);
  }

  @Nested
  class Repeating {

    @Test
    void theSameRecordsAgainChangeNothing() {
      Receipt first = load(orders(10), ORDERS);
      Receipt again = load(new ArrayList<>(orders(10)), ORDERS);
      assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(again.load()).isEqualTo(first.load());
      assertThat(again.landed()).isEmpty();
      assertThat(again.rows()).isEqualTo(OptionalLong.of(0));
      assertThat(count(ORDERS)).isEqualTo(10);
      assertThat(objects(ORDERS)).isEqualTo(1);
    }

    @Test
    void equalRecordsAreAddedOnceMoreUnderAnotherName() {
      load(orders(1), ORDERS);
      Load again = Load.into(ORDERS).as(LoadId.of("once-more"));
      ingest().load(IngestionSource.records(orders(1)), again);
      Receipt repeated =
          ingest()
              .load(
                  IngestionSource.records(
                      () -> {
                        throw new AssertionError("a known load is not read");
                      }),
                  again);
      assertThat(repeated.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(count(ORDERS)).isEqualTo(2);
    }

    @Test
    void anotherOrderOrValueIsAnotherLoad() {
      load(List.of(order(1), order(2)), ORDERS);
      load(List.of(order(2), order(1)), ORDERS);
      load(List.of(order(1), order(3)), ORDERS);
      assertThat(count(ORDERS)).isEqualTo(6);
    }

    record Tagged(Map<String, Integer> tags) {}

    @Test
    void theOrderOfAMapDoesNotCount() {
      Dataset tagged = Dataset.named("t.tagged").in(Zone.RAW).columns(Tagged.class).build();
      Map<String, Integer> one = new java.util.LinkedHashMap<>();
      one.put("a", 1);
      one.put("b", 2);
      Map<String, Integer> other = new java.util.LinkedHashMap<>();
      other.put("b", 2);
      other.put("a", 1);
      load(List.of(new Tagged(one)), tagged);
      assertThat(load(List.of(new Tagged(other)), tagged).outcome()).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void aReplacingLoadIsARepetitionOnlyWhileItsRowsAreThere() {
      Load overwrite = Load.into(ORDERS).overwriting();
      load(orders(3), ORDERS);
      assertThat(replace(orders(1), overwrite)).isEqualTo(Outcome.PUBLISHED);
      assertThat(replace(orders(1), overwrite)).isEqualTo(Outcome.REPEATED);
      assertThat(replace(orders(2), overwrite)).isEqualTo(Outcome.PUBLISHED);
      assertThat(count(ORDERS)).isEqualTo(2);
      assertThat(replace(orders(1), overwrite)).isEqualTo(Outcome.PUBLISHED);
      assertThat(count(ORDERS)).isEqualTo(1);
      assertThat(replace(List.of(), overwrite)).isEqualTo(Outcome.PUBLISHED);
      assertThat(count(ORDERS)).isZero();
    }

    private Outcome replace(List<Order> orders, Load load) {
      return ingest().load(IngestionSource.records(orders), load).outcome();
    }
  }

  @Nested
  class Refusing {

    record Narrow(long id, String note) {}

    @Test
    void recordsWhoseColumnsAreNotThoseOfTheDataset() {
      assertThatThrownBy(() -> load(List.of(new Narrow(1, "x")), ORDERS))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot load records of Narrow into dataset sales.orders: columns [country, amount,"
                  + " placed_at] have no component in it, and its columns [note] are not in the"
                  + " dataset");
      assertNothing(ORDERS);
    }

    record Texts(String id, String country, BigDecimal amount, Instant placedAt) {}

    @Test
    void recordsOfOtherTypes() {
      Texts texts = new Texts("1", "DE", BigDecimal.ONE, Instant.EPOCH);
      assertThatThrownBy(() -> load(List.of(texts), ORDERS))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot load records of Texts into dataset sales.orders: column id is bigint in the"
                  + " dataset and string in the record");
      assertNothing(ORDERS);
    }

    @Test
    void aDatasetWithoutColumns() {
      assertThatThrownBy(() -> load(orders(1), RAW))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot load records of Order into dataset aviation.raw_flights: it has no columns;"
                  + " define it with .columns(Order.class)");
    }

    @Test
    void aNullAmongThem() {
      assertThatThrownBy(() -> load(Arrays.asList(order(1), null), ORDERS))
          .isInstanceOf(BadDataException.class)
          .hasMessage("Cannot load dataset sales.orders: record 1 is null");
      assertNothing(ORDERS);
    }

    @Test
    void recordsOfSeveralClasses() {
      assertThatThrownBy(() -> load(List.of(order(1), new Narrow(1, "x")), ORDERS))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot load dataset sales.orders: record 1 is a Narrow and the first one a Order;"
                  + " load each class by itself");
      assertNothing(ORDERS);
    }

    record Value(String text, BigDecimal number, long whole, LocalDate day, double real) {}

    private final Dataset values =
        Dataset.named("t.values")
            .in(Zone.RAW)
            .columns(
                io.lakesdk.schema.Schema.of(
                    Column.of("text", DataType.varchar(3)),
                    Column.of("number", DataType.decimal(5, 2)),
                    Column.of("whole", DataType.SMALLINT),
                    Column.of("day", DataType.DATE),
                    Column.of("real", DataType.FLOAT)))
            .build();

    private final Value fine =
        new Value("😀😀😀", new BigDecimal("999.990"), -32768, LocalDate.EPOCH, 0.5);

    @Test
    void valuesThatCannotBeStoredExactly() {
      refuses(
          new Value("abcd", fine.number, fine.whole, fine.day, 1),
          "column text in record 1 cannot be stored exactly: it has more characters than varchar(3)"
              + " holds");
      refuses(
          new Value("\ud83d", fine.number, fine.whole, fine.day, 1),
          "column text in record 1 cannot be stored exactly: it is no valid Unicode: half of a"
              + " surrogate pair stands alone");
      refuses(
          new Value("a", new BigDecimal("1.005"), fine.whole, fine.day, 1),
          "column number in record 1 cannot be stored exactly: it has more digits after the point"
              + " than decimal(5,2) holds");
      refuses(
          new Value("a", new BigDecimal("1000"), fine.whole, fine.day, 1),
          "column number in record 1 cannot be stored exactly: it has more digits before the point"
              + " than decimal(5,2) holds");
      refuses(
          new Value("a", fine.number, 32768, fine.day, 1),
          "column whole in record 1 cannot be stored exactly: it is out of the range of smallint");
      refuses(
          new Value("a", fine.number, 1, LocalDate.MAX, 1),
          "column day in record 1 cannot be stored exactly: its year is not one of 1 to 9999, the"
              + " range of date");
      refuses(
          new Value("a", fine.number, 1, fine.day, 0.1),
          "column real in record 1 cannot be stored exactly: a float does not hold it exactly");
      load(List.of(fine), values);
      assertThat(read(values, Value.class)).hasSize(1);
    }

    private void refuses(Value value, String reason) {
      assertThatThrownBy(() -> load(List.of(fine, value), values))
          .isInstanceOf(BadDataException.class)
          .hasMessage("Cannot load dataset t.values: the value of " + reason);
      assertNothing(values);
    }

    @Test
    void decimalsThatTheRecordsOwnColumnCannotHold() {
      Order tiny = new Order(1, "DE", new BigDecimal("0.0000000001"), Instant.EPOCH);
      assertThatThrownBy(() -> load(List.of(order(0), tiny), ORDERS))
          .isInstanceOf(BadDataException.class)
          .hasMessageStartingWith("Cannot load column amount: record 1 cannot be taken apart: ")
          .hasMessageNotContaining("0.0000000001");
      assertNothing(ORDERS);
    }

    @Test
    void theCallersOwnExceptionIsTheirs() {
      Iterable<Order> failing =
          () ->
              Stream.iterate(
                      order(0),
                      o -> {
                        if (o.id() > 10) {
                          throw new NoSuchElementException("mine");
                        }
                        return order(o.id() + 1);
                      })
                  .iterator();
      assertThatThrownBy(() -> load(failing, ORDERS))
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("mine");
      assertNothing(ORDERS);
    }

    @Test
    void whoMayNotWrite() {
      lake = lake.as(Principal.role("analyst"));
      assertThatThrownBy(() -> load(orders(1), ORDERS))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith("Cannot write zone curated: ");
    }

    private void assertNothing(Dataset dataset) {
      assertThat(version(dataset)).isZero();
      assertThat(objects(dataset)).isZero();
      assertThat(Catalog.of(lake).find(dataset.id())).isEmpty();
    }
  }

  @Test
  void definitionsMayGrowWithALoad() {
    record Small(long id) {}
    record Large(long id, String note) {}
    Dataset small = Dataset.named("t.growing").in(Zone.RAW).columns(Small.class).build();
    Dataset large = Dataset.named("t.growing").in(Zone.RAW).columns(Large.class).build();
    load(List.of(new Small(1)), small);
    load(List.of(new Large(2, "two")), large);
    assertThat(read(large, Large.class))
        .containsExactlyInAnyOrder(new Large(1, null), new Large(2, "two"));
    assertThatThrownBy(() -> load(List.of(new Small(3)), small))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("note");
    assertThat(read(large, Large.class)).hasSize(2);
    assertThat(Set.copyOf(Catalog.of(lake).dataset(large.id()).schema().names()))
        .containsExactlyInAnyOrder("id", "note");
  }
}
