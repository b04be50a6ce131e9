package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.LakeException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListedObject;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lake with the table {@code sales.orders}, made by statements. */
abstract class StatementFixture {

  Lake lake;

  /** A new lake. */
  abstract Lake open(Consumer<LakeOptions> with);

  @BeforeEach
  void openLake() {
    reopen(with -> {});
  }

  /** Goes on with another lake. */
  final void reopen(Consumer<LakeOptions> with) {
    closeLake();
    lake = open(with);
    run(
        "CREATE TABLE orders WITH (partitioned_by = ARRAY['country']) AS SELECT * FROM (VALUES"
            + " (BIGINT '1', DECIMAL '10.50', DATE '2024-01-01', CAST('de' AS varchar)),"
            + " (2, 20.25, DATE '2024-01-02', 'de'), (3, NULL, NULL, 'fr'))"
            + " AS t(id, amount, day, country)");
  }

  @AfterEach
  void closeLake() {
    if (lake != null) {
      lake.close();
    }
  }

  final List<List<Object>> run(String sql) {
    return run(lake, sql);
  }

  final List<List<Object>> run(Lake view, String sql) {
    return run(view, Query.sql(sql).in("sales"));
  }

  final List<List<Object>> run(Lake view, Query query) {
    try (Rows rows = QueryEngine.of(view).run(query)) {
      return rows.asLists().toList();
    }
  }

  /** The message of a statement that fails so. */
  final String failure(String sql, Class<? extends LakeException> kind) {
    return failure(lake, sql, kind);
  }

  final String failure(Lake view, String sql, Class<? extends LakeException> kind) {
    try {
      run(view, sql);
    } catch (LakeException e) {
      assertThat(e).isInstanceOf(kind);
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("it was not refused: " + sql);
  }

  final boolean isTable(String name) {
    return Catalog.of(lake).list("sales").stream().anyMatch(d -> d.id().table().equals(name));
  }

  final List<String> objects(Zone zone, String prefix) {
    return lake.store(zone).list(ListOptions.prefix(prefix)).objects().stream()
        .map(ListedObject::key)
        .toList();
  }
}
