package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What statements cost. */
abstract class BillingContract extends QueryFixture {

  @Nested
  class Bills {

    private Bill bill(QueryEngine asked, String sql) {
      try (Rows rows = asked.run(Query.sql(sql))) {
        rows.asLists().forEach(row -> {});
        return rows.stats().bill();
      }
    }

    @Test
    void haveTenMegabytesForAQueryAtLeast() {
      Bill bill = bill(engine, "SELECT count(*) FROM sales.orders");

      assertThat(bill.bytes()).isEqualTo(10L << 20);
      assertThat(bill.price()).isEqualByComparingTo("0.0000476837158203125");
    }

    @Test
    void haveThePriceThatTheEngineWasTold() {
      Bill bill =
          bill(engine.pricedAt(new BigDecimal("6.75")), "SELECT count(*) FROM sales.orders");

      assertThat(bill.pricePerTerabyte()).isEqualByComparingTo("6.75");
      assertThat(bill.price()).isEqualByComparingTo("0.000064373016357421875");
    }
  }
}
