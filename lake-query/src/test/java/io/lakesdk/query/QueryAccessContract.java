package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.Dataset;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What those see who may not see all. */
abstract class QueryAccessContract extends QueryScanContract {

  private static final Principal ANALYST = Principal.role("analyst");

  @Nested
  class Access {

    private final List<AccessDecidedEvent> decided = new ArrayList<>();

    private void show(DatasetView.Slice... slices) {
      DatasetView view = new DatasetView(List.of(slices));
      lake.enforce(
          new AccessPolicy() {
            @Override
            public Decision decide(AccessRequest request) {
              return request.columns().stream().allMatch(view::shows) && !view.isNothing()
                  ? new Decision.Allowed("a grant of the test")
                  : new Decision.Denied(request.principal() + " lacks a grant", "grant it");
            }

            @Override
            public DatasetView view(Principal principal, Resource.OfDataset dataset) {
              return dataset.dataset().equals(orders.id()) ? view : DatasetView.nothing();
            }
          });
      lake.listen(
          event -> {
            if (event instanceof AccessDecidedEvent decision) {
              decided.add(decision);
            }
          });
      engine = QueryEngine.of(lake.as(ANALYST));
    }

    private DatasetView.Slice slice(String rows, String... columns) {
      return new DatasetView.Slice(Optional.of(Set.of(columns)), Optional.ofNullable(rows));
    }

    @Test
    void leavesOnlyTheColumnsThatAreGrantedInAStar() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      show(slice(null, "id", "country"));

      try (Rows rows = engine.run(Query.sql("SELECT * FROM sales.orders"))) {
        assertThat(rows.columns())
            .extracting(Rows.ResultColumn::name)
            .containsExactly("id", "country");
      }
    }

    @Test
    void isRefusedWithTheColumnsAndTheMissingGrant() {
      show(slice(null, "id", "country"));

      assertThatThrownBy(() -> answer("SELECT id, amount FROM sales.orders WHERE day IS NULL"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot select amount, day from dataset sales.orders: role analyst lacks a grant;"
                  + " grant it");
      assertThat(decided).isNotEmpty();
    }

    @Test
    void filtersRowsAlsoInWhatIsCountedAndJoined() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      show(slice("country = 'de'", "id", "amount"));

      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(2L));
      assertThat(answer("SELECT id FROM sales.orders ORDER BY 1"))
          .containsExactly(List.of(1L), List.of(2L));
      assertThat(
              answer("SELECT count(*) FROM sales.orders a LEFT JOIN sales.orders b ON a.id = b.id"))
          .containsExactly(List.of(2L));
    }

    @Test
    void takesFiltersAsDeepAsGrantsMayHaveThem() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      String deep = "NOT (".repeat(32) + "country = 'de'" + ")".repeat(32);
      show(slice(RowFilter.checked(orders.id(), deep), "id"), slice("id > 3", "id"));

      assertThat(answer("SELECT id FROM sales.orders ORDER BY 1"))
          .containsExactly(List.of(1L), List.of(2L), List.of(4L));
      assertThat(
              answer(
                  "SELECT count(*) FROM sales.orders WHERE "
                      + "(".repeat(90)
                      + "id > 1"
                      + ")".repeat(90)))
          .containsExactly(List.of(2L));
    }

    @Test
    void showsTheRowsThatAreVisibleInEveryColumn() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      show(slice("country = 'de'", "id"), slice("id > 1", "id", "amount"));

      assertThat(answer("SELECT id FROM sales.orders ORDER BY 1")).hasSize(4);
      assertThat(answer("SELECT id, amount FROM sales.orders ORDER BY 1"))
          .extracting(row -> row.get(0))
          .containsExactly(2L, 3L, 4L);
    }

    @Test
    void doesNotTellWhatIsHiddenFromWhatIsNotThere() {
      Catalog.of(lake)
          .register(
              Dataset.named("sales.secret").in(Zone.CURATED).column("x", DataType.INT).build());
      show(slice(null, "id"));

      String hidden = failure("SELECT x FROM sales.secret", AccessDeniedException.class);
      String absent = failure("SELECT x FROM sales.absent", AccessDeniedException.class);
      assertThat(hidden.replace("secret", "absent")).isEqualTo(absent);
    }

    @Test
    void ofNobodyIsNothing() {
      engine = QueryEngine.of(lake.as(ANALYST));

      assertThatThrownBy(() -> answer("SELECT 1 FROM sales.orders"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith(
              "Cannot query dataset sales.orders: role analyst may see nothing");
    }
  }
}
