package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every federated source does, with {@link #CUSTOMERS} in its table shop.customers. */
abstract class FederatedSourceContract {

  static final Principal ANALYST = Principal.role("analyst");

  record Customer(
      long id,
      @Nullable String name,
      String country,
      @Nullable BigDecimal credit,
      @Nullable LocalDate since) {}

  record Order(long id, long customer, int pieces) {}

  static final List<Customer> CUSTOMERS =
      List.of(
          new Customer(1, "Ada", "de", new BigDecimal("10.500000000"), LocalDate.of(2020, 1, 31)),
          new Customer(2, "ada", "fr", new BigDecimal("-3.000000000"), LocalDate.of(2021, 6, 1)),
          new Customer(3, "it's \"so\"", "de", null, null),
          new Customer(4, null, "it", new BigDecimal("0E-9"), LocalDate.of(1969, 12, 31)),
          new Customer(
              5, "Örsted", "dk", new BigDecimal("99999.990000000"), LocalDate.of(2024, 2, 29)));

  Lake lake = Lake.inMemory();

  /** A source with a table shop.customers, as {@link Customer} has the columns. */
  abstract FederatedSource source() throws Exception;

  @BeforeEach
  void register() throws Exception {
    prepare(lake);
  }

  private void prepare(Lake target) throws Exception {
    Federation.of(target).register("crm", source());
    Dataset orders = Dataset.named("sales.orders").in(Zone.CURATED).columns(Order.class).build();
    Content.load(
        target,
        orders,
        Order.class,
        List.of(new Order(10, 1, 2), new Order(11, 1, 3), new Order(12, 5, 7)));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  List<List<Object>> answer(String sql) {
    return answer(lake, sql);
  }

  static List<List<Object>> answer(Lake asked, String sql) {
    try (Rows rows = QueryEngine.of(asked).run(Query.sql(sql))) {
      return rows.asLists().toList();
    }
  }

  @Nested
  class Answers {
    @Test
    void allRowsAndColumns() {
      List<Customer> found;
      try (Rows rows =
          QueryEngine.of(lake).run(Query.sql("SELECT * FROM crm.shop.customers ORDER BY id"))) {
        found = rows.as(Customer.class).toList();
      }
      assertThat(found).usingRecursiveComparison().isEqualTo(CUSTOMERS);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "id > 3 | 4,5",
          "id IN (1, 2, 77) | 1,2",
          "id <> 2 | 1,3,4,5",
          "id = 2.0 | 2",
          "name = 'Ada' | 1",
          "name IN ('ada', 'nobody') | 2",
          "name <> 'Ada' | 2,3,5",
          "name > 'Z' | 2,3,5",
          "name < 'a' | 1",
          "name LIKE 'it''s%' | 3",
          "name IS NULL | 4",
          "name IS NOT NULL AND country = 'de' | 1,3",
          "credit = 0 | 4",
          "credit < 10.5 | 2,4",
          "credit >= 10.5 | 1,5",
          "credit IS NULL OR id = 1 | 1,3",
          "since = DATE '2024-02-29' | 5",
          "since < DATE '1970-01-01' | 4",
          "since BETWEEN DATE '2020-01-31' AND DATE '2021-06-01' | 1,2",
          "NOT (country = 'de') | 2,4,5",
          "country = 'de' OR upper(name) = 'ADA' | 1,2,3",
          "(country = 'de' AND id = 1) OR (country = 'fr' AND id = 1) | 1",
        })
    void conditionsMeanWhatTheyMeanInTheLake(String condition, String ids) {
      assertThat(
              answer("SELECT id FROM crm.shop.customers WHERE " + condition + " ORDER BY id")
                  .stream()
                  .map(row -> String.valueOf(row.get(0))))
          .containsExactly(ids.split(","));
    }

    @Test
    void countsLimitsAndOffsets() {
      assertThat(answer("SELECT count(*) FROM crm.shop.customers")).containsExactly(List.of(5L));
      assertThat(answer("SELECT count(*) FROM (SELECT 1 FROM crm.shop.customers LIMIT 0)"))
          .containsExactly(List.of(0L));
      assertThat(answer("SELECT country FROM crm.shop.customers LIMIT 2")).hasSize(2);
      assertThat(answer("SELECT country FROM crm.shop.customers OFFSET 2 LIMIT 2")).hasSize(2);
      assertThat(answer("SELECT country FROM crm.shop.customers OFFSET 4 LIMIT 2")).hasSize(1);
      assertThat(answer("SELECT id FROM crm.shop.customers ORDER BY id DESC LIMIT 1"))
          .containsExactly(List.of(5L));
      assertThat(answer("SELECT max(id) FROM crm.shop.customers LIMIT 1"))
          .containsExactly(List.of(5L));
      assertThat(answer("SELECT DISTINCT country FROM crm.shop.customers LIMIT 4")).hasSize(4);
    }

    @Test
    void joinsWithTheLakeInOneStatement() {
      String sql =
          "SELECT c.country, sum(o.pieces) FROM sales.orders o JOIN \"crm\".\"shop\".\"customers\" c"
              + " ON c.id = o.customer GROUP BY 1 ORDER BY 1";
      assertThat(answer(sql)).containsExactly(List.of("de", 5L), List.of("dk", 7L));
      assertThat(
              answer(
                  "SELECT crm.shop.customers.id FROM crm.shop.customers LEFT JOIN sales.orders o ON"
                      + " o.customer = crm.shop.customers.id WHERE o.id IS NULL ORDER BY 1"))
          .containsExactly(List.of(2L), List.of(3L), List.of(4L));
    }

    @Test
    void becomeTablesOfTheLake() {
      answer("CREATE TABLE sales.customers AS SELECT id, credit FROM crm.shop.customers");
      assertThat(answer("SELECT count(*), count(credit) FROM sales.customers"))
          .containsExactly(List.of(5L, 4L));
    }

    @Test
    void areReadThroughViews() {
      answer("CREATE VIEW sales.german AS SELECT id FROM crm.shop.customers WHERE country = 'de'");
      assertThat(answer("SELECT id FROM sales.german WHERE id < 3")).containsExactly(List.of(1L));
    }

    @Test
    void sayWhatTheSourceDoesAndGave() {
      assertThat(answer("EXPLAIN SELECT name FROM crm.shop.customers WHERE id > 1").toString())
          .contains("TableScan[crm.shop.customers]", "columns: id, name", "pushed down: ");
      try (Rows rows = QueryEngine.of(lake).run(Query.sql("SELECT id FROM crm.shop.customers"))) {
        assertThat(rows.asLists()).hasSize(5);
        assertThat(rows.stats().sourceRows()).hasValue(5);
      }
    }

    @Test
    void areListed() {
      assertThat(Federation.of(lake).tables("crm")).contains(DatasetId.parse("crm.shop.customers"));
      assertThat(Federation.of(lake).catalogs()).containsExactly("crm");
    }
  }

  @Nested
  class Access {
    private Security security;
    private Lake analyst;

    @BeforeEach
    void secure() {
      security = Security.of(lake);
      analyst = lake.as(ANALYST);
    }

    @Test
    void nothingIsSeenWithoutAGrant() {
      assertThatThrownBy(() -> answer(analyst, "SELECT id FROM crm.shop.customers"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining(
              "Cannot query dataset crm.shop.customers: role analyst may see nothing of that name");
      assertThatThrownBy(() -> answer(analyst, "SELECT id FROM crm.shop.nothing"))
          .isInstanceOf(AccessDeniedException.class);
      assertThat(Federation.of(analyst).tables("crm")).isEmpty();
      assertThat(security.audit().by(ANALYST).list())
          .anyMatch(e -> e.resource().name().equals("crm.shop.customers") && !e.allowed());
    }

    @Test
    void aGrantOfColumnsShowsThese() {
      security.grant(Grant.select("id", "country").on("crm.shop.customers").to(ANALYST));
      assertThat(answer(analyst, "SELECT * FROM crm.shop.customers ORDER BY 1"))
          .first()
          .isEqualTo(List.of(1L, "de"));
      assertThatThrownBy(() -> answer(analyst, "SELECT name FROM crm.shop.customers"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("Cannot select name from dataset crm.shop.customers")
          .hasMessageContaining("Grant.select(\"name\").on(\"crm.shop.customers\")");
      assertThat(security.audit().by(ANALYST).on("crm.shop.customers").list())
          .anyMatch(e -> e.allowed() && e.columns().contains("country"));
    }

    @Test
    void aGrantOfColumnsThatAreNotThereShowsNothing() {
      security.grant(Grant.select("gone").on("crm.shop.customers").to(ANALYST));
      assertThatThrownBy(() -> answer(analyst, "SELECT count(*) FROM crm.shop.customers"))
          .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aGrantOfRowsShowsThese() {
      security.grant(
          Grant.select("id", "name").on("crm.shop.customers").where("country = 'de'").to(ANALYST));
      assertThat(answer(analyst, "SELECT id FROM crm.shop.customers ORDER BY id"))
          .containsExactly(List.of(1L), List.of(3L));
      assertThat(answer(analyst, "SELECT count(*) FROM crm.shop.customers"))
          .containsExactly(List.of(2L));
      assertThat(answer(analyst, "SELECT id FROM crm.shop.customers LIMIT 2")).hasSize(2);
      assertThat(answer(analyst, "SELECT id FROM crm.shop.customers WHERE id > 1"))
          .containsExactly(List.of(3L));
      assertThat(answer(analyst, "EXPLAIN SELECT id FROM crm.shop.customers LIMIT 2").toString())
          .contains("rows: those that grants show")
          .doesNotContain("country", "LIMIT");
    }

    @Test
    void readingAZoneShowsNothingOfASource() {
      for (Zone zone : List.of(Zone.RAW, Zone.CLEANED, Zone.CURATED)) {
        security.grant(Grant.read().on(zone).to(ANALYST));
      }
      assertThatThrownBy(() -> answer(analyst, "SELECT id FROM crm.shop.customers"))
          .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aViewShowsNothingThatItsTableDoesNot() {
      answer("CREATE VIEW sales.all_customers AS SELECT id FROM crm.shop.customers");
      security.grant(Grant.select().on("sales.all_customers").to(ANALYST));
      assertThatThrownBy(() -> answer(analyst, "SELECT id FROM sales.all_customers"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageNotContaining("crm");
      security.grant(Grant.select("id").on("crm.shop.customers").to(ANALYST));
      assertThat(answer(analyst, "SELECT id FROM sales.all_customers")).hasSize(5);
    }

    @Test
    void onlyTheAdministratorRegisters() {
      assertThatThrownBy(() -> Federation.of(analyst).register("other", source()))
          .isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> Federation.of(analyst).remove("crm"))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Nested
  class Refusals {
    @Test
    void namesThatStandForNothing() {
      assertThatThrownBy(() -> answer("SELECT 1 FROM crm.shop.nothing"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining(
              "Cannot query dataset crm.shop.nothing: the source has no such table");
      assertThatThrownBy(() -> answer("SELECT 1 FROM erp.shop.customers"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Catalog 'erp' does not exist");
      assertThatThrownBy(() -> answer("SELECT 1 FROM \"crm.shop\".customers"))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> answer("SELECT nothing FROM crm.shop.customers"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Column 'nothing' cannot be resolved");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "INSERT INTO crm.shop.customers SELECT * FROM crm.shop.customers",
          "CREATE TABLE crm.shop.more AS SELECT 1 AS x",
          "CREATE VIEW crm.shop.more AS SELECT 1 AS x",
          "DROP TABLE crm.shop.customers",
        })
    void whateverIsNoQuery(String sql) {
      assertThatThrownBy(() -> answer(sql))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("a federated source is only read, by queries");
    }

    @Test
    void datasetsOfTheLakeWithThreeNames() {
      assertThatThrownBy(() -> Dataset.named("crm.shop.customers").in(Zone.RAW).build())
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("three names are a table of a federated source");
    }

    @Test
    void namesThatAreTaken() {
      assertThatThrownBy(() -> Federation.of(lake).register("CRM", source()))
          .isInstanceOf(AlreadyExistsException.class);
      assertThatThrownBy(() -> Federation.of(lake).register("AwsDataCatalog", source()))
          .isInstanceOf(InvalidDefinitionException.class);
      assertThatThrownBy(() -> Federation.of(lake).register("a-b", source()))
          .isInstanceOf(InvalidDefinitionException.class);
      Federation.of(lake).remove("crm");
      assertThatThrownBy(() -> answer("SELECT 1 FROM crm.shop.customers"))
          .hasMessageContaining("Catalog 'crm' does not exist");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      names = {"FIND_SOURCE_TABLES", "SCAN_SOURCE", "FETCH_SOURCE_ROWS"})
  void aFaultFailsTheStatementAndNothingElse(Call call) throws Exception {
    try (Lake faulty = Lake.inMemory(with -> with.faults(Faults.on(call).failNext(1)))) {
      prepare(faulty);
      String sql = "SELECT count(*) FROM crm.shop.customers";
      assertThatThrownBy(() -> answer(faulty, sql))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("crm.shop.customers")
          .hasMessageContaining("injected fault");
      assertThat(answer(faulty, sql)).containsExactly(List.of(5L));
    }
  }
}
