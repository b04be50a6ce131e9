package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.error.UnavailableException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which files and which version a statement reads, and what it tells of that. */
abstract class QueryScanContract extends QueryAnswersContract {

  @Nested
  class Statistics {

    @Test
    void countWhatIsReadAfterPruning() {
      assumeTrue(
          runsHere(),
          "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
      try (Rows all = engine.run(Query.sql("SELECT id FROM sales.orders"));
          Rows some = engine.run(Query.sql("SELECT id FROM sales.orders WHERE country = 'de'"))) {
        assertThat(all.stats().partitionsTotal()).hasValue(3);
        assertThat(all.stats().partitionsScanned()).hasValue(3);
        assertThat(all.stats().filesScanned()).hasValue(3).isEqualTo(all.stats().filesTotal());
        assertThat(some.stats().partitionsTotal()).hasValue(3);
        assertThat(some.stats().partitionsScanned()).hasValue(1);
        assertThat(some.stats().filesScanned()).hasValue(1);
        assertThat(some.stats().bytesScanned()).isPositive().isLessThan(all.stats().bytesScanned());
      }
    }

    @Test
    void limitAStatementBeforeItRuns() {
      assumeTrue(
          runsHere(),
          "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
      long bytes;
      try (Rows rows = engine.run(Query.sql("SELECT id FROM sales.orders"))) {
        bytes = rows.stats().bytesScanned();
      }
      Query query = Query.sql("SELECT id FROM sales.orders");
      assertThat(answer(query.scanAtMost(bytes))).hasSize(4);
      assertThatThrownBy(() -> answer(query.scanAtMost(bytes - 1)))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query over sales.orders: it would scan "
                  + bytes
                  + " bytes and may scan "
                  + (bytes - 1)
                  + "; ask for fewer partitions, or raise scanAtMost");
    }
  }

  @Test
  void aStatementReadsOneVersionOfADataset() {
    assumeTrue(
        runsHere(),
        "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
    Map<String, Object> row;
    try (Rows rows = engine.run(Query.sql("SELECT count(*) AS n FROM sales.orders"))) {
      Content.load(
          lake,
          orders,
          Order.class,
          List.of(new Order(9, "de", BigDecimal.ONE, LocalDate.of(2024, 1, 9))));
      row = rows.asMaps().findFirst().orElseThrow();
    }
    assertThat(row).containsEntry("n", 4L);
    assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(5L));
  }
}
