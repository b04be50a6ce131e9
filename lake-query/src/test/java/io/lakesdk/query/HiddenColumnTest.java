package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that tell of files. */
class HiddenColumnTest {

  private final Lake lake = Lake.inMemory();

  @BeforeEach
  void fill() {
    run(
        "CREATE TABLE t WITH (partitioned_by = ARRAY['day']) AS SELECT * FROM (VALUES"
            + " (1, 'a'), (2, 'a'), (3, 'b')) AS t(id, day)");
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private List<List<Object>> run(String sql) {
    return run(lake, sql);
  }

  private static List<List<Object>> run(Lake view, String sql) {
    try (Rows rows = QueryEngine.of(view).run(Query.sql(sql).in("shop"))) {
      return rows.asLists().toList();
    }
  }

  private List<String> keys(String partition) {
    return lake.store(Zone.CURATED)
        .all("shop/t/" + partition + "/")
        .map(object -> "s3://curated/" + object.key())
        .toList();
  }

  @Test
  void tellWhereARowIs() {
    assertThat(run("SELECT DISTINCT \"$path\", \"$partition\" FROM t ORDER BY 2"))
        .containsExactly(
            List.of(keys("day=a").get(0), "day=a"), List.of(keys("day=b").get(0), "day=b"));
    assertThat(run("SELECT id FROM t WHERE \"$path\" LIKE '%/day=b/%'"))
        .containsExactly(List.of(3));
    assertThat(run("SELECT count(*) FROM t WHERE \"$path\" = 's3://elsewhere/x'"))
        .containsExactly(List.of(0L));
    assertThat(run("SELECT sum(DISTINCT \"$file_size\") FROM t WHERE day = 'a'"))
        .containsExactly(
            List.of(
                lake.store(Zone.CURATED)
                    .all("shop/t/day=a/")
                    .mapToLong(object -> object.size())
                    .sum()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARQUET", "JSON", "TEXTFILE", "AVRO"})
  void areThereInEveryFormat(String format) {
    run("CREATE TABLE f WITH (format = '" + format + "') AS SELECT id FROM t");
    assertThat(run("SELECT count(DISTINCT \"$path\"), min(\"$partition\") FROM f"))
        .hasSize(1)
        .first()
        .satisfies(row -> assertThat(row.get(0)).isEqualTo((long) paths()));
  }

  private int paths() {
    return (int) lake.store(Zone.CURATED).all("shop/f/").count();
  }

  @Test
  void areNoPartOfAStar() {
    run("CREATE VIEW v AS SELECT * FROM t");
    assertThat(run("SELECT * FROM t WHERE id = 3")).containsExactly(List.of(3, "b"));
    assertThat(run("SELECT * FROM v WHERE id = 3")).containsExactly(List.of(3, "b"));
    assertThat(run("SELECT x, y FROM t AS o(x, y) WHERE x = 3")).containsExactly(List.of(3, "b"));
    assertThat(run("DESCRIBE t")).noneMatch(row -> row.toString().contains("$"));
    assertThatThrownBy(() -> run("SELECT \"$path\" FROM v"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("line 1:8: Column '$path' cannot be resolved");
  }

  @Test
  void areNotThereForThoseWhoMayNotSeeAll() {
    for (DatasetView.Slice slice :
        List.of(
            new DatasetView.Slice(Optional.of(Set.of("id", "day")), Optional.empty()),
            new DatasetView.Slice(Optional.empty(), Optional.of("day = 'b'")))) {
      DatasetView view = new DatasetView(List.of(slice));
      lake.enforce(
          new AccessPolicy() {
            @Override
            public Decision decide(AccessRequest request) {
              return new Decision.Allowed("a grant of the test");
            }

            @Override
            public DatasetView view(Principal principal, Resource.OfDataset dataset) {
              return view;
            }
          });
      Lake seen = lake.as(Principal.role("analyst"));
      assertThat(run(seen, "SELECT id FROM t WHERE id = 3")).containsExactly(List.of(3));
      assertThatThrownBy(() -> run(seen, "SELECT \"$path\" FROM t"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Column '$path' cannot be resolved");
    }
  }
}
