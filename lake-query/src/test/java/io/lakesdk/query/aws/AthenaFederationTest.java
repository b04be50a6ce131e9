package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.federated.FederatedSource;
import io.lakesdk.query.federated.Federation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Athena knows nothing of the sources of this process. */
class AthenaFederationTest {

  record Item(long id) {}

  @Test
  void aSourceOfThisProcessIsRefusedByName() {
    try (Lake lake = new FakeAthena().lake(settings -> {}, with -> {})) {
      Federation.of(lake)
          .register("app", FederatedSource.records().with("a.items", Item.class, List::of));
      QueryEngine engine = FakeAthena.engine(lake, (event, longest) -> {});
      assertThatThrownBy(
              () -> engine.run(Query.sql("SELECT i.id FROM sales.orders o, App.a.items i")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Cannot query dataset app.a.items")
          .hasMessageContaining("open the lake with Compute.LOCAL");
    }
  }
}
