package io.lakesdk.catalog.aws;

import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.OutcomeUnknownException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What is sent to Glue, and what becomes of its answers, where no emulator shows it. */
class GlueRequestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DatasetId ID = DatasetId.parse("sales.orders");

  /** The table as it was last written, which GetTable answers. */
  private ObjectNode table = JSON.createObjectNode();

  private boolean there;
  private int version;
  private ScriptedHttp http = new ScriptedHttp(request -> Answer.of(200, "{}"));
  private Lake lake = Lake.inMemory();

  private void script(Function<Request, Answer> script) {
    lake.close();
    http = new ScriptedHttp(script);
    lake =
        Lake.onAws(
            AwsSettings.region("eu-west-1")
                .account("acme-lake")
                .endpoint(URI.create("http://127.0.0.1:1"))
                .pathStyle()
                .credentials(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .attempts(3)
                .httpClient(() -> http)
                .build());
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private Answer glue(Request request) {
    return switch (request.operation()) {
      case "GetTable" ->
          there
              ? Answer.of(200, "{\"Table\":" + table + "}")
              : Answer.jsonError(400, "EntityNotFoundException", "Table not found");
      case "CreateTable", "UpdateTable" -> write(request);
      case "GetDatabases" -> Answer.of(200, "{\"DatabaseList\":[]}");
      case "" -> objects(request);
      default -> throw new AssertionError(request.operation());
    };
  }

  /** Nothing was published. */
  private static Answer objects(Request request) {
    return request.uri().toString().contains("list-type")
        ? Answer.of(200, "<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>")
        : Answer.s3Error(404, "NoSuchKey");
  }

  private Answer write(Request request) {
    there = true;
    table = (ObjectNode) body(request).get("TableInput");
    table.put("DatabaseName", "sales").put("VersionId", String.valueOf(version++));
    return Answer.of(200, "{}");
  }

  private static JsonNode body(Request request) {
    try {
      return JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private List<Request> sent(String operation) {
    return http.requests().stream().filter(r -> r.operation().equals(operation)).toList();
  }

  private static Dataset orders() {
    return Dataset.named("sales.orders").in(Zone.CURATED).column("id", INT).build();
  }

  private static Dataset more() {
    return orders().toBuilder().column("note", STRING).build();
  }

  private Dataset register(Dataset dataset) {
    return Catalog.of(lake).register(dataset);
  }

  @Test
  void anUpdateNamesTheVersionThatItWasMadeFrom() {
    script(this::glue);
    register(orders());
    register(more());
    JsonNode update = body(sent("UpdateTable").get(0));
    assertThat(update.get("VersionId").asText()).isEqualTo("0");
    assertThat(update.has("SkipArchive")).as("definitions are kept").isFalse();
    assertThat(update.get("TableInput").get("Parameters").get("lake.definition").asText())
        .isEqualTo("2");
    assertThat(Catalog.of(lake).dataset(ID)).isEqualTo(more());
  }

  @Test
  void anUpdateOfAStaleVersionIsMadeAnew() {
    AtomicInteger updates = new AtomicInteger();
    script(
        request -> {
          if (request.operation().equals("UpdateTable") && updates.getAndIncrement() == 0) {
            ((ObjectNode) table.get("Parameters")).put("of-another", "kept");
            table.put("VersionId", "7");
            return Answer.jsonError(400, "ConcurrentModificationException", "Update table failed");
          }
          return glue(request);
        });
    register(orders());
    register(more());
    assertThat(sent("UpdateTable"))
        .extracting(request -> body(request).get("VersionId").asText())
        .containsExactly("0", "7");
    assertThat(table.get("Parameters").get("of-another").asText()).isEqualTo("kept");
    assertThat(Catalog.of(lake).dataset(ID)).isEqualTo(more());
  }

  @Test
  void anUpdateWhoseAnswerWasLostIsNotMadeTwice() {
    script(
        request -> {
          Answer answer = glue(request);
          return request.operation().equals("UpdateTable") ? Answer.lost() : answer;
        });
    register(orders());
    register(more());
    assertThat(sent("UpdateTable")).hasSize(1);
    assertThat(Catalog.of(lake).dataset(ID)).isEqualTo(more());
  }

  @Test
  void aCreationWhoseAnswerWasLostBeforeItWasDoneIsMade() {
    AtomicInteger creations = new AtomicInteger();
    script(
        request ->
            request.operation().equals("CreateTable") && creations.getAndIncrement() == 0
                ? Answer.of(500, "{}")
                : glue(request));
    register(orders());
    assertThat(sent("CreateTable")).hasSize(2);
    assertThat(Catalog.of(lake).dataset(ID)).isEqualTo(orders());
  }

  @Test
  void whereNothingCanBeFoundOutTheOutcomeIsUnknown() {
    AtomicInteger reads = new AtomicInteger();
    script(
        request ->
            switch (request.operation()) {
              case "CreateTable" -> Answer.of(500, "{}");
              case "GetTable" ->
                  reads.getAndIncrement() == 0 ? glue(request) : Answer.of(500, "{}");
              default -> glue(request);
            });
    assertThatThrownBy(() -> register(orders()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageStartingWith("Cannot register dataset sales.orders: the answer was lost");
  }

  @Test
  void aDatabaseIsMadeWhenItIsMissing() {
    AtomicInteger databases = new AtomicInteger();
    script(
        request -> {
          if (request.operation().equals("CreateDatabase")) {
            databases.incrementAndGet();
            return Answer.jsonError(400, "AlreadyExistsException", "Database already exists.");
          }
          return request.operation().equals("CreateTable") && databases.get() == 0
              ? Answer.jsonError(400, "EntityNotFoundException", "Database sales not found.")
              : glue(request);
        });
    register(orders());
    assertThat(databases).hasValue(1);
    assertThat(Catalog.of(lake).dataset(ID)).isEqualTo(orders());
  }

  @Test
  void whatGlueDeniesIsDenied() {
    script(
        request ->
            Answer.jsonError(
                400,
                "AccessDeniedException",
                "User: arn:aws:iam::111122223333:user/x is not authorized to perform: glue:GetTable"));
    assertThatThrownBy(() -> Catalog.of(lake).find(ID))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(
            "Cannot find dataset sales.orders: the policies of the credentials do not allow it"
                + " (glue AccessDeniedException)");
    assertThatThrownBy(() -> Catalog.of(lake).list())
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageStartingWith("Cannot list metadata databases: the policies");
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidInputException, InvalidDefinitionException, 1, Glue does not take it",
    "ResourceNumberLimitExceededException, UnavailableException, 1, a quota of Glue is used up",
    "GlueEncryptionException, AccessDeniedException, 1, its KMS key cannot be used",
    "FederationSourceException, UnavailableException, 1, does not answer as it should",
    "FederationSourceRetryableException, UnavailableException, 3, Glue is not ready for it",
    "ResourceNotReadyException, UnavailableException, 3, Glue is not ready for it",
    "OperationTimeoutException, UnavailableException, 3, Glue answered OperationTimeoutException",
    "InternalServiceException, UnavailableException, 3, Glue answered InternalServiceException",
    "ThrottlingException, UnavailableException, 3, glue is throttling calls"
  })
  void errorsAreOfTheirKindAndRepeatedWhereThatHelps(
      String code, String kind, int attempts, String reason) {
    script(request -> Answer.jsonError(400, code, "secret"));
    assertThatThrownBy(() -> Catalog.of(lake).find(ID))
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret")
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind));
    assertThat(http.requests()).hasSize(attempts);
  }

  @Test
  void listsAreReadPageByPage() {
    script(
        request -> {
          boolean first = !body(request).has("NextToken");
          if (request.operation().equals("GetDatabases")) {
            return Answer.of(
                200,
                first
                    ? "{\"DatabaseList\":[{\"Name\":\"a\"}],\"NextToken\":\"more\"}"
                    : "{\"DatabaseList\":[{\"Name\":\"b\"}]}");
          }
          String database = body(request).get("DatabaseName").asText();
          String found = tableOf(database, first ? "one" : "two");
          return Answer.of(
              200, "{\"TableList\":[" + found + "]" + (first ? ",\"NextToken\":\"more\"}" : "}"));
        });
    assertThat(Catalog.of(lake).list())
        .extracting(dataset -> dataset.id().toString())
        .containsExactly("a.one", "a.two", "b.one", "b.two");
    assertThat(http.requests()).allMatch(request -> body(request).get("MaxResults").asInt() == 100);
  }

  private static String tableOf(String database, String name) {
    return "{\"DatabaseName\":\"%s\",\"Name\":\"%s\",\"StorageDescriptor\":{\"Location\":\"%s\"}}"
        .formatted(database, name, "s3://acme-lake-raw/" + database + "/" + name + "/");
  }

  @Test
  void whatGlueDoesNotTakeNamesTheDataset() {
    script(
        request ->
            request.operation().equals("CreateTable")
                ? Answer.jsonError(400, "InvalidInputException", "Unsupported")
                : glue(request));
    assertThatThrownBy(() -> register(orders()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot register dataset sales.orders: Glue does not take it (InvalidInputException);"
                + " look at names, types and lengths of texts");
    assertThat(sent("CreateTable")).hasSize(1);
  }

  @Test
  void whoeverLosesEveryRaceIsTold() {
    script(
        request ->
            request.operation().equals("CreateTable")
                ? Answer.jsonError(400, "AlreadyExistsException", "Table already exists.")
                : glue(request));
    assertThatThrownBy(() -> register(orders()))
        .hasMessage(
            "Cannot register dataset sales.orders: others changed its definition 100 times"
                + " meanwhile; try again");
    assertThatThrownBy(() -> Catalog.of(lake).versions(ID)).hasMessageContaining("no such dataset");
  }
}
