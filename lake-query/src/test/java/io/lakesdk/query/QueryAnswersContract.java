package io.lakesdk.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.Dataset;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a statement answers, and in which forms. */
abstract class QueryAnswersContract extends BillingContract {

  @Nested
  class Answers {
    record Total(String country, BigDecimal total) {}

    @Test
    void comeAsRecords() {
      try (Rows rows =
          engine.run(
              Query.sql(
                  "SELECT country, sum(amount) AS total FROM sales.orders GROUP BY country"
                      + " ORDER BY country"))) {
        assertThat(rows.as(Total.class))
            .extracting(Total::country)
            .containsExactly("de", "fr", "it's");
      }
    }

    @Test
    void comeAsMapsWithTypesAndNames() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      try (Rows rows =
          engine.run(
              Query.sql("SELECT id, country, 1 + 1, day FROM orders WHERE id = 3").in("sales"))) {
        assertThat(rows.columns())
            .extracting(Rows.ResultColumn::toString)
            .containsExactly(
                "ResultColumn[name=id, type=bigint]",
                "ResultColumn[name=country, type=varchar]",
                "ResultColumn[name=_col2, type=integer]",
                "ResultColumn[name=day, type=date]");
        assertThat(rows.asMaps())
            .singleElement()
            .asString()
            .isEqualTo("{id=3, country=fr, _col2=2, day=2024-01-03}");
      }
    }

    @Test
    void nameTheComponentThatHasNoColumn() {
      try (Rows rows = engine.run(Query.sql("SELECT country FROM sales.orders"))) {
        assertThatThrownBy(() -> rows.as(Total.class))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessageContaining("total")
            .hasMessageContaining("country");
      }
    }

    @Test
    void nameTheRowWhoseValueDoesNotFit() {
      record Id(long amount) {}
      try (Rows rows = engine.run(Query.sql("SELECT amount FROM sales.orders ORDER BY id"))) {
        Stream<Id> ids = rows.as(Id.class);
        assertThatThrownBy(ids::toList)
            .isInstanceOf(BadDataException.class)
            .hasMessageStartingWith("Cannot read row 1 of query over sales.orders")
            .hasMessageContaining("amount")
            .hasMessageNotContaining("10.5");
      }
    }

    @Test
    void areTheSameHoweverThePartitionsAreAskedFor() {
      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(4L));
      assertThat(answer("SELECT id FROM sales.orders WHERE country = 'it''s'"))
          .containsExactly(List.of(4L));
      assertThat(answer("SELECT country FROM sales.orders ORDER BY id"))
          .containsExactly(List.of("de"), List.of("de"), List.of("fr"), List.of("it's"));
    }

    @Test
    void areTheSameHoweverManyValuesAreAskedFor() {
      String values =
          IntStream.range(0, 5_000).mapToObj(i -> "'c" + i + "'").collect(joining(", "));
      assertThat(
              answer(
                  "SELECT id FROM sales.orders WHERE country IN ('de', "
                      + values
                      + ") ORDER BY id"))
          .containsExactly(List.of(1L), List.of(2L));
      String alternatives =
          IntStream.range(0, 2_000)
              .mapToObj(i -> "country = 'c" + i + "' OR country > 'x" + i + "'")
              .collect(joining(" OR "));
      assertThat(answer("SELECT id FROM sales.orders WHERE country = 'fr' OR " + alternatives))
          .containsExactly(List.of(3L));
    }

    @Test
    void ofADatasetWithoutDataAreEmpty() {
      Catalog.of(lake)
          .register(
              Dataset.named("sales.empty")
                  .in(Zone.CURATED)
                  .column("x", DataType.decimal(10, 2))
                  .partitionedBy("p", DataType.DATE)
                  .build());

      assertThat(answer("SELECT * FROM sales.empty")).isEmpty();
      assertThat(answer("SELECT count(*) FROM sales.empty")).containsExactly(List.of(0L));
    }

    @Test
    void bindParametersAsValuesOnly() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      Query query = Query.sql("SELECT id FROM sales.orders WHERE country = :c");

      assertThat(answer(query.bind("c", "it's"))).containsExactly(List.of(4L));
      assertThat(answer(query.bind("c", "' OR 1 = 1 --"))).isEmpty();
    }

    @Test
    void areReadOnce() {
      Rows rows = engine.run(Query.sql("SELECT id FROM sales.orders"));
      assertThat(rows.asLists()).hasSize(4);
      assertThatThrownBy(rows::asLists).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sayWhenANumberIsDividedByZero() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      assertThatThrownBy(() -> answer("SELECT id / (id - id) FROM sales.orders"))
          .isInstanceOf(BadDataException.class)
          .hasMessageStartingWith("Cannot run query over sales.orders: ")
          .hasMessageContainingAll("ivision by zero");
    }
  }
}
