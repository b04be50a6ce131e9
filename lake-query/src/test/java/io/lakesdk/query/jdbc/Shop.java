package io.lakesdk.query.jdbc;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Decimal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A lake with two databases. */
final class Shop {

  static final Dataset ORDERS =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .column("id", DataType.BIGINT, column -> column.describedAs("counts the orders"))
          .column("amount", DataType.decimal(12, 2))
          .column("day", DataType.DATE)
          .partitionedBy("country", DataType.STRING)
          .describedAs("what was sold")
          .build();

  static final Dataset NUMBERS =
      Dataset.named("math_x.numbers").in(Zone.CLEANED).column("n", DataType.BIGINT).build();

  record Order(
      long id,
      @Decimal(precision = 12, scale = 2) BigDecimal amount,
      LocalDate day,
      String country) {}

  record Figure(long n) {}

  private Shop() {}

  /** Puts four orders and as many numbers as wanted into it. */
  static void fill(Lake lake, int numbers) {
    Content.load(
        lake,
        ORDERS,
        Order.class,
        List.of(
            new Order(1, new BigDecimal("10.50"), LocalDate.of(2024, 1, 1), "de"),
            new Order(2, new BigDecimal("20.25"), LocalDate.of(2024, 1, 2), "de"),
            new Order(3, new BigDecimal("5.00"), LocalDate.of(2024, 1, 3), "fr"),
            new Order(4, null, LocalDate.of(2024, 1, 4), "it's")));
    Content.load(
        lake,
        NUMBERS,
        Figure.class,
        new ArrayList<>(LongStream.range(0, numbers).mapToObj(Figure::new).toList()));
  }
}
