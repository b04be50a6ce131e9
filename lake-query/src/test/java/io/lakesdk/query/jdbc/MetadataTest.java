package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Principal;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.trino.sql.ReservedIdentifiers;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tools are told of a lake. */
class MetadataTest extends OpenShop {

  private DatabaseMetaData metadata() throws SQLException {
    return connection.getMetaData();
  }

  private List<List<String>> tables(String schemas, String tables) throws SQLException {
    return texts(metadata().getTables(null, schemas, tables, null), "TABLE_SCHEM", "TABLE_NAME");
  }

  @Test
  void databasesAreSchemasOfOneCatalog() throws SQLException {
    assertThat(texts(metadata().getCatalogs(), "TABLE_CAT"))
        .containsExactly(List.of("awsdatacatalog"));
    assertThat(connection.getCatalog()).isEqualTo("awsdatacatalog");
    assertThat(texts(metadata().getSchemas(), "TABLE_SCHEM", "TABLE_CATALOG"))
        .containsExactly(List.of("math_x", "awsdatacatalog"), List.of("sales", "awsdatacatalog"));
    assertThat(texts(metadata().getSchemas("awsdatacatalog", "s%"), "TABLE_SCHEM"))
        .containsExactly(List.of("sales"));
    assertThat(texts(metadata().getSchemas("other", null), "TABLE_SCHEM")).isEmpty();
  }

  @Test
  void viewsAreTablesOfTheTypeView() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIEW sales.ids AS SELECT id AS number, 'x' AS text FROM sales.orders");
    }
    assertThat(texts(metadata().getTables(null, "sales", null, null), "TABLE_NAME", "TABLE_TYPE"))
        .containsExactly(List.of("orders", "TABLE"), List.of("ids", "VIEW"));
    assertThat(texts(metadata().getTables(null, null, "i%", new String[] {"TABLE"}), "TABLE_NAME"))
        .isEmpty();
    assertThat(
            texts(
                metadata().getColumns(null, "sales", "ids", null),
                "COLUMN_NAME",
                "TYPE_NAME",
                "ORDINAL_POSITION"))
        .containsExactly(List.of("number", "bigint", "1"), List.of("text", "varchar(1)", "2"));
  }

  @Test
  void datasetsAreTables() throws SQLException {
    assertThat(
            texts(
                metadata().getTables("awsdatacatalog", "sales", "%", new String[] {"TABLE"}),
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS"))
        .containsExactly(List.of("awsdatacatalog", "sales", "orders", "TABLE", "what was sold"));
    assertThat(texts(metadata().getTables(null, null, null, new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
    assertThat(texts(metadata().getTableTypes(), "TABLE_TYPE"))
        .containsExactly(List.of("TABLE"), List.of("VIEW"));
  }

  @Test
  void patternsSelectNames() throws SQLException {
    List<String> numbers = List.of("math_x", "numbers");
    List<String> orders = List.of("sales", "orders");
    assertThat(tables(null, null)).containsExactly(numbers, orders);
    assertThat(tables("%", "O%")).containsExactly(orders);
    assertThat(tables("SALES", "_rders")).containsExactly(orders);
    assertThat(tables("math\\_x", "numbers")).containsExactly(numbers);
    assertThat(tables("mat\\_%", null)).isEmpty();
    assertThat(tables("sales", ".*")).isEmpty();
    assertThat(tables("", null)).isEmpty();
    assertThat(LikePattern.of("a\\%b").matches("a%b")).isTrue();
    assertThat(LikePattern.of("a\\%b").matches("axb")).isFalse();
    assertThat(LikePattern.of("a\\").matches("a\\")).isTrue();
  }

  @Test
  void columnsHaveTypesAndPlaces() throws SQLException {
    assertThat(
            texts(
                metadata().getColumns(null, "sales", "orders", null),
                "COLUMN_NAME",
                "ORDINAL_POSITION",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NULLABLE",
                "REMARKS"))
        .containsExactly(
            List.of("id", "1", "" + Types.BIGINT, "bigint", "19", "0", "1", "counts the orders"),
            List.of("amount", "2", "" + Types.DECIMAL, "decimal(12,2)", "12", "2", "1", ""),
            Arrays.asList("day", "3", "" + Types.DATE, "date", "10", null, "1", ""),
            Arrays.asList(
                "country", "4", "" + Types.VARCHAR, "varchar", "2147483647", null, "1", ""));
    assertThat(texts(metadata().getColumns(null, null, "%", "_"), "TABLE_NAME", "COLUMN_NAME"))
        .containsExactly(List.of("numbers", "n"));
  }

  @Test
  void onlyWhatMayBeSeenIsTold() throws SQLException {
    Security.of(lake)
        .grant(Grant.select("day", "country").on("sales.orders").to(Principal.user("ada")));
    try (Connection ada = LakeDataSource.of(lake).getConnection("ada", null)) {
      DatabaseMetaData seen = ada.getMetaData();
      assertThat(texts(seen.getSchemas(), "TABLE_SCHEM")).containsExactly(List.of("sales"));
      assertThat(texts(seen.getTables(null, null, null, null), "TABLE_NAME"))
          .containsExactly(List.of("orders"));
      assertThat(texts(seen.getColumns(null, null, null, null), "COLUMN_NAME", "ORDINAL_POSITION"))
          .containsExactly(List.of("day", "1"), List.of("country", "2"));
    }
  }

  @Test
  void typesAreThoseOfColumns() throws SQLException {
    List<List<String>> types = texts(metadata().getTypeInfo(), "TYPE_NAME", "DATA_TYPE");
    assertThat(types)
        .contains(
            List.of("bigint", "" + Types.BIGINT),
            List.of("varchar", "" + Types.VARCHAR),
            List.of("decimal", "" + Types.DECIMAL),
            List.of("timestamp", "" + Types.TIMESTAMP));
    assertThat(types.stream().map(type -> Integer.parseInt(type.get(1))).toList()).isSorted();
  }

  /** Whatever JDBC asks of a lake has an answer with the columns and labels that JDBC names. */
  @Test
  void everyQuestionHasAnAnswer() throws Exception {
    List<String> asked = new ArrayList<>();
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          || method.getDeclaringClass() != DatabaseMetaData.class) {
        continue;
      }
      Object[] arguments = new Object[method.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        Class<?> type = method.getParameterTypes()[i];
        arguments[i] = type == int.class ? (Object) 0 : type == boolean.class ? false : null;
      }
      Object answer = method.invoke(metadata(), arguments);
      assertThat(answer).as(method.getName()).isNotNull();
      if (answer instanceof ResultSet results) {
        assertThat(results.getMetaData().getColumnCount()).as(method.getName()).isPositive();
        asked.add(method.getName());
        while (results.next()) {
          for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            Object value = results.getObject(i);
            assertThat(value == null ? null : value.getClass().getName())
                .as(method.getName() + " " + results.getMetaData().getColumnName(i))
                .isIn(null, results.getMetaData().getColumnClassName(i));
          }
        }
      }
    }
    assertThat(asked).contains("getPrimaryKeys", "getIndexInfo", "getFunctions", "getProcedures");
    assertThat(texts(metadata().getPrimaryKeys(null, "sales", "orders"), "PK_NAME")).isEmpty();
    connection.close();
    fails("08003", "The connection is closed", () -> metadata());
  }

  @Test
  void featuresAreThoseThatQueriesHave() throws SQLException {
    assertThat(metadata().getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metadata().supportsTransactions()).isFalse();
    assertThat(metadata().supportsBatchUpdates()).isFalse();
    assertThat(metadata().nullsAreSortedAtEnd()).isTrue();
    for (String order : List.of("ASC", "DESC")) {
      List<List<String>> rows =
          texts(
              statement.executeQuery("SELECT amount AS a FROM orders ORDER BY amount " + order),
              "a");
      assertThat(rows.get(3).get(0)).isNull();
    }
    assertThat(metadata().supportsSubqueriesInQuantifieds()).isTrue();
    assertThat(row("SELECT count(*) FROM orders WHERE id >= ALL (SELECT id FROM orders)").getInt(1))
        .isEqualTo(1);
    assertThat(metadata().supportsCorrelatedSubqueries()).isTrue();
    assertThat(
            row("SELECT count(*) FROM orders o WHERE EXISTS"
                    + " (SELECT 1 FROM math_x.numbers n WHERE n.n = o.id)")
                .getInt(1))
        .isEqualTo(4);
    assertThat(metadata().supportsGroupByUnrelated()).isTrue();
    assertThat(row("SELECT count(*) FROM orders GROUP BY country ORDER BY max(id) DESC").getInt(1))
        .isEqualTo(1);
    assertThat(metadata().supportsFullOuterJoins()).isTrue();
    assertThat(
            row("SELECT count(*) FROM orders o FULL JOIN math_x.numbers n ON o.id = n.n").getInt(1))
        .isEqualTo(NUMBERS);
    assertThat(metadata().supportsMixedCaseQuotedIdentifiers()).isFalse();
    assertThat(row("SELECT \"ID\" FROM \"Sales\".\"ORDERS\" ORDER BY 1").getInt("id")).isEqualTo(1);
  }

  @Test
  void keywordsAreReserved() throws SQLException {
    assertThat(ReservedIdentifiers.reservedIdentifiers())
        .contains(metadata().getSQLKeywords().split(","));
  }

  @Test
  void theVersionIsThatOfTheBuild() throws SQLException, IOException {
    assertThat(metadata().getDriverVersion()).isEqualTo(LakeDriver.MAJOR + "." + LakeDriver.MINOR);
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<version>" + metadata().getDriverVersion() + ".");
  }
}
