package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what is said then. */
abstract class QueryRefusalContract extends QueryAccessContract {

  @Nested
  class Refusals {

    @Test
    void suggestNamesToTheAdministrator() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      assertThatThrownBy(() -> answer("SELECT 1 FROM sales.ordrs"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("sales.orders");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT * FROM read_parquet('/etc/passwd')",
          "SELECT * FROM read_csv('/etc/passwd')",
          "SELECT * FROM '/etc/passwd'",
          "SELECT * FROM duckdb_settings()",
          "COPY (SELECT 1) TO '/tmp/x.csv'",
          "COPY orders FROM '/etc/passwd'",
          "ATTACH '/tmp/x.db'",
          "SET threads = 1",
          "PRAGMA database_list",
          "INSTALL httpfs",
          "LOAD httpfs",
          "CREATE TABLE x AS SELECT 1",
          "DROP SCHEMA main CASCADE",
          "EXPORT DATABASE '/tmp/x'",
          "SELECT 1; SELECT 2",
          ""
        })
    void areAllThatIsNoQuery(String hostile) {
      refused(hostile);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT * FROM \"/etc/passwd\"",
          "SELECT * FROM information_schema.tables_",
          "SELECT read_text('/etc/passwd')",
          "SELECT getenv('HOME')",
          "SELECT getvariable('x')",
          "SELECT \"id\"\"; DROP TABLE x; --\" FROM sales.orders"
        })
    void areAllThatReachesForMoreThanDatasets(String hostile) {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      refused(hostile);
    }

    private void refused(String hostile) {
      assertThatThrownBy(() -> answer(Query.sql(hostile).in("sales")))
          .isInstanceOf(LakeException.class)
          .isNotInstanceOf(UnavailableException.class);
      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(4L));
    }
  }

  @Test
  void aDatasetWithoutColumnsIsRefusedWithWhatToDo() {
    assumeTrue(
        runsHere(),
        "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
    Dataset landed = Dataset.named("sales.landed").in(Zone.RAW).format(Format.CSV).build();
    Catalog.of(lake).register(landed);
    assertThatThrownBy(() -> answer("SELECT * FROM sales.landed"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot query dataset sales.landed: its columns are not known; declare them, or crawl"
                + " it first");
  }
}
