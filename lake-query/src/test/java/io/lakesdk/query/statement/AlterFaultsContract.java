package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.publish.Publishing;
import io.lakesdk.testing.Outage;
import io.lakesdk.testing.Outage.LastAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CREATE EXTERNAL TABLE, ALTER TABLE and MSCK REPAIR TABLE happen whole or not at all. */
abstract class AlterFaultsContract extends WriteFaultsContract {

  /** A statement, and the table and files that it is run on. */
  enum Change {
    CREATE("CREATE EXTERNAL TABLE #T (x int) STORED AS JSONFILE LOCATION #L"),
    ADD_COLUMNS("ALTER TABLE #T ADD COLUMNS (y int)"),
    SET_LOCATION("ALTER TABLE #T SET LOCATION #M"),
    ADD_PARTITION("ALTER TABLE #T ADD PARTITION (day='1') PARTITION (day='2')"),
    DROP_PARTITION("ALTER TABLE #T DROP PARTITION (day='1'), PARTITION (day='2')"),
    REPAIR("MSCK REPAIR TABLE #T");

    private final String sql;

    Change(String sql) {
      this.sql = sql;
    }
  }

  @ParameterizedTest
  @EnumSource
  void atAnyCallOfAChangeNothingOrAllIsLeft(Change change) {
    Outage outage = new Outage();
    reopen(with -> with.faults(outage.faults()));
    prepare(change, "whole");
    run(sql(change, "whole"));
    List<Object> whole = state("whole");
    for (LastAnswer answer : LastAnswer.values()) {
      Optional<LakeException> failure;
      int call = 0;
      do {
        String table = answer.name().toLowerCase(Locale.ROOT) + call;
        prepare(change, table);
        List<Object> before = state(table);
        failure = during(outage, call, answer, sql(change, table));
        List<Object> after = state(table);
        if (after.equals(whole)) {
          assertThat(failure.filter(e -> !(e instanceof OutcomeUnknownException))).isEmpty();
        } else {
          assertThat(after).as("after call %s", call).isEqualTo(before);
          assertThat(failure).as("after call %s", call).isPresent();
          run(sql(change, table));
          assertThat(state(table)).isEqualTo(whole);
        }
        call++;
      } while (failure.isPresent());
      assertThat(call).isGreaterThan(2);
    }
  }

  private String sql(Change change, String table) {
    return change
        .sql
        .replace("#T", table)
        .replace("#L", raw(table + "/"))
        .replace("#M", raw(table + "-later/"));
  }

  private void prepare(Change change, String table) {
    put(table + (change == Change.CREATE ? "/a" : "/day=1/a"), "{\"x\": 1}\n");
    put(table + (change == Change.CREATE ? "/b" : "/day=2/b"), "{\"x\": 2}\n");
    put(table + "-later/c", "{\"x\": 3}\n");
    if (change == Change.SET_LOCATION) {
      run(sql(Change.CREATE, table).replace(table + "/", table + "-none/"));
    } else if (change != Change.CREATE) {
      run(
          "CREATE EXTERNAL TABLE "
              + table
              + " (x int) PARTITIONED BY (day string) STORED AS JSONFILE LOCATION "
              + raw(table + "/"));
    }
    if (change == Change.DROP_PARTITION) {
      run("MSCK REPAIR TABLE " + table);
    }
  }

  /** What is told of a table, without its name. */
  private List<Object> state(String table) {
    Optional<Dataset> found = Catalog.of(lake).find(DatasetId.parse("sales." + table));
    return found.isEmpty()
        ? List.of()
        : List.of(
            found.get().columns().names(),
            found.get().location().replace(table, ""),
            run("SELECT * FROM " + table + " ORDER BY 1"),
            Publishing.of(lake).history(found.get()).size(),
            objects(Zone.RAW, table + "/").size());
  }
}
