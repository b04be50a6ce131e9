package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random grants on a small table, whose cells are looked at one by one: a cell is visible where
 * some grant has its column and admits its row, and a statement sees the rows that are visible in
 * all of its columns.
 */
class CellOracleTest {

  private static final List<String> COLUMNS = List.of("a", "b", "c", "d");
  private static final int VALUES = 3;
  private static final Principal WHO = Principal.role("analyst");
  private static final Resource.OfDataset TABLE =
      new Resource.OfDataset(DatasetId.parse("x.y"), Zone.RAW);

  /** A filter {@code column comparison value} in Java and in SQL. */
  private record Filter(String column, String comparison, int value) {
    boolean admits(Map<String, Integer> row) {
      int cell = row.get(column);
      return switch (comparison) {
        case "=" -> cell == value;
        case "<" -> cell < value;
        default -> cell >= value;
      };
    }

    String sql() {
      return column + " " + comparison + " " + value;
    }
  }

  private record Given(Optional<Set<String>> columns, Optional<Filter> filter) {
    boolean shows(String column, Map<String, Integer> row) {
      return (columns.isEmpty() || columns.get().contains(column))
          && (filter.isEmpty() || filter.get().admits(row));
    }

    Grant grant() {
      return new Grant.Select(TABLE.dataset(), columns, filter.map(Filter::sql), WHO);
    }
  }

  @Test
  void aViewShowsExactlyTheGrantedCells() {
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<Given> grants = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        grants.add(given(random));
      }
      try (Lake lake = Lake.inMemory()) {
        Security security = Security.of(lake);
        grants.forEach(given -> security.grant(given.grant()));
        check(seed, lake.as(WHO), grants);
      }
    }
  }

  private static void check(long seed, Lake lake, List<Given> grants) {
    DatasetView view = lake.access().view(TABLE);
    assertThat(view.isNothing()).as("seed %d", seed).isEqualTo(grants.isEmpty());
    for (int subset = 0; subset < 1 << COLUMNS.size(); subset++) {
      Set<String> columns = subset(subset);
      boolean covered =
          !grants.isEmpty()
              && columns.stream()
                  .allMatch(
                      column ->
                          grants.stream()
                              .anyMatch(
                                  g ->
                                      g.columns().isEmpty() || g.columns().get().contains(column)));
      assertThat(lake.access().decide(Action.SELECT, TABLE, columns).isAllowed())
          .as("seed %d, columns %s", seed, columns)
          .isEqualTo(covered);
      assertThat(!view.isNothing() && columns.stream().allMatch(view::shows)).isEqualTo(covered);
      if (covered) {
        List<Set<String>> condition = view.rowsFor(columns);
        for (Map<String, Integer> row : rows()) {
          assertThat(holds(condition, row))
              .as("seed %d, columns %s, row %s, condition %s", seed, columns, row, condition)
              .isEqualTo(visible(grants, columns, row));
        }
      }
    }
  }

  private static boolean visible(
      List<Given> grants, Set<String> columns, Map<String, Integer> row) {
    if (columns.isEmpty()) {
      return COLUMNS.stream().anyMatch(c -> grants.stream().anyMatch(g -> g.shows(c, row)));
    }
    return columns.stream().allMatch(c -> grants.stream().anyMatch(g -> g.shows(c, row)));
  }

  private static boolean holds(List<Set<String>> condition, Map<String, Integer> row) {
    return condition.stream()
        .allMatch(
            alternatives ->
                alternatives.stream()
                    .map(sql -> sql.split(" "))
                    .anyMatch(
                        part ->
                            new Filter(part[0], part[1], Integer.parseInt(part[2])).admits(row)));
  }

  private static Given given(Random random) {
    Set<String> columns = new LinkedHashSet<>();
    for (String column : COLUMNS) {
      if (random.nextBoolean()) {
        columns.add(column);
      }
    }
    Filter filter =
        new Filter(
            COLUMNS.get(random.nextInt(COLUMNS.size())),
            List.of("=", "<", ">=").get(random.nextInt(3)),
            random.nextInt(VALUES));
    return new Given(
        columns.isEmpty() ? Optional.empty() : Optional.of(columns),
        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(filter));
  }

  private static Set<String> subset(int bits) {
    Set<String> columns = new HashSet<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      if ((bits & 1 << i) != 0) {
        columns.add(COLUMNS.get(i));
      }
    }
    return columns;
  }

  private static List<Map<String, Integer>> rows() {
    List<Map<String, Integer>> rows = new ArrayList<>();
    for (int a = 0; a < VALUES; a++) {
      for (int b = 0; b < VALUES; b++) {
        for (int c = 0; c < VALUES; c++) {
          for (int d = 0; d < VALUES; d++) {
            rows.add(Map.of("a", a, "b", b, "c", c, "d", d));
          }
        }
      }
    }
    return rows;
  }
}
