package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordsSourceTest extends FederatedSourceContract {

  record Numbered(long n) {}

  @Override
  FederatedSource source() {
    return FederatedSource.records().with("shop.customers", Customer.class, () -> CUSTOMERS);
  }

  private void numbers(Iterable<Numbered> numbers) {
    Federation.of(lake)
        .register(
            "java", FederatedSource.records().with("a.numbers", Numbered.class, () -> numbers));
  }

  @Test
  void eachStatementSeesTheRecordsOfItsTime() {
    List<Numbered> list = new ArrayList<>();
    numbers(list);
    assertThat(answer("SELECT n FROM java.a.numbers")).isEmpty();
    list.add(new Numbered(1));
    assertThat(answer("SELECT n FROM java.a.numbers")).containsExactly(List.of(1L));
  }

  @Test
  void anEarlierAnswerIsNotGivenAgain() {
    List<Numbered> list = new ArrayList<>(List.of(new Numbered(1)));
    numbers(list);
    QueryEngine engine = QueryEngine.of(lake);
    engine.workgroups().register(Workgroup.named("team").resultsIn("s3://curated/results/"));
    Query query =
        Query.sql("SELECT n FROM java.a.numbers")
            .workgroup("team")
            .reuseResultsFor(Duration.ofHours(1));
    for (int i = 1; i <= 2; i++) {
      try (Rows rows = engine.run(query)) {
        assertThat(rows.asLists()).hasSize(i);
      }
      list.add(new Numbered(2));
    }
  }

  @Test
  void noMoreRecordsAreMadeThanTheLimit() {
    AtomicLong made = new AtomicLong();
    numbers(
        () ->
            LongStream.iterate(0, n -> n + 1)
                .peek(n -> made.incrementAndGet())
                .mapToObj(Numbered::new)
                .iterator());
    assertThat(answer("SELECT n FROM java.a.numbers LIMIT 7")).hasSize(7);
    assertThat(made).hasValue(7);
  }

  @Test
  void endlessRecordsAreCancelledAndTimedOut() {
    numbers(() -> LongStream.iterate(0, n -> n + 1).mapToObj(Numbered::new).iterator());
    Query endless = Query.sql("SELECT sum(n % 10) FROM java.a.numbers");
    assertThatThrownBy(
            () -> {
              try (Rows rows = QueryEngine.of(lake).run(endless.timeout(Duration.ofMillis(300)))) {
                assertThat(rows.asLists()).isEmpty();
              }
            })
        .isInstanceOf(UnavailableException.class);
    assertThat(answer("SELECT 1")).containsExactly(List.of(1));
  }

  @Test
  void anAbsentRecordIsNamedByItsNumber() {
    numbers(Arrays.asList(new Numbered(1), null));
    assertThatThrownBy(() -> answer("SELECT n FROM java.a.numbers"))
        .isInstanceOf(BadDataException.class)
        .hasMessage("Cannot read dataset java.a.numbers: record 2 is null");
  }

  @Test
  void aCodeThatFailsIsNamedByItsKind() {
    numbers(
        () -> {
          throw new IllegalStateException("secret");
        });
    assertThatThrownBy(() -> answer("SELECT n FROM java.a.numbers"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("its source failed with java.lang.IllegalStateException")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aValueThatDoesNotFitIsNamedByItsColumn() {
    record Price(BigDecimal amount) {}
    Federation.of(lake)
        .register(
            "java",
            FederatedSource.records()
                .with("a.prices", Price.class, () -> List.of(new Price(new BigDecimal("1E-12")))));
    assertThatThrownBy(() -> answer("SELECT amount FROM java.a.prices"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("Cannot read dataset java.a.prices: record 1 does not fit")
        .hasMessageContaining("amount");
  }

  @Test
  void namesAreSchemaAndTable() {
    assertThatThrownBy(() -> FederatedSource.records().with("numbers", Numbered.class, List::of))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("write schema.table");
    assertThatThrownBy(
            () ->
                FederatedSource.records()
                    .with("a.b", Numbered.class, List::of)
                    .with("A.B", Numbered.class, List::of))
        .isInstanceOf(InvalidDefinitionException.class);
  }
}
