package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Whose statements reach Athena, and under which credentials; tables and roles are moto's. */
@ExtendWith(TestAws.Fresh.class)
class AthenaAccessEmulatorIT {

  private static final Principal ANALYST = Principal.role("analyst");

  private final FakeAthena athena = new FakeAthena();
  private final Dataset orders =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .column("id", DataType.BIGINT)
          .column("amount", DataType.decimal(10, 2))
          .column("country", DataType.STRING)
          .build();
  private Lake lake = Lake.inMemory();

  private QueryEngine analyst(Consumer<AwsSettings.Builder> with, DatasetView.Slice... slices) {
    AwsSettings.Builder builder =
        TestAws.settings(Emulator.moto().endpoint())
            .compute(AwsSettings.Compute.ATHENA)
            .httpClient(() -> new RoutedHttp(athena.http(), ApacheHttpClient.create()));
    with.accept(builder);
    AwsSettings settings = builder.build();
    TestAws.createBuckets(settings);
    lake = Lake.onAws(settings);
    Dataset unused = Catalog.of(lake).register(orders);
    DatasetView view = new DatasetView(List.of(slices));
    lake.enforce(
        new AccessPolicy() {
          @Override
          public Decision decide(AccessRequest request) {
            return request.columns().stream().allMatch(view::shows) && !view.isNothing()
                ? new Decision.Allowed("a grant of the test")
                : new Decision.Denied(request.principal() + " lacks a grant", "grant it");
          }

          @Override
          public DatasetView view(Principal principal, Resource.OfDataset dataset) {
            if (dataset.dataset().table().startsWith("view_")) {
              return DatasetView.everything();
            }
            return dataset.dataset().equals(orders.id()) ? view : DatasetView.nothing();
          }
        });
    return QueryEngine.of(lake.as(ANALYST));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static DatasetView.Slice slice(String rows, String... columns) {
    return new DatasetView.Slice(Optional.of(Set.of(columns)), Optional.ofNullable(rows));
  }

  private void runs(QueryEngine engine, String sql) {
    try (Rows rows = engine.run(Query.sql(sql))) {
      assertThat(rows.asLists()).hasSize(1);
    }
  }

  private void isRefused(QueryEngine engine, String sql, String message) {
    assertThatThrownBy(() -> engine.run(Query.sql(sql)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(message);
    assertThat(athena.sent("StartQueryExecution")).isEmpty();
  }

  private void view(String name, String sql) {
    Views.of(lake)
        .create(
            new View(
                DatasetId.parse(name), List.of(Column.of("id", DataType.BIGINT)), "sales", sql),
            Views.Existing.REFUSE);
  }

  @Test
  void withoutLakeFormationAViewIsReadByThoseWhoMayReadItsTables() {
    QueryEngine engine = analyst(settings -> {}, slice(null, "id", "country"));
    view("sales.view_ids", "SELECT id FROM orders WHERE country = 'de'");
    view("sales.view_amounts", "SELECT id FROM orders WHERE amount > 1");
    view("sales.view_nested", "SELECT id FROM view_amounts");

    for (String name : List.of("sales.view_amounts", "sales.view_nested")) {
      isRefused(
          engine,
          "SELECT id FROM " + name,
          "Cannot query dataset "
              + name
              + ": the view reads tables or columns that you may not see, and a view shows nothing"
              + " that its tables do not show; whoever opened the lake can grant select on them");
    }
    runs(engine, "SELECT id FROM sales.view_ids");
  }

  @Test
  void withoutLakeFormationRowFiltersOfTheTablesOfAViewAreRefused() {
    QueryEngine engine = analyst(settings -> {}, slice("country = 'de'", "id", "country"));
    view("sales.view_ids", "SELECT id FROM orders");

    assertThatThrownBy(() -> engine.run(Query.sql("SELECT id FROM sales.view_ids")))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("has a row filter, which Athena applies only with Lake Formation");
    assertThat(athena.sent("StartQueryExecution")).isEmpty();
  }

  @Test
  void withoutLakeFormationGrantsAreCheckedHereAndTheLakesOwnCredentialsRun() {
    QueryEngine engine = analyst(settings -> {}, slice(null, "id", "country"));

    runs(engine, "SELECT id, count(*) FROM sales.orders WHERE country = 'de' GROUP BY id");
    assertThat(athena.accessKeys("StartQueryExecution")).containsExactly("testing");
    assertThat(
            athena
                .sent("StartQueryExecution")
                .get(0)
                .at("/ResultConfiguration/OutputLocation")
                .asText())
        .endsWith("-lake-metadata/athena/role-analyst/");
  }

  @Test
  void hiddenColumnsAreRefusedByName() {
    QueryEngine engine = analyst(settings -> {}, slice(null, "id", "country"));
    isRefused(
        engine,
        "SELECT id, amount FROM sales.orders",
        "Cannot select amount from dataset sales.orders: role analyst lacks a grant; grant it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM sales.orders",
        "SELECT o.* FROM sales.orders o",
        "TABLE sales.orders",
        "WITH w AS (TABLE sales.orders) SELECT id FROM w",
        "SELECT id FROM (TABLE sales.orders)",
        "SELECT a FROM sales.orders AS o (a, b)",
        "SELECT id FROM sales.orders WHERE EXISTS (SELECT * FROM sales.orders)",
        "SELECT id, country FROM sales.orders UNION TABLE sales.orders"
      })
  void whatWouldShowHiddenColumnsInAthenaIsRefused(String sql) {
    QueryEngine engine = analyst(settings -> {}, slice(null, "id", "country"));
    isRefused(
        engine,
        sql,
        "Cannot select from dataset sales.orders: columns are hidden from role analyst, and without"
            + " Lake Formation Athena shows them to a statement with *, TABLE or a list of column"
            + " aliases; name the columns");
  }

  @Test
  void whoSeesAllColumnsMayUseStars() {
    runs(analyst(settings -> {}, slice(null, "id", "amount", "country")), "TABLE sales.orders");
  }

  @Test
  void rowFiltersAreRefusedWithoutLakeFormation() {
    QueryEngine engine = analyst(settings -> {}, slice("country = 'de'", "id", "country"));
    isRefused(
        engine,
        "SELECT id FROM sales.orders",
        "Cannot select from dataset sales.orders: the grant to role analyst has a row filter, which"
            + " Athena applies only with Lake Formation; open the lake with LakeFormation.ON, or"
            + " with Compute.LOCAL");
  }

  @Test
  void whatIsNotUnderstoodIsRefusedWithoutLakeFormation() {
    QueryEngine engine = analyst(settings -> {}, slice(null, "id"));
    assertThatThrownBy(
            () -> engine.run(Query.sql("SELECT only_athena_knows(amount) FROM sales.orders")))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThat(athena.sent("StartQueryExecution")).isEmpty();
  }

  @Test
  void whoMaySeeNothingIsToldNothing() {
    QueryEngine engine = analyst(settings -> {});
    isRefused(
        engine,
        "SELECT id FROM sales.orders",
        "Cannot query dataset sales.orders: role analyst may see nothing of that name; if there is"
            + " such a dataset, whoever opened the lake can grant select on it");
  }

  @Test
  void withLakeFormationTheRoleOfThePrincipalRunsAndAthenaHides() {
    QueryEngine engine =
        analyst(
            settings ->
                settings
                    .lakeFormation(AwsSettings.LakeFormation.ON)
                    .principalRoles("arn:aws:iam::123456789012:role/lake-{name}"),
            slice("country = 'de'", "id", "country"));

    runs(engine, "SELECT * FROM sales.orders");
    runs(engine, "SELECT only_athena_knows(amount) FROM sales.orders");
    isRefusedNow(engine);
    assertThat(athena.accessKeys("StartQueryExecution"))
        .hasSize(2)
        .allSatisfy(key -> assertThat(key).isNotEqualTo("testing"));
    assertThat(athena.accessKeys("GetWorkGroup")).containsExactly("testing");
  }

  private void isRefusedNow(QueryEngine engine) {
    assertThatThrownBy(() -> engine.run(Query.sql("SELECT amount FROM sales.orders")))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(
            "Cannot select amount from dataset sales.orders: role analyst lacks a grant; grant it");
  }
}
