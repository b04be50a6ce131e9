package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.jdbc.LakeDataSource;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SHOW, DESCRIBE and JDBC tell of federated sources. */
class ShowSourceTest {

  record Customer(long id, String name) {}

  record Order(long id) {}

  private static final Principal ANALYST = Principal.role("analyst");

  private final Lake lake = Lake.inMemory();
  private Lake analyst = lake;

  @BeforeEach
  void register() {
    Federation.of(lake)
        .register(
            "crm",
            FederatedSource.records()
                .with("shop.customers", Customer.class, List::of)
                .with("shop.orders", Order.class, List::of)
                .with("other.orders", Order.class, List::of));
    Security.of(lake).grant(Grant.select("id").on("crm.shop.customers").to(ANALYST));
    analyst = lake.as(ANALYST);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static List<List<Object>> answer(Lake asked, String sql) {
    try (Rows rows = QueryEngine.of(asked).run(Query.sql(sql).in("sales"))) {
      return rows.asLists().toList();
    }
  }

  @Test
  void statementsTellTheAdministratorEverything() {
    assertThat(answer(lake, "SHOW DATABASES IN crm")).hasToString("[[other], [shop]]");
    assertThat(answer(lake, "SHOW SCHEMAS FROM CRM LIKE 's*'")).hasToString("[[shop]]");
    assertThat(answer(lake, "SHOW TABLES IN crm.shop")).hasToString("[[customers], [orders]]");
    assertThat(answer(lake, "SHOW TABLES IN crm.shop '*s|x'")).hasSize(2);
    assertThat(answer(lake, "SHOW TABLES IN crm.nothing")).isEmpty();
    assertThat(answer(lake, "SHOW COLUMNS FROM crm.shop.customers")).hasToString("[[id], [name]]");
    assertThat(answer(lake, "DESCRIBE CRM.shop.customers"))
        .hasToString("[[id, bigint, ], [name, string, ]]");
    assertThat(answer(lake, "SHOW TABLES IN awsdatacatalog.sales")).isEmpty();
    assertThat(answer(lake, "SHOW DATABASES")).isEmpty();
  }

  @Test
  void statementsTellOthersWhatGrantsShow() {
    assertThat(answer(analyst, "SHOW DATABASES IN crm")).hasToString("[[shop]]");
    assertThat(answer(analyst, "SHOW TABLES IN crm.shop")).hasToString("[[customers]]");
    assertThat(answer(analyst, "SHOW COLUMNS IN crm.shop.customers")).hasToString("[[id]]");
    assertThat(answer(analyst, "DESCRIBE crm.shop.customers")).hasToString("[[id, bigint, ]]");
    for (String hidden : List.of("crm.shop.orders", "crm.shop.nothing")) {
      assertThatThrownBy(() -> answer(analyst, "DESCRIBE " + hidden))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("may see nothing of that name");
    }
  }

  @Test
  void statementsRefuseWhatSourcesDoNotTell() {
    assertThatThrownBy(() -> answer(lake, "DESCRIBE crm.shop.nothing"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> answer(analyst, "DESCRIBE erp.shop.customers"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("Catalog 'erp' does not exist");
    assertThatThrownBy(() -> answer(lake, "SHOW TABLES IN erp.shop"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("there are the sources crm");
    for (String what : List.of("CREATE TABLE ", "PARTITIONS ", "TBLPROPERTIES ")) {
      assertThatThrownBy(() -> answer(lake, "SHOW " + what + "crm.shop.customers"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("'crm.shop.customers' is a table of a federated source");
    }
    assertThatThrownBy(() -> answer(lake, "SHOW TABLES IN a.b.c"))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  @Test
  void metadataListSourcesAsCatalogs() throws SQLException {
    try (Connection connection = LakeDataSource.of(lake).getConnection()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(texts(metadata.getCatalogs(), 1)).containsExactly("[awsdatacatalog]", "[crm]");
      assertThat(texts(metadata.getSchemas("crm", null), 2))
          .containsExactly("[other, crm]", "[shop, crm]");
      assertThat(texts(metadata.getTables("crm", "shop", "%", null), 4))
          .containsExactly("[crm, shop, customers, TABLE]", "[crm, shop, orders, TABLE]");
      assertThat(texts(metadata.getTables(null, null, "cust%", null), 3))
          .containsExactly("[crm, shop, customers]");
      assertThat(texts(metadata.getColumns("crm", null, "customers", null), 4))
          .containsExactly("[crm, shop, customers, id]", "[crm, shop, customers, name]");
    }
  }

  @Test
  void metadataListWhatGrantsShow() throws SQLException {
    try (Connection connection = LakeDataSource.of(analyst).getConnection()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(texts(metadata.getTables(null, null, null, null), 3))
          .containsExactly("[crm, shop, customers]");
      assertThat(texts(metadata.getColumns(null, null, null, null), 4))
          .containsExactly("[crm, shop, customers, id]");
    }
  }

  @Test
  void metadataPassOverSourcesThatDoNotAnswer() throws SQLException {
    Federation.of(lake)
        .register(
            "down",
            new FederatedSource() {
              @Override
              public List<TableName> tables() {
                throw SourceException.unavailable("it is down");
              }

              @Override
              public java.util.Optional<FederatedTable> find(TableName name) {
                throw SourceException.unavailable("it is down");
              }
            });
    try (Connection connection = LakeDataSource.of(lake).getConnection()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(texts(metadata.getTables(null, null, null, null), 3)).hasSize(3);
      assertThatThrownBy(() -> metadata.getTables("down", null, null, null))
          .isInstanceOf(SQLException.class);
    }
  }

  private static List<String> texts(ResultSet rows, int columns) throws SQLException {
    List<String> all = new ArrayList<>();
    while (rows.next()) {
      List<String> line = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        line.add(rows.getString(i));
      }
      all.add(line.toString());
    }
    return all;
  }
}
