package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views of a lake in a folder outlive the lake that made them. */
class StoredViewTest {

  private static final DatasetId V = DatasetId.parse("sales.v");

  @TempDir Path folder;

  private static List<List<Object>> run(Lake lake, String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("sales"))) {
      return rows.asLists().toList();
    }
  }

  @Test
  void viewsAreThereWhenTheLakeIsOpenedAgainAndInOthersThatShareIt() {
    try (Lake lake = Lake.at(folder)) {
      run(lake, "CREATE TABLE t AS SELECT 1 AS x, 'a' AS y");
      run(lake, "CREATE VIEW v AS SELECT x FROM t");
      try (Lake other = Lake.at(folder)) {
        assertThat(run(other, "SELECT * FROM v")).containsExactly(List.of(1));
        run(other, "CREATE OR REPLACE VIEW v AS SELECT y FROM t");
      }
      assertThat(run(lake, "SELECT * FROM v")).containsExactly(List.of("a"));
    }
    try (Lake lake = Lake.at(folder)) {
      assertThat(run(lake, "SELECT * FROM v")).containsExactly(List.of("a"));
      assertThat(Views.of(lake).versions(V)).hasSize(2);
      assertThat(Views.of(lake).versions(V).get(0).by()).isEqualTo(lake.principal());
    }
  }

  @Test
  void aDefinitionThatIsDamagedIsToldAndHidesNoOther() {
    try (Lake lake = Lake.at(folder)) {
      run(lake, "CREATE VIEW v AS SELECT 1 AS x");
      ((EmbeddedBackend) lake.backend())
          .metadata()
          .write(tx -> tx.update("UPDATE catalog_view SET definition = '{\"sql\": 1'"));
      assertThatThrownBy(() -> run(lake, "SELECT * FROM v"))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("sales.v: its definition in the metadata is not one");
      run(lake, "CREATE TABLE t AS SELECT 1 AS x");
      assertThat(run(lake, "SELECT * FROM t")).hasSize(1);
    }
  }
}
