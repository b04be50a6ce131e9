package io.lakesdk.security.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.VirtualClock;
import io.lakesdk.access.Action;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A Lake Formation that keeps what is granted to it as lines of text, a column at a time where it
 * matters, and grants of a lake in memory that are given to it.
 */
final class ScriptedLakeFormation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LOOKS = Set.of("GetTable", "ListResources");

  private final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
  private final Lake memory =
      Lake.inMemory(
          with ->
              with.clock(clock)
                  .faults(
                      Faults.on(Call.PUT_OBJECT)
                          .before(subject -> count())
                          .andOn(Call.PUT_OBJECT)
                          .after(subject -> count())));
  private final GrantDocuments documents =
      new GrantDocuments(memory.store(AwsBackend.METADATA), "in memory");
  private final AuditObjects audit =
      new AuditObjects(
          memory.store(AwsBackend.METADATA), () -> documents.look().document().changes());
  private final ScriptedHttp http = new ScriptedHttp(this::answer);
  private final AwsConnection connection;
  private final LakeFormation lakeFormation;
  private final Map<String, Answer> answers = new HashMap<>();
  private Answer table =
      Answer.of(
          200,
          "{\"Table\":{\"Name\":\"flights\",\"Parameters\":{\"lake.zone\":\"curated\","
              + "\"lake.folder\":\"aviation/flights/\"},\"StorageDescriptor\":{\"Location\":"
              + "\"s3://acme-lake-curated/aviation/flights/load-1/\"}}}");
  private Answer registered = answerOf("arn:aws:s3:::acme-lake-curated");
  private final Set<String> rights = new TreeSet<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private Error crash = new AssertionError("nobody asked for it");
  private Runnable afterEachRight = () -> {};

  ScriptedLakeFormation() {
    this(with -> {});
  }

  ScriptedLakeFormation(Consumer<AwsSettings.Builder> with) {
    this(
        AwsSettings.region("eu-west-1")
            .account("acme-lake")
            .principalRoles("arn:aws:iam::111122223333:role/lake-{name}"),
        with);
  }

  ScriptedLakeFormation(AwsSettings.Builder settings, Consumer<AwsSettings.Builder> with) {
    settings
        .attempts(2)
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .httpClient(() -> http);
    with.accept(settings);
    connection =
        new AwsConnection(
            settings.build(), new Seam(Faults.none(), new SimpleMeterRegistry()), clock);
    lakeFormation = new LakeFormation(connection);
  }

  private Answer answer(Request request) {
    count();
    String operation = operation(request);
    if (operation.equals("GetCallerIdentity")) {
      return Answer.of(
          200,
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account>"
              + "</GetCallerIdentityResult></GetCallerIdentityResponse>");
    }
    if (answers.containsKey(operation)) {
      return answers.get(operation);
    }
    JsonNode body = json(request);
    switch (operation) {
      case "GetTable" -> {
        return table;
      }
      case "ListResources" -> {
        return registered;
      }
      case "GrantPermissions" -> rights.addAll(lines(body));
      case "RevokePermissions" -> rights.removeAll(lines(body));
      default -> {}
    }
    afterEachRight.run();
    count();
    return Answer.of(200, "{}");
  }

  private void count() {
    if (left.getAndDecrement() == 0) {
      throw crash;
    }
  }

  /**
   * Lake Formation has it in the path and Glue in a header; STS, which is asked one thing only, has
   * neither.
   */
  private static String operation(Request request) {
    String target = request.header("X-Amz-Target");
    if (target.startsWith("AWSGlue.")) {
      return target.substring(target.indexOf('.') + 1);
    }
    String path = request.uri().getPath();
    return path.length() > 1 ? path.substring(1) : "GetCallerIdentity";
  }

  private static Set<String> lines(JsonNode body) {
    String start =
        body.at("/Principal/DataLakePrincipalIdentifier").asText()
            + " "
            + body.at("/Permissions/0").asText()
            + " on ";
    Map.Entry<String, JsonNode> resource = body.get("Resource").properties().iterator().next();
    JsonNode on = resource.getValue();
    Set<String> lines = new TreeSet<>();
    String table = on.path("DatabaseName").asText() + ".";
    switch (resource.getKey()) {
      case "Table" -> lines.add(start + table + on.get("Name").asText());
      case "TableWithColumns" ->
          on.get("ColumnNames")
              .forEach(
                  column ->
                      lines.add(start + table + on.get("Name").asText() + " " + column.asText()));
      case "DataCellsFilter" ->
          lines.add(start + table + on.get("TableName").asText() + " " + on.get("Name").asText());
      default -> lines.add(start + on.get("ResourceArn").asText());
    }
    return lines;
  }

  private static JsonNode json(Request request) {
    try {
      return JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Grants as one open lake has them. */
  GrantObject open() {
    return new GrantObject(documents, audit, clock, Optional.of(lakeFormation), PATIENCE);
  }

  /** Grants as a lake has them that was opened without Lake Formation. */
  GrantObject openAlone() {
    return new GrantObject(documents, audit, clock, Optional.empty(), PATIENCE);
  }

  LakeFormation lakeFormation() {
    return lakeFormation;
  }

  GrantDocument document() {
    return documents.look().document();
  }

  void waitForOthers() {
    clock.advance(PATIENCE);
  }

  /** From now on, to all such requests, which then change nothing. */
  void answer(String operation, Answer answer) {
    answers.clear();
    answers.put(operation, answer);
  }

  /** What Glue has as the table. */
  void table(Answer answer) {
    table = answer;
  }

  /** The locations that are registered. */
  void registered(String... locations) {
    registered = answerOf(locations);
  }

  private static Answer answerOf(String... locations) {
    return Answer.of(
        200,
        Stream.of(locations)
            .map(arn -> "{\"ResourceArn\":\"" + arn + "\"}")
            .collect(Collectors.joining(",", "{\"ResourceInfoList\":[", "]}")));
  }

  void answerAsUsual() {
    answers.clear();
  }

  /** At the moment after so many, before or after a request or a write. */
  void throwAt(int moment, Error error) {
    crash = error;
    left.set(moment);
  }

  void never() {
    left.set(Integer.MAX_VALUE);
  }

  void afterEachRight(Runnable code) {
    afterEachRight = code;
  }

  /** What is granted, as {@code role PERMISSION on resource} and a column. */
  Set<String> rights() {
    return rights;
  }

  /** What was asked of Lake Formation, but for questions. */
  List<String> operations() {
    return requests().stream().map(ScriptedLakeFormation::operation).toList();
  }

  private List<Request> requests() {
    return http.requests().stream().filter(request -> !LOOKS.contains(operation(request))).toList();
  }

  /** The questions that were asked. */
  List<String> looks() {
    return http.requests().stream()
        .map(ScriptedLakeFormation::operation)
        .filter(LOOKS::contains)
        .toList();
  }

  JsonNode body(int index) {
    return json(requests().get(index));
  }

  JsonNode last() {
    return body(requests().size() - 1);
  }

  Numbered note(String reason) {
    return new Numbered(
        1,
        sequence.getAndIncrement(),
        new AuditEntry(
            clock.instant(),
            Principal.ADMINISTRATOR,
            Action.ADMINISTER,
            Subject.of(Subject.Kind.GRANT, "a grant"),
            Optional.empty(),
            Set.of(),
            true,
            reason),
        Optional.empty());
  }

  @Override
  public void close() {
    connection.close();
    memory.close();
  }
}
