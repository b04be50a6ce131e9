package io.lakesdk.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an open statement holds is given back also by those who forget to close its rows. */
class ForgottenRowsTest {

  private static final Query LONG =
      Query.sql("SELECT a.x FROM UNNEST(sequence(1, 9000)) AS a(x), UNNEST(sequence(1, 90)) b(y)");

  private static final Query SHORT = Query.sql("SELECT 1 AS x");

  @Test
  void rowsThatNobodyCanReachAnyMoreAreClosed() {
    try (Lake lake = Lake.inMemory()) {
      for (int i = 0; i < 5; i++) {
        assertThat(QueryEngine.of(lake).run(LONG).asLists().findFirst()).isPresent();
      }
      assertThat(openAfterCollection(lake)).isZero();
    }
  }

  @Test
  void forgottenRowsThatWereCollectedGiveTheirPlacesBack() {
    try (Lake lake = Lake.inMemory()) {
      for (int i = 0; i < OpenResults.MOST; i++) {
        assertThat(QueryEngine.of(lake).run(SHORT).columns()).hasSize(1);
      }
      assertThat(openAfterCollection(lake)).isZero();
      List<Rows> open = new ArrayList<>();
      for (int i = 0; i < OpenResults.MOST; i++) {
        open.add(QueryEngine.of(lake).run(SHORT));
      }
      assertThat(open).allSatisfy(rows -> assertThat(rows.asLists()).hasSize(1));
    }
  }

  @Test
  void placesOfForgottenRowsAreLookedForBeforeAResultIsRefused() {
    try (Lake lake = Lake.inMemory()) {
      for (int i = 0; i < 2 * OpenResults.MOST; i++) {
        assertThat(QueryEngine.of(lake).run(SHORT).columns()).hasSize(1);
      }
    }
  }

  @Test
  void rowsThatAreStillReadStayOpen() {
    try (Lake lake = Lake.inMemory();
        Rows rows = QueryEngine.of(lake).run(LONG);
        Stream<List<Object>> stream = rows.asLists()) {
      System.gc();
      assertThat(stream.count()).isEqualTo(810_000);
      assertThat(Duck.of(lake).open()).isZero();
    }
  }

  private static int openAfterCollection(Lake lake) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (Duck.of(lake).open() > 0 && Instant.now().isBefore(end)) {
      System.gc();
    }
    return Duck.of(lake).open();
  }
}
