package io.lakesdk.security.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakesdk.AwsSettings;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.Grant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves for Lake Formation, where the emulator differs from it or has nothing. */
class LakeFormationRequestsTest {

  private static final Principal ANALYST = Principal.role("analyst");
  private static final String ROLE = "arn:aws:iam::111122223333:role/lake-analyst";
  private static final String TABLE = ROLE + " SELECT on aviation.flights";
  private static final Grant ORIGIN_AND_DELAY =
      Grant.select("origin", "delay").on("aviation.flights").to(ANALYST);
  private static final Grant ORIGIN_AND_CARRIER =
      Grant.select("origin", "carrier").on("aviation.flights").to(ANALYST);
  private static final Grant ALL = Grant.select().on("aviation.flights").to(ANALYST);
  private static final Grant SEATTLE =
      Grant.select("origin").on("aviation.flights").where("origin = 'SEA'").to(ANALYST);

  private final ScriptedLakeFormation aws = new ScriptedLakeFormation();
  private final GrantObject grants = aws.open();

  @AfterEach
  void close() {
    aws.close();
  }

  private void add(Grant grant) {
    grants.add(grant, aws::note);
  }

  private boolean remove(Grant grant) {
    return grants.remove(grant, aws::note);
  }

  private static String[] columns(String... names) {
    return Stream.of(names).map(name -> TABLE + " " + name).toArray(String[]::new);
  }

  @Test
  void rowsAreADataCellsFilterThatIsGranted() {
    add(SEATTLE);
    assertThat(aws.operations())
        .containsExactly("GetCallerIdentity", "CreateDataCellsFilter", "GrantPermissions");
    JsonNode filter = aws.body(1).get("TableData");
    assertThat(filter.get("TableCatalogId").asText()).isEqualTo("111122223333");
    assertThat(filter.get("DatabaseName").asText()).isEqualTo("aviation");
    assertThat(filter.get("TableName").asText()).isEqualTo("flights");
    assertThat(filter.get("Name").asText()).matches("lake_[0-9a-f]{32}");
    assertThat(filter.get("ColumnNames")).hasToString("[\"origin\"]");
    assertThat(filter.get("RowFilter")).hasToString("{\"FilterExpression\":\"(origin = 'SEA')\"}");
    JsonNode granted = aws.body(2);
    assertThat(granted.get("Permissions")).hasToString("[\"SELECT\"]");
    assertThat(granted.get("Principal"))
        .hasToString("{\"DataLakePrincipalIdentifier\":\"" + ROLE + "\"}");
    assertThat(granted.at("/Resource/DataCellsFilter/Name")).isEqualTo(filter.get("Name"));
    assertThat(granted.at("/Resource/DataCellsFilter/TableCatalogId").asText())
        .isEqualTo("111122223333");
    assertThat(remove(SEATTLE)).isTrue();
    assertThat(aws.operations().subList(3, 5))
        .containsExactly("RevokePermissions", "DeleteDataCellsFilter");
    assertThat(aws.body(3).get("Resource")).isEqualTo(granted.get("Resource"));
    assertThat(aws.body(4).get("Name")).isEqualTo(filter.get("Name"));
    assertThat(aws.rights()).isEmpty();
  }

  @Test
  void allColumnsOfSomeRowsAreAWildcard() {
    add(Grant.select().on("a.b").where("c > 1").to(ANALYST));
    assertThat(aws.body(1).at("/TableData/ColumnWildcard").isObject()).isTrue();
    assertThat(aws.body(1).at("/TableData/ColumnNames").isMissingNode()).isTrue();
  }

  @Test
  void columnsThatAnotherGrantStillGivesAreNotTaken() {
    add(ORIGIN_AND_DELAY);
    add(ORIGIN_AND_CARRIER);
    assertThat(aws.rights()).containsExactly(columns("carrier", "delay", "origin"));
    remove(ORIGIN_AND_DELAY);
    assertThat(aws.last().get("Resource"))
        .hasToString(
            "{\"TableWithColumns\":{\"DatabaseName\":\"aviation\",\"Name\":\"flights\","
                + "\"ColumnNames\":[\"delay\"]}}");
    assertThat(aws.rights()).containsExactly(columns("carrier", "origin"));
  }

  @Test
  void allColumnsStandForSomeAndGiveThemBack() {
    add(ORIGIN_AND_DELAY);
    add(ALL);
    assertThat(aws.rights()).containsExactly(TABLE);
    remove(ALL);
    assertThat(aws.rights()).containsExactly(columns("delay", "origin"));
    assertThat(aws.operations())
        .containsExactly(
            "GrantPermissions",
            "RevokePermissions",
            "GrantPermissions",
            "RevokePermissions",
            "GrantPermissions");
  }

  @Test
  void aZoneIsRegisteredAndItsWritersMayKeepTablesThere() {
    add(Grant.read().on(Zone.RAW).to(ANALYST));
    assertThat(aws.operations()).containsExactly("RegisterResource");
    assertThat(aws.last().get("ResourceArn").asText()).isEqualTo("arn:aws:s3:::acme-lake-raw");
    assertThat(aws.last().get("UseServiceLinkedRole").asBoolean()).isTrue();
    add(Grant.write().on(Zone.CURATED).to(ANALYST));
    assertThat(aws.last().get("Permissions")).hasToString("[\"DATA_LOCATION_ACCESS\"]");
    assertThat(aws.last().get("Resource"))
        .hasToString("{\"DataLocation\":{\"ResourceArn\":\"arn:aws:s3:::acme-lake-curated\"}}");
    remove(Grant.write().on(Zone.CURATED).to(ANALYST));
    assertThat(aws.operations().get(3)).isEqualTo("RevokePermissions");
    assertThat(aws.rights()).isEmpty();
  }

  @Test
  void theLocationOfADatasetIsRegisteredBeforeItIsGranted() {
    aws.registered("arn:aws:s3:::acme-lake-cura", "arn:aws:s3:::acme-lake-curated/aviation/fl");
    add(ALL);
    assertThat(aws.looks()).containsExactly("GetTable", "ListResources");
    assertThat(aws.operations()).containsExactly("RegisterResource", "GrantPermissions");
    assertThat(aws.body(0).get("ResourceArn").asText())
        .as("where the dataset is at home, not where its newest version is")
        .isEqualTo("arn:aws:s3:::acme-lake-curated/aviation/flights/");
    assertThat(aws.body(0).get("UseServiceLinkedRole").asBoolean()).isTrue();
    remove(ALL);
    assertThat(aws.operations()).doesNotContain("DeregisterResource");
  }

  @Test
  void aLocationThatIsRegisteredOrBelowOneIsNotRegisteredAgain() {
    for (String above :
        new String[] {
          "arn:aws:s3:::acme-lake-curated",
          "arn:aws:s3:::acme-lake-curated/",
          "arn:aws:s3:::acme-lake-curated/aviation",
          "arn:aws:s3:::acme-lake-curated/aviation/flights",
          "arn:aws:s3:::acme-lake-curated/aviation/flights/"
        }) {
      aws.registered("arn:aws:s3:::other", above);
      add(ALL);
      remove(ALL);
    }
    assertThat(aws.operations()).doesNotContain("RegisterResource");
  }

  @Test
  void whoeverRegistersItMeanwhileIsNoProblem() {
    aws.registered();
    aws.answer("RegisterResource", Answer.jsonError(400, "AlreadyExistsException", "Resource"));
    add(ALL);
    assertThat(aws.rights()).containsExactly(TABLE);
  }

  @Test
  void aLocationThatMayNotBeRegisteredGrantsNothing() {
    aws.registered();
    aws.answer("RegisterResource", denied());
    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> add(ALL));
    assertThat(grants.current().all()).isEmpty();
    assertThat(aws.rights()).isEmpty();
  }

  @Test
  void tablesOfOthersAreRegisteredWhereTheyAre() {
    aws.registered();
    aws.table(
        Answer.of(200, "{\"Table\":{\"StorageDescriptor\":{\"Location\":\"s3a://theirs/t\"}}}"));
    add(ALL);
    assertThat(aws.body(0).get("ResourceArn").asText()).isEqualTo("arn:aws:s3:::theirs/t");
  }

  @Test
  void tablesOfAnotherLakeAreRegisteredWhereTheyAre() {
    aws.registered();
    aws.table(
        Answer.of(
            200,
            "{\"Table\":{\"Parameters\":{\"lake.zone\":\"curated\",\"lake.folder\":\"a/b/\"},"
                + "\"StorageDescriptor\":{\"Location\":\"s3://other-curated/a/b/load/\"}}}"));
    add(ALL);
    assertThat(aws.body(0).get("ResourceArn").asText())
        .isEqualTo("arn:aws:s3:::other-curated/a/b/load/");
  }

  @Test
  void whatIsNotInS3IsNotRegistered() {
    aws.registered();
    aws.table(Answer.of(200, "{\"Table\":{\"StorageDescriptor\":{\"Location\":\"\"}}}"));
    add(ALL);
    aws.table(Answer.of(200, "{\"Table\":{}}"));
    add(ORIGIN_AND_DELAY);
    aws.table(Answer.jsonError(400, "EntityNotFoundException", "absent"));
    add(SEATTLE);
    assertThat(aws.operations()).contains("GrantPermissions").doesNotContain("RegisterResource");
  }

  @Test
  void aZoneThatIsAPrefixIsRegisteredWithIt() {
    try (ScriptedLakeFormation one =
        new ScriptedLakeFormation(with -> with.oneBucket("acme-data"))) {
      one.open().add(Grant.read().on(Zone.RAW).to(ANALYST), one::note);
      assertThat(one.last().get("ResourceArn").asText()).isEqualTo("arn:aws:s3:::acme-data/raw/");
    }
  }

  @Test
  void anAccountWhereItIsNotSetUpGrantsNothing() {
    aws.answer("GrantPermissions", denied());
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> add(ALL))
        .withMessage(
            "Cannot grant in Lake Formation dataset aviation.flights: Lake Formation does not let"
                + " these credentials do it; make them a data lake administrator (Lake Formation,"
                + " Administrative roles and tasks), or open the lake with"
                + " AwsSettings...lakeFormation(OFF)");
    assertThat(grants.current().all()).isEmpty();
    assertThat(aws.document().unfinished()).isEmpty();
    assertThat(aws.document().changes()).isEmpty();
  }

  private static Answer denied() {
    return Answer.jsonError(400, "AccessDeniedException", "Insufficient Lake Formation permission");
  }

  @Test
  void whatWasHalfGivenIsTakenBack() {
    aws.answer("GrantPermissions", denied());
    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> add(SEATTLE));
    assertThat(aws.operations())
        .containsExactly(
            "GetCallerIdentity",
            "CreateDataCellsFilter",
            "GrantPermissions",
            "RevokePermissions",
            "DeleteDataCellsFilter");
    assertThat(grants.current().all()).isEmpty();
    assertThat(aws.document().unfinished()).isEmpty();
  }

  @Test
  void aDatasetThatIsNotRegisteredCannotBeGranted() {
    aws.answer("GrantPermissions", Answer.jsonError(400, "EntityNotFoundException", "no table"));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> add(ALL))
        .withMessageEndingWith("it can be granted once it is registered");
    assertThat(grants.current().all()).isEmpty();
  }

  @Test
  void whatIsGoneThereIsRevokedHere() {
    add(ALL);
    aws.answer(
        "RevokePermissions",
        Answer.jsonError(
            400,
            "InvalidInputException",
            "No permissions revoked. Grantee does not have: [SELECT]"));
    assertThat(remove(ALL)).isTrue();
    assertThat(grants.current().all()).isEmpty();
  }

  @Test
  void aRefusedRevocationRevokesNothing() {
    add(ALL);
    aws.answer("RevokePermissions", denied());
    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> remove(ALL));
    assertThat(grants.current().all()).containsExactly(ALL);
    aws.answerAsUsual();
    assertThat(remove(ALL)).isTrue();
    assertThat(aws.rights()).isEmpty();
  }

  @Test
  void aThrottledGrantIsNotGrantedAndAnUnknownOneIsFinishedByTheNextAttempt() {
    aws.answer("GrantPermissions", Answer.jsonError(400, "ThrottlingException", "slow"));
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> add(ALL));
    assertThat(grants.current().all()).isEmpty();
    aws.answer("GrantPermissions", Answer.lost());
    assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> add(ALL));
    assertThat(aws.document().unfinished()).isPresent();
    aws.answerAsUsual();
    add(ALL);
    assertThat(aws.document().unfinished()).isEmpty();
    assertThat(aws.rights()).containsExactly(TABLE);
  }

  @Test
  void namesakesAndWhatHasNoRoleAreRefused() {
    add(ALL);
    Grant toUser = Grant.select().on("a.b").to(Principal.user("analyst"));
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> add(toUser))
        .withMessage(
            "Cannot grant to principal user analyst: in Lake Formation it is the same role as role"
                + " analyst; rename one");
    try (ScriptedLakeFormation without =
        new ScriptedLakeFormation(
            AwsSettings.region("eu-west-1").account("acme-lake"), with -> {})) {
      assertThatExceptionOfType(InvalidDefinitionException.class)
          .isThrownBy(() -> without.open().add(ALL, without::note))
          .withMessageContaining("no role is known for it that Lake Formation could give it to");
      assertThat(without.document().grants()).isEmpty();
    }
  }

  @Test
  void tablesOfFederatedSourcesAreNothingToLakeFormation() {
    add(Grant.select("id").on("pg.public.orders").where("day > DATE '2024-01-01'").to(ANALYST));
    add(ALL);
    assertThat(aws.rights()).containsExactly(TABLE);
    assertThat(aws.document().unfinished()).isEmpty();
    assertThat(aws.document().grants()).hasSize(2);
  }

  @Test
  void withoutLakeFormationWhatItHasIsNotRevoked() {
    add(ALL);
    GrantObject alone = aws.openAlone();
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> alone.remove(ALL, aws::note))
        .withMessage(
            "Cannot change grant select on aviation.flights to role analyst: Lake Formation has it"
                + " too; open the lake with AwsSettings...lakeFormation(ON)");
    assertThat(alone.current().all()).containsExactly(ALL);
    alone.add(ORIGIN_AND_DELAY, aws::note);
    assertThat(alone.remove(ORIGIN_AND_DELAY, aws::note)).isTrue();
  }

  @Test
  void reconcilingGivesWhatWasGrantedWithoutIt() {
    aws.openAlone().add(ORIGIN_AND_DELAY, aws::note);
    assertThat(aws.rights()).isEmpty();
    grants.reconcile(aws.lakeFormation());
    assertThat(aws.rights()).containsExactly(columns("delay", "origin"));
    assertThat(remove(ORIGIN_AND_DELAY)).isTrue();
    assertThat(aws.rights()).isEmpty();
  }

  @Test
  void anInterruptedChangeOfAnotherIsFinishedByReconcilingOrAfterAWhile() {
    aws.answer("GrantPermissions", Answer.lost());
    assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> add(ALL));
    aws.answerAsUsual();
    GrantObject other = aws.open();
    other.reconcile(aws.lakeFormation());
    assertThat(aws.rights()).containsExactly(TABLE);
    aws.answer("RevokePermissions", Answer.lost());
    assertThatExceptionOfType(OutcomeUnknownException.class)
        .isThrownBy(() -> other.remove(ALL, aws::note));
    assertThat(grants.current().all()).containsExactly(ALL);
    aws.answerAsUsual();
    aws.waitForOthers();
    add(SEATTLE);
    assertThat(grants.current().all()).containsExactly(SEATTLE);
  }
}
