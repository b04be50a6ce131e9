package io.lakesdk.query.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Views, UNLOAD and DROP TABLE of the engine of this process over S3 and Glue. */
@ExtendWith(TestAws.Fresh.class)
class S3ViewsEmulatorIT {

  private Lake lake = Lake.inMemory();

  @AfterEach
  void close() {
    lake.close();
  }

  private static List<List<Object>> run(Lake view, String sql) {
    try (Rows rows = QueryEngine.of(view).run(Query.sql(sql).in("sales"))) {
      return rows.asLists().toList();
    }
  }

  private List<String> keys(String folder) {
    return lake.store(Zone.RAW).all(folder).map(object -> object.key()).toList();
  }

  private String unload(String folder) {
    String uri = new AwsPlace(Zone.RAW, folder).uri(((AwsBackend) lake.backend()).settings());
    return "UNLOAD (SELECT id, country FROM v) TO '"
        + uri
        + "' WITH (format = 'JSON', partitioned_by = ARRAY['country'])";
  }

  @Test
  void filesOfOthersOutliveTheirTable() {
    lake = TestAws.lake();
    lake.store(Zone.RAW).put("ext/a", "{\"x\": 1}\n".getBytes(UTF_8), PutOptions.defaults());
    String uri = new AwsPlace(Zone.RAW, "ext/").uri(((AwsBackend) lake.backend()).settings());
    String create = "CREATE EXTERNAL TABLE ext (x int) STORED AS JSONFILE LOCATION '" + uri + "'";
    run(lake, create);
    run(lake, "INSERT INTO ext VALUES (2)");
    assertThat(run(lake, "SELECT sum(x) FROM ext")).containsExactly(List.of(3L));

    run(lake, "DROP TABLE ext");

    assertThat(keys("ext/")).containsExactly("ext/a");
    run(lake, create);
    assertThat(run(lake, "SELECT x FROM ext")).containsExactly(List.of(1));
  }

  @Test
  void viewsAreTablesOfGlueAndReadLikeElsewhere() {
    lake = TestAws.lake();
    run(lake, "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, country)");
    run(lake, "CREATE VIEW v AS SELECT * FROM t");
    run(lake, "CREATE VIEW w AS SELECT id FROM v WHERE country = 'b'");
    assertThat(run(lake, "SELECT * FROM w")).containsExactly(List.of(2));
    assertThat(run(lake, "SHOW TABLES")).hasSize(3);
    assertThat(run(lake, "SHOW VIEWS")).hasSize(2);
    assertThatThrownBy(() -> run(lake, "CREATE TABLE v AS SELECT 1 AS x"))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> run(lake, "CREATE OR REPLACE VIEW t AS SELECT 1 AS x"))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> run(lake, "DROP TABLE v")).isInstanceOf(LakeException.class);

    Principal reader = Principal.role("reader");
    Security.of(lake).grant(Grant.select().on("sales.v").to(reader));
    assertThatThrownBy(() -> run(lake.as(reader), "SELECT id FROM v"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("sales.v: the view reads tables or columns that you may not see");
    run(lake, "DROP VIEW w");
    assertThat(run(lake, "SHOW VIEWS")).hasSize(1);
  }

  @Test
  void unloadLeavesNothingWhereAFileCouldNotBeWritten() {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    lake =
        TestAws.lake(
            with ->
                with.faults(
                    Faults.on(Call.ADOPT_FILE)
                        .before(
                            subject -> {
                              if (left.decrementAndGet() < 0) {
                                throw new UnavailableException("reach", subject, "it failed");
                              }
                            })));
    run(lake, "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, country)");
    run(lake, "CREATE VIEW v AS SELECT * FROM t");
    left.set(1);
    assertThatThrownBy(() -> run(lake, unload("out/"))).isInstanceOf(UnavailableException.class);
    assertThat(keys("out/")).isEmpty();
    left.set(Integer.MAX_VALUE);
    run(lake, unload("out/"));
    assertThat(keys("out/")).hasSize(2);
  }
}
