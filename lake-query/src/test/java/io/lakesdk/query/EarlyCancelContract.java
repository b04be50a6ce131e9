package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.error.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a query engine promises whoever cancels a statement before it has rows. */
abstract class EarlyCancelContract {

  /** Takes minutes, and has its one row at the end. */
  private static final String SLOW =
      "SELECT sum(a.x * b.x) FROM UNNEST(sequence(1, 9000)) AS a(x),"
          + " UNNEST(sequence(1, 9000)) AS b(x), UNNEST(sequence(1, 9000)) AS c(x)"
          + " WHERE a.x + b.x > c.x";

  private Lake lake;

  abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  @Test
  void endsAStatementThatHasNoRowsYet() {
    assertThatThrownBy(
            () -> {
              try (Rows rows = QueryEngine.of(lake).run(Query.sql(SLOW), Runnable::run)) {
                rows.asLists().toList();
              }
            })
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it was cancelled");
  }

  @Test
  void isOfferedOnceToEveryStatement() {
    List<Runnable> cancels = new ArrayList<>();
    try (Rows rows = QueryEngine.of(lake).run(Query.sql("SELECT 1"), cancels::add)) {
      assertThat(cancels).hasSize(1);
      assertThat(rows.asLists()).containsExactly(List.of(1));
    }
    cancels.get(0).run();
  }
}
