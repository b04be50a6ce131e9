package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The tables of {@code information_schema}. */
abstract class InformationSchemaContract extends ViewStatementContract {

  private static final Principal READER = Principal.role("catalog-reader");

  @Nested
  class InformationSchema {

    private List<List<Object>> told(String sql) {
      return run(lake.as(READER), sql);
    }

    private void grant(Grant grant) {
      Security.of(lake).grant(grant);
    }

    @Test
    void tellsTablesAndViews() {
      run("CREATE VIEW other.v AS SELECT id FROM sales.orders");

      assertThat(run("SELECT * FROM information_schema.tables ORDER BY 2, 3"))
          .containsExactly(
              List.of("awsdatacatalog", "information_schema", "columns", "BASE TABLE"),
              List.of("awsdatacatalog", "information_schema", "schemata", "BASE TABLE"),
              List.of("awsdatacatalog", "information_schema", "tables", "BASE TABLE"),
              List.of("awsdatacatalog", "information_schema", "views", "BASE TABLE"),
              List.of("awsdatacatalog", "other", "v", "VIEW"),
              List.of("awsdatacatalog", "sales", "orders", "BASE TABLE"));
      assertThat(
              run("SELECT schema_name FROM AwsDataCatalog.INFORMATION_SCHEMA.SCHEMATA ORDER BY 1"))
          .containsExactly(List.of("information_schema"), List.of("other"), List.of("sales"));
      assertThat(run("SELECT * FROM information_schema.views"))
          .containsExactly(
              List.of("awsdatacatalog", "other", "v", "SELECT id\nFROM\n  sales.orders"));
      assertThat(run(lake, Query.sql("SELECT count(*) FROM tables").in("information_schema")))
          .containsExactly(List.of(6L));
    }

    @Test
    void tellsColumnsWithTheirTypes() {
      String ofOrders =
          " FROM information_schema.columns WHERE table_schema = 'sales'"
              + " AND table_name = 'orders'";
      assertThat(
              run(
                  "SELECT column_name, ordinal_position, data_type, is_nullable, extra_info"
                      + ofOrders
                      + " ORDER BY 2"))
          .containsExactly(
              Arrays.asList("id", 1L, "bigint", "YES", null),
              Arrays.asList("amount", 2L, "decimal(4,2)", "YES", null),
              Arrays.asList("day", 3L, "date", "YES", null),
              Arrays.asList("country", 4L, "varchar", "YES", "partition key"));
      assertThat(run("SELECT *" + ofOrders + " AND column_default IS NULL LIMIT 1").get(0))
          .hasSize(8);
      assertThat(run("SELECT count(*)" + ofOrders)).containsExactly(List.of(4L));
      assertThat(
              run(
                  "SELECT t.table_type, o.id FROM information_schema.columns c"
                      + " JOIN information_schema.tables t USING (table_schema, table_name)"
                      + " JOIN orders o ON o.id = c.ordinal_position"
                      + " WHERE table_name LIKE 'ord%' ORDER BY 2"))
          .containsExactly(
              List.of("BASE TABLE", 1L), List.of("BASE TABLE", 2L), List.of("BASE TABLE", 3L));
    }

    @Test
    void showsOnlyWhatThePrincipalMaySee() {
      Security.of(lake);
      run("CREATE TABLE other.secrets AS SELECT 1 AS word");
      run("CREATE VIEW v AS SELECT id, amount FROM orders WHERE day IS NOT NULL");
      String lakes = "table_schema <> 'information_schema'";
      assertThat(told("SELECT * FROM information_schema.tables WHERE " + lakes)).isEmpty();
      assertThat(told("SELECT * FROM information_schema.columns WHERE " + lakes)).isEmpty();
      assertThat(told("SELECT * FROM information_schema.views")).isEmpty();
      assertThat(told("SELECT schema_name FROM information_schema.schemata"))
          .containsExactly(List.of("information_schema"));
      assertThat(told("SELECT * FROM information_schema.tables WHERE table_schema = 'other'"))
          .isEmpty();

      grant(Grant.select("id", "amount").on("sales.orders").where("id = 1").to(READER));
      grant(Grant.select("amount").on("sales.v").to(READER));
      assertThat(
              told(
                  "SELECT table_name, column_name, ordinal_position FROM information_schema.columns"
                      + " WHERE "
                      + lakes
                      + " ORDER BY 1, 3"))
          .containsExactly(
              List.of("orders", "id", 1L),
              List.of("orders", "amount", 2L),
              List.of("v", "amount", 1L));
      assertThat(told("SELECT table_name, view_definition FROM information_schema.views"))
          .containsExactly(Arrays.asList("v", null));

      grant(Grant.select().on("sales.v").to(READER));
      assertThat(told("SELECT view_definition FROM information_schema.views WHERE 1 = 1"))
          .containsExactly(Arrays.asList((Object) null));
      grant(Grant.select("day").on("sales.orders").to(READER));
      assertThat(told("SELECT view_definition FROM information_schema.views").get(0).get(0))
          .asString()
          .contains("day IS NOT NULL");
    }

    @Test
    void askingIsNoDecision() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT id FROM orders");
      grant(Grant.select().on("sales.v").to(READER));
      int before = audited();
      assertThat(told("SELECT view_definition FROM information_schema.views")).hasSize(1);
      assertThat(audited()).isEqualTo(before);
    }

    private int audited() {
      return Security.of(lake).audit().by(READER).list().size();
    }

    @Test
    void isNoPlaceForAnythingElse() {
      Lake reader = lake.as(READER);
      for (Lake who : List.of(lake, reader)) {
        assertThat(
                failure(
                    who, "SELECT * FROM information_schema.nope", InvalidDefinitionException.class))
            .contains("line 1:15: Table 'awsdatacatalog.information_schema.nope' does not exist");
      }
      assertThat(
              failure(
                  "SELECT nope FROM information_schema.tables", InvalidDefinitionException.class))
          .contains("line 1:8: Column 'nope' cannot be resolved");
      assertThat(
              failure(
                  "CREATE VIEW w AS SELECT * FROM information_schema.tables",
                  InvalidDefinitionException.class))
          .contains("a view cannot read information_schema");
      assertThat(run("SELECT * FROM information_schema.views")).isEmpty();
      failure(
          reader,
          "INSERT INTO information_schema.tables SELECT 'a', 'b', 'c', 'd'",
          AccessDeniedException.class);
      assertThat(run("EXPLAIN SELECT table_name FROM information_schema.tables").toString())
          .contains("information_schema.tables")
          .contains("columns: table_name");
    }
  }
}
