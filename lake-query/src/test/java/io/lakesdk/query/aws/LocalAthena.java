package io.lakesdk.query.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Rows.ResultColumn;
import io.lakesdk.query.rows.ResultText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * Athena's protocol before the engine of this process, so that the whole contract passes through
 * Athena's requests and answers. Shows nothing of Athena's own SQL, limits and permissions.
 */
public final class LocalAthena implements SdkHttpClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What has more rows than this goes on until it is stopped. */
  private static final int MOST_ROWS = 20_000;

  private static final Pattern TYPE = Pattern.compile("([a-z ]+)(?:\\((\\d+)(?:, ?(\\d+))?\\))?.*");
  private static final Pattern QUOTED_OR_PARAMETER =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|/\\*.*?\\*/|\\?", Pattern.DOTALL);

  private final Lake lake;
  private final ScriptedHttp http = new ScriptedHttp(this::answer);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Map<String, Statement> statements = new ConcurrentHashMap<>();
  private final LocalGroups groups = new LocalGroups();

  private LocalAthena(Lake lake) {
    this.lake = lake;
  }

  /** A lake of its own, of which objects and tables are in moto. */
  public static Lake open() {
    return open(with -> {});
  }

  /** {@link #open()} with options of that lake. */
  public static Lake open(Consumer<LakeOptions> with) {
    AwsSettings.Builder builder = TestAws.settings();
    AwsSettings local = builder.build();
    TestAws.createBuckets(local);
    LocalAthena athena = new LocalAthena(Lake.onAws(local));
    return Lake.onAws(
        builder
            .compute(AwsSettings.Compute.ATHENA)
            .httpClient(() -> new RoutedHttp(athena, ApacheHttpClient.create()))
            .build(),
        with);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return http.prepareRequest(request);
  }

  @Override
  public void close() {
    statements.values().forEach(Statement::stop);
    threads.shutdownNow();
    lake.close();
  }

  private Answer answer(Request request) {
    try {
      JsonNode body = JSON.readTree(request.body());
      String id = body.path("QueryExecutionId").asText();
      String group = body.path("WorkGroup").asText();
      Optional<String> refusal = refusal(request.operation(), id, group);
      if (refusal.isPresent()) {
        return Answer.jsonError(400, "InvalidRequestException", refusal.get());
      }
      Object answer =
          switch (request.operation()) {
            case "GetWorkGroup" -> groups.get(group);
            case "CreateWorkGroup" -> groups.create(body);
            case "UpdateWorkGroup" -> groups.update(body);
            case "ListWorkGroups" -> groups.list();
            case "DeleteWorkGroup" -> {
              statements.values().removeIf(statement -> statement.group.equals(group));
              yield groups.delete(group);
            }
            case "ListQueryExecutions" -> list(group, body.get("MaxResults").asInt());
            case "BatchGetQueryExecution" -> batch(body.get("QueryExecutionIds"));
            case "StartQueryExecution" -> Map.of("QueryExecutionId", start(body));
            case "GetQueryExecution" -> Map.of("QueryExecution", statement(id).execution(id));
            case "GetQueryResults" ->
                statement(id).page(body.path("NextToken").asInt(), body.get("MaxResults").asInt());
            case "StopQueryExecution" -> {
              statement(id).stop();
              yield Map.of();
            }
            default -> throw new IllegalStateException(request.operation());
          };
      return Answer.of(200, JSON.writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Statement statement(String id) {
    Statement statement = statements.get(id);
    if (statement == null) {
      throw new IllegalStateException("no statement " + id);
    }
    return statement;
  }

  private Optional<String> refusal(String operation, String id, String group) {
    if (!id.isEmpty() && !statements.containsKey(id)) {
      return Optional.of("QueryExecution " + id + " was not found");
    }
    return group.isEmpty() ? Optional.empty() : groups.refusal(operation, group);
  }

  /** Enough for tests on one page. */
  private Object list(String group, int most) {
    List<String> ids =
        statements.values().stream()
            .filter(statement -> statement.group.equals(group))
            .sorted(Comparator.comparing((Statement s) -> s.submitted).reversed())
            .map(statement -> statement.id)
            .limit(most)
            .toList();
    return Map.of("QueryExecutionIds", ids);
  }

  private Object batch(JsonNode ids) {
    List<Object> executions = new ArrayList<>();
    ids.forEach(id -> executions.add(statement(id.asText()).execution(id.asText())));
    return Map.of("QueryExecutions", executions);
  }

  private String start(JsonNode body) {
    return tokens.computeIfAbsent(
        body.get("ClientRequestToken").asText(),
        token -> {
          String id = "q" + (statements.size() + 1) + "-" + token;
          Query query =
              Query.sql(withParameters(body))
                  .in(body.at("/QueryExecutionContext/Database").asText("default"));
          Statement statement =
              new Statement(
                  id, query, body.get("WorkGroup").asText(), body.get("QueryString").asText());
          statements.put(id, statement);
          Future<?> unused = threads.submit(() -> statement.run(QueryEngine.of(lake)));
          return id;
        });
  }

  /** The statement with each {@code ?} replaced by its parameter, which is an expression. */
  private static String withParameters(JsonNode body) {
    Iterator<JsonNode> parameters = body.path("ExecutionParameters").elements();
    return QUOTED_OR_PARAMETER
        .matcher(body.get("QueryString").asText())
        .replaceAll(
            part ->
                Matcher.quoteReplacement(
                    part.group().equals("?") ? parameters.next().asText() : part.group()));
  }

  /** A statement and its answer. */
  private static final class Statement {

    private final String id;
    private final Query query;
    private final String group;
    private final String text;
    private final Instant submitted = Instant.now();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Object> rows = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private volatile String state = "RUNNING";
    private volatile String reason = "";
    private volatile @Nullable Instant ended;
    private volatile @Nullable Runnable running;

    Statement(String id, Query query, String group, String text) {
      this.id = id;
      this.group = group;
      this.text = text;
      this.query = query;
    }

    void run(QueryEngine engine) {
      try (Rows result = engine.run(query, this::started)) {
        columns = result.columns();
        rows.add(row(columns.stream().map(ResultColumn::name).toList()));
        Iterator<List<Object>> all = result.asLists().iterator();
        while (all.hasNext()) {
          rows.add(row(all.next()));
          if (rows.size() > MOST_ROWS) {
            stopped.await();
          }
        }
        state = stopped.getCount() == 0 ? "CANCELLED" : "SUCCEEDED";
      } catch (LakeException e) {
        reason = reason(e);
        state = stopped.getCount() == 0 ? "CANCELLED" : "FAILED";
      } catch (InterruptedException e) {
        state = "CANCELLED";
        Thread.currentThread().interrupt();
      }
    }

    private void started(Runnable cancel) {
      running = cancel;
      if (stopped.getCount() == 0) {
        cancel.run();
      }
    }

    /** What Athena would say. */
    private static String reason(LakeException e) {
      String message = String.valueOf(e.getMessage());
      if (e instanceof NotFoundException) {
        return "TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog."
            + e.subject().name()
            + "' does not exist";
      } else if (e instanceof BadDataException) {
        return message.contains("ivision by zero")
            ? "DIVISION_BY_ZERO: Division by zero"
            : "HIVE_BAD_DATA: " + message;
      }
      String text = message.substring(message.indexOf(": ") + 2);
      return "SYNTAX_ERROR: " + (text.startsWith("line ") ? "" : "line 1:1: ") + text;
    }

    void stop() {
      stopped.countDown();
      Runnable current = running;
      if (current != null) {
        current.run();
      }
    }

    Map<String, Object> execution(String id) {
      if (!state.equals("RUNNING") && ended == null) {
        ended = Instant.now();
      }
      Instant last = ended;
      return Map.of(
          "QueryExecutionId",
          id,
          "WorkGroup",
          group,
          "Query",
          text,
          "Status",
          Map.of(
              "State",
              state,
              "StateChangeReason",
              reason,
              "SubmissionDateTime",
              submitted.toEpochMilli() / 1000.0,
              last == null ? "NotCompleted" : "CompletionDateTime",
              last == null ? 0 : last.toEpochMilli() / 1000.0),
          "Statistics",
          Map.of("DataScannedInBytes", 10, "EngineExecutionTimeInMillis", 5));
    }

    Map<String, Object> page(int from, int count) {
      int to = Math.min(rows.size(), from + count);
      Map<String, Object> answer = new HashMap<>();
      answer.put(
          "ResultSet",
          Map.of(
              "Rows",
              rows.subList(from, to),
              "ResultSetMetadata",
              Map.of("ColumnInfo", columns.stream().map(Statement::info).toList())));
      if (to < rows.size()) {
        answer.put("NextToken", Integer.toString(to));
      }
      return answer;
    }

    private static Map<String, Object> info(ResultColumn column) {
      Matcher type = TYPE.matcher(column.type());
      if (!type.matches()) {
        throw new IllegalStateException(column.type());
      }
      boolean zoned = column.type().endsWith("with time zone");
      String name = type.group(1).equals("real") ? "float" : type.group(1);
      return Map.of(
          "Name",
          column.name(),
          "Type",
          zoned ? "timestamp with time zone" : name,
          "Precision",
          type.group(2) == null ? 0 : Integer.parseInt(type.group(2)),
          "Scale",
          type.group(3) == null ? 0 : Integer.parseInt(type.group(3)));
    }

    private static Map<String, Object> row(List<?> values) {
      List<Object> data = new ArrayList<>();
      for (Object value : values) {
        data.add(value == null ? Map.of() : Map.of("VarCharValue", ResultText.of(value)));
      }
      return Map.of("Data", data);
    }
  }
}
