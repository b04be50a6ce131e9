package io.lakesdk.query.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.embedded.EmbeddedQueryEngine;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Answers requests as Athena would: each operation as it was told, and else with a statement that
 * succeeds and has one row. For requests that leave, and for what no emulator shows.
 */
final class FakeAthena {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScriptedHttp http = new ScriptedHttp(this::answer);
  private final Map<String, Queue<Answer>> told = new ConcurrentHashMap<>();
  private final AtomicInteger starts = new AtomicInteger();
  private volatile String file = "";

  /** What the next calls of an operation answer, before the usual. */
  FakeAthena then(String operation, Answer... answers) {
    told.computeIfAbsent(operation, o -> new ConcurrentLinkedQueue<>()).addAll(List.of(answers));
    return this;
  }

  /** The file of the result. */
  FakeAthena file(String content) {
    this.file = content;
    return this;
  }

  private Answer answer(Request request) {
    String operation = request.operation().isEmpty() ? "file" : request.operation();
    Answer next = told.getOrDefault(operation, new ConcurrentLinkedQueue<>()).poll();
    if (next != null) {
      return next;
    }
    return switch (operation) {
      case "GetWorkGroup" -> json("{'WorkGroup':{'Name':'primary','Configuration':{}}}");
      case "StartQueryExecution" ->
          json("{'QueryExecutionId':'q" + starts.incrementAndGet() + "'}");
      case "GetQueryExecution" -> state("SUCCEEDED");
      case "GetQueryResults" -> page("", List.of("x"), List.of("integer"), List.of("1"));
      case "StopQueryExecution" -> json("{}");
      case "GetDatabases" -> json("{'DatabaseList':[]}");
      case "file" -> part(request.header("Range"));
      default -> Answer.jsonError(400, "EntityNotFoundException", "no " + operation);
    };
  }

  /** What S3 answers to a request for a range; the content is ASCII. */
  private Answer part(String range) {
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to = Math.min(file.length(), Integer.parseInt(ends[1]) + 1);
    if (from >= file.length()) {
      return Answer.s3Error(416, "InvalidRange");
    }
    return new Answer(
        206,
        Map.of(
            "ETag",
            "\"tag\"",
            "Content-Range",
            "bytes " + from + "-" + (to - 1) + "/" + file.length()),
        file.substring(from, to));
  }

  /** An answer in JSON, in which quotes are single. */
  static Answer json(String text) {
    return Answer.of(200, text.replace('\'', '"'));
  }

  /** How far the statement is. */
  static Answer state(String state) {
    return execution(state, "", "'DataScannedInBytes':1234,'EngineExecutionTimeInMillis':56");
  }

  /** A statement that failed. */
  static Answer failed(String reason, int category, boolean retryable) {
    String error =
        ",'AthenaError':{'ErrorCategory':" + category + ",'Retryable':" + retryable + "}";
    String quoted = JSON.valueToTree(reason).toString();
    return Answer.of(
        200,
        execution("FAILED", error, "'DataScannedInBytes':0").body().replace("\"REASON\"", quoted));
  }

  static Answer execution(String state, String more, String statistics) {
    return json(
        "{'QueryExecution':{'QueryExecutionId':'q1','StatementType':'DML',"
            + "'ResultConfiguration':{'OutputLocation':'s3://results/some/q1.csv'},"
            + "'Status':{'State':'"
            + state
            + "','StateChangeReason':'REASON'"
            + more
            + "},'Statistics':{"
            + statistics
            + "}}}");
  }

  /** A page of rows of one column; {@code token} is empty for the last. */
  static Answer page(String token, List<String> header, List<String> types, List<String> values) {
    List<String> rows = new ArrayList<>();
    if (!header.isEmpty()) {
      rows.add(row(header));
    }
    values.forEach(value -> rows.add(row(List.of(value))));
    String columns =
        String.join(
            ",",
            IntStream.range(0, types.size())
                .mapToObj(
                    i ->
                        "{'Name':'"
                            + (header.isEmpty() ? "x" : header.get(i))
                            + "','Type':'"
                            + types.get(i)
                            + "'}")
                .toList());
    return json(
        "{'ResultSet':{'Rows':["
            + String.join(",", rows)
            + "],'ResultSetMetadata':{'ColumnInfo':["
            + columns
            + "]}}"
            + (token.isEmpty() ? "" : ",'NextToken':'" + token + "'")
            + "}");
  }

  private static String row(List<String> values) {
    return "{'Data':["
        + String.join(",", values.stream().map(v -> "{'VarCharValue':'" + v + "'}").toList())
        + "]}";
  }

  /** Rows of one column {@code x} in so many values. */
  static List<String> numbers(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Integer::toString).toList();
  }

  Lake lake() {
    return lake(settings -> {}, with -> {});
  }

  Lake lake(Consumer<AwsSettings.Builder> settings, Consumer<LakeOptions> with) {
    AwsSettings.Builder builder =
        AwsSettings.region("us-east-1")
            .account("acme")
            .endpoint(URI.create("http://athena.test"))
            .pathStyle()
            .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "s")))
            .lakeFormation(AwsSettings.LakeFormation.OFF)
            .httpClient(() -> http);
    settings.accept(builder);
    return Lake.onAws(builder.build(), with);
  }

  /** An engine that waits as it is told. */
  static QueryEngine engine(Lake lake, Pause pause) {
    return new AthenaQueryEngine(
        lake, (AwsBackend) lake.backend(), new EmbeddedQueryEngine(lake), pause);
  }

  /** The bodies of the requests of an operation. */
  List<JsonNode> sent(String operation) {
    List<JsonNode> bodies = new ArrayList<>();
    for (Request request : http.requests()) {
      if (request.operation().equals(operation)) {
        try {
          bodies.add(JSON.readTree(request.body()));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Collections.unmodifiableList(bodies);
  }

  /** The requests for parts of the file. */
  List<Request> partsSent() {
    return http.requests().stream().filter(r -> r.operation().isEmpty()).toList();
  }

  /** The client that answers. */
  ScriptedHttp http() {
    return http;
  }

  /** Whose access keys signed the requests of an operation. */
  List<String> accessKeys(String operation) {
    return http.requests().stream()
        .filter(request -> request.operation().equals(operation))
        .map(request -> request.header("Authorization").replaceAll(".*Credential=([^/]+)/.*", "$1"))
        .toList();
  }
}
