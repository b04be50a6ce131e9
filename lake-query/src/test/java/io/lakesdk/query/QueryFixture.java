package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lake with orders, and what can be asked of the engine that is tested. */
abstract class QueryFixture {

  Lake lake;
  QueryEngine engine;

  record Order(long id, String country, BigDecimal amount, LocalDate day) {}

  final Dataset orders =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .columns(Order.class)
          .partitionedBy("country", DataType.STRING)
          .build();

  abstract Lake open();

  /** Whether what runs statements knows all of Athena's SQL; emulators of Athena do not. */
  boolean speaksAthena() {
    return true;
  }

  /**
   * Whether statements run in this process: files and versions are then chosen before they start,
   * and rows come while they run.
   */
  boolean runsHere() {
    return true;
  }

  /** Whether rows and columns are hidden from those who may see some; no emulator does. */
  boolean hidesRowsAndColumns() {
    return true;
  }

  /** How many results may be read at once, where that has a bound. */
  OptionalInt mostOpenResults() {
    return OptionalInt.empty();
  }

  @BeforeEach
  void openLake() {
    lake = open();
    engine = QueryEngine.of(lake);
    Content.load(
        lake,
        orders,
        Order.class,
        List.of(
            new Order(1, "de", new BigDecimal("10.50"), LocalDate.of(2024, 1, 1)),
            new Order(2, "de", new BigDecimal("20.25"), LocalDate.of(2024, 1, 2)),
            new Order(3, "fr", new BigDecimal("5.00"), LocalDate.of(2024, 1, 3)),
            new Order(4, "it's", null, LocalDate.of(2024, 1, 4))));
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  final List<List<Object>> answer(String sql) {
    return answer(Query.sql(sql));
  }

  final List<List<Object>> answer(Query query) {
    try (Rows rows = engine.run(query)) {
      return rows.asLists().toList();
    }
  }

  final String failure(String sql, Class<? extends LakeException> kind) {
    try {
      answer(sql);
    } catch (LakeException e) {
      assertThat(e).isInstanceOf(kind);
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("nothing was refused");
  }
}
