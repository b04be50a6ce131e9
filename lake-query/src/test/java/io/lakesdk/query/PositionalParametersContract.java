package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a query engine promises of parameters that are written {@code ?}. */
abstract class PositionalParametersContract {

  private Lake lake;

  record Item(long id, String name) {}

  abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
    Content.load(
        lake,
        Dataset.named("shop.items").in(Zone.CURATED).columns(Item.class).build(),
        Item.class,
        List.of(new Item(1, "what?"), new Item(2, "it's"), new Item(3, null)));
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private List<List<Object>> answer(Query query) {
    try (Rows rows = QueryEngine.of(lake).run(query)) {
      return rows.asLists().toList();
    }
  }

  @Test
  void takeTheirValuesInTheOrderOfTheText() {
    Query query =
        Query.sql(
            "SELECT id, ? AS tag, name FROM shop.items WHERE id > ? AND name <> ?"
                + " AND name <> '?' ORDER BY id");

    assertThat(answer(query.bindAll("a", 0L, "it's")))
        .containsExactly(Arrays.asList(1L, "a", "what?"));
    assertThat(answer(query.bindAll("a", 0L, "it's").bindAll(null, 1L, "' OR 1 = 1 --")))
        .containsExactly(Arrays.asList(2L, null, "it's"));
  }

  @Test
  void takeLists() {
    assertThat(
            answer(
                Query.sql("SELECT id FROM shop.items WHERE contains(?, id) AND id < ? ORDER BY id")
                    .bindAll(List.of(1L, 3L), 10)))
        .containsExactly(List.of(1L), List.of(3L));
  }

  @Test
  void areAsManyAsTheirValues() {
    Query query = Query.sql("SELECT id FROM shop.items WHERE id IN (?, ?)");

    refused(query, "the parameter 1 has no value; bind one");
    refused(query.bindAll(1L), "the parameter 2 has no value; bind one");
    refused(query.bindAll(1L, 2L, 3L), "it has no parameter 3");
    refused(query.bindAll(1L, new Object()), "the parameter 2 is a Object");
    assertThat(answer(query.bindAll(1L, 2L, 3L).bindAll(1L, 2L))).hasSize(2);
  }

  @Test
  void areNotMixedWithNames() {
    refused(
        Query.sql("SELECT id FROM shop.items WHERE id IN (?, :id)").bind("id", 1L).bindAll(2L),
        "it has parameters written ? and others written :name; use one way");
    refused(
        Query.sql("SELECT id FROM shop.items WHERE id IN (?)").bind("id", 1L).bindAll(2L),
        "it has no parameter :id");
  }

  private void refused(Query query, String reason) {
    assertThatThrownBy(() -> answer(query))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Cannot run query: " + reason);
  }
}
