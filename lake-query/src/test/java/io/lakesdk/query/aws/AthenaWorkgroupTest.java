package io.lakesdk.query.aws;

import static io.lakesdk.query.aws.FakeAthena.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.QueryStats.Reused;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves for Athena about workgroups, and what its answers mean. */
class AthenaWorkgroupTest {

  private static final Workgroup ANALYSTS = Workgroup.named("analysts");
  private static final String KNOWN =
      "{'WorkGroup':{'Name':'analysts','State':'ENABLED','Configuration':{"
          + "'BytesScannedCutoffPerQuery':20000000,'EnforceWorkGroupConfiguration':true,"
          + "'ResultConfiguration':{'OutputLocation':'s3://acme-lake-curated/results/'}}}}";

  private final FakeAthena athena = new FakeAthena();
  private final Lake lake = athena.lake();
  private final QueryEngine engine = FakeAthena.engine(lake, (event, longest) -> {});

  private Workgroups groups() {
    return engine.workgroups();
  }

  private static Answer absent() {
    return Answer.jsonError(400, "InvalidRequestException", "WorkGroup analysts is not found.");
  }

  @Test
  void aNewWorkgroupIsCreated() {
    athena.then("GetWorkGroup", absent()).then("CreateWorkGroup", json("{}"));
    groups().register(ANALYSTS.scanAtMost(20_000_000).enforced());

    JsonNode sent = athena.sent("CreateWorkGroup").get(0);
    assertThat(sent.get("Name").asText()).isEqualTo("analysts");
    JsonNode settings = sent.get("Configuration");
    assertThat(settings.get("BytesScannedCutoffPerQuery").asLong()).isEqualTo(20_000_000);
    assertThat(settings.get("EnforceWorkGroupConfiguration").asBoolean()).isTrue();
    assertThat(settings.has("ResultConfiguration")).isFalse();
    assertThat(athena.sent("UpdateWorkGroup")).isEmpty();
  }

  @Test
  void anExistingWorkgroupIsUpdatedAndLosesWhatIsNotSaid() {
    athena.then("GetWorkGroup", json(KNOWN)).then("UpdateWorkGroup", json("{}"));
    groups().register(ANALYSTS.disabled());

    JsonNode sent = athena.sent("UpdateWorkGroup").get(0);
    assertThat(sent.get("State").asText()).isEqualTo("DISABLED");
    JsonNode settings = sent.get("ConfigurationUpdates");
    assertThat(settings.get("RemoveBytesScannedCutoffPerQuery").asBoolean()).isTrue();
    assertThat(settings.at("/ResultConfigurationUpdates/RemoveOutputLocation").asBoolean())
        .isTrue();
    assertThat(settings.get("EnforceWorkGroupConfiguration").asBoolean()).isFalse();
    assertThat(athena.sent("CreateWorkGroup")).isEmpty();
  }

  @Test
  void whatAthenaDoesNotDoIsRefusedBeforeItIsAsked() {
    assertThatThrownBy(
            () -> groups().register(ANALYSTS.scanTogetherAtMost(1L << 40, Duration.ofDays(1))))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot register workgroup analysts: Athena refuses no statement for what others of its"
                + " workgroup have scanned; make an alarm of CloudWatch on its ProcessedBytes, and"
                + " leave scanTogetherAtMost out");
    assertThatThrownBy(() -> groups().register(ANALYSTS.scanAtMost(9_999_999)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot register workgroup analysts: Athena's limits start at 10000000 bytes, and"
                + " scanAtMost is 9999999");
    assertThat(athena.http().requests()).isEmpty();
  }

  @Test
  void aStatementNamesItsWorkgroupAndLeavesTheResultToOneThatEnforces() {
    athena.then("GetWorkGroup", json(KNOWN));
    Query query =
        Query.sql("SELECT 1 AS x").workgroup("analysts").resultsIn("s3://acme-lake-raw/mine/");
    try (Rows rows = engine.run(query)) {
      assertThat(rows.asLists()).hasSize(1);
      assertThat(rows.executionId()).contains("q1");
    }
    JsonNode start = athena.sent("StartQueryExecution").get(0);
    assertThat(start.get("WorkGroup").asText()).isEqualTo("analysts");
    assertThat(start.has("ResultConfiguration")).isFalse();
  }

  @Test
  void aStatementSaysWhereItsResultGoes() {
    Query query = Query.sql("SELECT 1 AS x").resultsIn("s3://acme-lake-raw/mine/");
    try (Rows rows = engine.run(query)) {
      assertThat(rows.asLists()).hasSize(1);
    }
    assertThat(
            athena
                .sent("StartQueryExecution")
                .get(0)
                .at("/ResultConfiguration/OutputLocation")
                .asText())
        .isEqualTo("s3://acme-lake-raw/mine/");
  }

  @Test
  void aStatementThatScansMoreThanTheWorkgroupAllowsIsStoppedByAthena() {
    athena.then(
        "GetQueryExecution",
        json(
            FakeAthena.execution("CANCELLED", "", "'DataScannedInBytes':30000000")
                .body()
                .replace('"', '\'')
                .replace("REASON", "Query cancelled! : Bytes scanned limit was exceeded")));
    athena.then("GetWorkGroup", json(KNOWN), json(KNOWN));
    Query query = Query.sql("SELECT 1 AS x").workgroup("analysts");
    try (Rows rows = engine.run(query)) {
      assertThatThrownBy(rows::columns)
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query without datasets: it scanned 30000000 bytes and may scan 20000000"
                  + " in workgroup analysts; ask for fewer partitions, or have whoever opened the"
                  + " lake raise its scanAtMost");
    }
  }

  @Test
  void executionsAreToldWithoutWhatMayBeData() {
    athena.then("GetWorkGroup", json(KNOWN));
    athena.then("ListQueryExecutions", json("{'QueryExecutionIds':['a','b','c']}"));
    athena.then(
        "BatchGetQueryExecution",
        json(
            "{'QueryExecutions':["
                + execution("a", "SUCCEEDED", "", "'DataScannedInBytes':11534337")
                + ","
                + execution("b", "FAILED", "GENERIC_INTERNAL_ERROR: secret", "")
                + ","
                + execution("c", "CANCELLED", "by ada", "'DataScannedInBytes':5")
                + "]}"));
    List<QueryExecution> found =
        engine.pricedAt(new BigDecimal(6)).workgroups().executions("analysts", 7);

    assertThat(athena.sent("ListQueryExecutions").get(0).get("MaxResults").asInt()).isEqualTo(7);
    assertThat(found).extracting(QueryExecution::id).containsExactly("a", "b", "c");
    assertThat(found)
        .allSatisfy(
            e -> {
              assertThat(e.statement()).isEqualTo("SELECT ?");
              assertThat(e.database()).isEqualTo("sales");
              assertThat(e.reason().orElse("")).doesNotContain("secret");
              assertThat(e.by()).isEmpty();
            });
    assertThat(found.get(0).results()).contains("s3://r/a.csv");
    assertThat(found.get(0).stats().bill().bytes()).isEqualTo(12L << 20);
    assertThat(found.get(0).stats().bill().pricePerTerabyte()).isEqualByComparingTo("6");
    assertThat(found.get(1).stats().bill().price()).isZero();
    assertThat(found.get(2).reason()).contains("it was cancelled");
    assertThat(found.get(2).stats().bill().bytes()).isEqualTo(10L << 20);
    assertThat(found.get(2).stats().reused()).isEqualTo(Reused.COMPUTED);
  }

  private static String execution(String id, String state, String reason, String statistics) {
    return "{'QueryExecutionId':'"
        + id
        + "','WorkGroup':'analysts','Query':'SELECT 42','StatementType':'DML',"
        + "'QueryExecutionContext':{'Database':'sales'},"
        + "'ResultConfiguration':{'OutputLocation':'s3://r/"
        + id
        + ".csv'},'Status':{'State':'"
        + state
        + "','StateChangeReason':'"
        + reason
        + "','SubmissionDateTime':1.7E9},'Statistics':{"
        + statistics
        + "}}";
  }

  @Test
  void executionsAreTheAdministratorsWithoutLakeFormation() {
    Lake analyst = lake.as(Principal.role("analyst"));
    Workgroups theirs = FakeAthena.engine(analyst, (event, longest) -> {}).workgroups();
    assertThatThrownBy(() -> theirs.execution("a"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("without Lake Formation Athena does not tell whose they are");
  }

  @Test
  void anExecutionIsStoppedByItsId() {
    groups().cancel("q7");
    assertThat(athena.sent("StopQueryExecution").get(0).get("QueryExecutionId").asText())
        .isEqualTo("q7");
  }

  @Test
  void aWorkgroupIsDeletedWithItsExecutions() {
    athena.then("GetWorkGroup", json(KNOWN)).then("DeleteWorkGroup", json("{}"));
    groups().remove("analysts");
    JsonNode sent = athena.sent("DeleteWorkGroup").get(0);
    assertThat(sent.get("WorkGroup").asText()).isEqualTo("analysts");
    assertThat(sent.get("RecursiveDeleteOption").asBoolean()).isTrue();
  }
}
