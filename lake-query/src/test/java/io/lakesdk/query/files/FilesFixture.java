package io.lakesdk.query.files;

import io.lakesdk.Lake;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lake in memory and its answers about the datasets of one database. */
abstract class FilesFixture {

  private final String database;
  protected Lake lake;

  FilesFixture(String database) {
    this.database = database;
  }

  @BeforeEach
  void openLake() {
    lake = Lake.inMemory();
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  protected final List<Map<String, Object>> run(String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in(database))) {
      return rows.asMaps().toList();
    }
  }

  /** The values of each row, printed. */
  protected final List<String> values(String sql) {
    return run(sql).stream().map(row -> row.values().toString()).toList();
  }
}
