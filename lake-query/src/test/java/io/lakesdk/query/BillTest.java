package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BillTest {

  private static final long MEGABYTE = 1 << 20;

  @Test
  void isOfWholeMegabytes() {
    assertThat(Bill.scanned(20 * MEGABYTE).bytes()).isEqualTo(20 * MEGABYTE);
    assertThat(Bill.scanned(20 * MEGABYTE + 1).bytes()).isEqualTo(21 * MEGABYTE);
    assertThat(Bill.scanned(21 * MEGABYTE - 1).bytes()).isEqualTo(21 * MEGABYTE);
  }

  @Test
  void isOfTenMegabytesAtLeast() {
    assertThat(Bill.scanned(0).bytes()).isEqualTo(10 * MEGABYTE);
    assertThat(Bill.scanned(1).bytes()).isEqualTo(10 * MEGABYTE);
    assertThat(Bill.scanned(10 * MEGABYTE + 1).bytes()).isEqualTo(11 * MEGABYTE);
  }

  @Test
  void isExactInDollars() {
    assertThat(Bill.scanned(1L << 40).price()).isEqualByComparingTo("5");
    assertThat(Bill.scanned(1).price()).isEqualByComparingTo("0.0000476837158203125");
    assertThat(Bill.scanned(3L << 40).at(new BigDecimal("6.75")).price())
        .isEqualByComparingTo("20.25");
    assertThat(Bill.free().price()).isZero();
  }

  @Test
  void hasNoNegativePrice() {
    assertThatThrownBy(() -> Bill.free().at(new BigDecimal("-0.01")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot set option pricePerTerabyte: it is an amount of US dollars, 0 or more");
  }
}
