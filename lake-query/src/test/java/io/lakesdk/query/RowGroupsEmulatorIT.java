package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.schema.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Which bytes of a Parquet file leave S3 for statements with conditions. */
@ExtendWith(TestAws.Fresh.class)
class RowGroupsEmulatorIT {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final Principal ANALYST = Principal.role("analyst");
  private static final int GROUPS = 20;
  private static final int ROWS = 40_960;

  @TempDir Path folder;
  private final AtomicLong fetched = new AtomicLong();
  private Lake lake = Lake.inMemory();
  private QueryEngine engine = QueryEngine.of(lake);
  private long size;

  private final Dataset events =
      Dataset.named("app.events")
          .in(Zone.CURATED)
          .column("id", DataType.BIGINT)
          .column("word", DataType.STRING)
          .column("more", DataType.STRING)
          .column("even", DataType.INT)
          .build();

  @BeforeEach
  void open() throws Exception {
    AwsSettings settings =
        TestAws.settings()
            .cache(folder.resolve("cache"), 1L << 30)
            .httpClient(this::counting)
            .build();
    TestAws.createBuckets(settings);
    lake = Lake.onAws(settings);
    Content.land(lake, events, "events.parquet", file());
    engine = QueryEngine.of(lake);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private byte[] file() throws Exception {
    Path file = folder.resolve("events.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          ("COPY (SELECT i AS ID, hash(i)::VARCHAR AS word, hash(i + 1)::VARCHAR AS more,"
                  + " CASE WHEN i < %d THEN NULL ELSE i %% 2 END::INTEGER AS even"
                  + " FROM range(%d) t(i))"
                  + " TO '%s' (FORMAT parquet, ROW_GROUP_SIZE %d)")
              .formatted(ROWS, GROUPS * ROWS, file, ROWS));
    }
    size = Files.size(file);
    return Files.readAllBytes(file);
  }

  private SdkHttpClient counting() {
    SdkHttpClient http = ApacheHttpClient.create();
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.httpRequest().encodedPath().endsWith(".parquet")
            && request.httpRequest().method().name().equals("GET")) {
          String range = request.httpRequest().firstMatchingHeader("Range").orElse("");
          Matcher matcher = RANGE.matcher(range);
          fetched.addAndGet(
              matcher.matches()
                  ? Long.parseLong(matcher.group(2)) - Long.parseLong(matcher.group(1)) + 1
                  : range.isEmpty() ? size : Long.parseLong(range.replace("bytes=-", "")));
          assertThat(request.httpRequest().rawQueryParameters()).containsKey("versionId");
        }
        return http.prepareRequest(request);
      }

      @Override
      public void close() {
        http.close();
      }
    };
  }

  private List<List<Object>> answer(Query query) {
    try (Rows rows = engine.run(query)) {
      List<List<Object>> all = rows.asLists().toList();
      assertThat(rows.stats().filesScanned()).hasValue(1);
      assertThat(rows.stats().bytesScanned()).isEqualTo(size);
      return all;
    }
  }

  private long fetchedFor(String sql, Object... answer) {
    return fetchedFor(Query.sql(sql), answer);
  }

  private long fetchedFor(Query query, Object... answer) {
    long before = fetched.get();
    assertThat(answer(query)).containsExactly(List.of(answer));
    return fetched.get() - before;
  }

  @Test
  void onlyRowGroupsThatCanMatchAreFetched() {
    long one =
        fetchedFor(
            "SELECT count(*), count(DISTINCT word) FROM app.events WHERE id = 77777", 1L, 1L);
    assertThat(one).isLessThan(size / 5);
    assertThat(fetchedFor("SELECT count(*) FROM app.events WHERE id = 77777 AND word <> ''", 1L))
        .as("what was fetched before")
        .isZero();
    assertThat(
            fetchedFor("SELECT count(word) FROM app.events WHERE id BETWEEN 77776 AND 77777", 2L))
        .isZero();
    long other = fetchedFor("SELECT count(word) FROM app.events WHERE id IN (700000, 77777)", 2L);
    assertThat(other).as("one more row group").isPositive().isLessThan(one);
    assertThat(fetchedFor("SELECT count(word) FROM app.events WHERE id = 700000", 1L)).isZero();
    assertThat(fetchedFor("SELECT count(word) FROM app.events", (long) GROUPS * ROWS))
        .as("the other row groups of one column")
        .isPositive()
        .isLessThan(size * 3 / 4);
    assertThat(
            fetchedFor(
                "SELECT count(word), sum(id) FROM app.events WHERE id < 0 OR id = 5", 1L, 5L))
        .as("one row group of the other column")
        .isPositive()
        .isLessThan(size / GROUPS);
    assertThat(fetchedFor("SELECT sum(id) FROM app.events WHERE id = 6 AND word <> ''", 6L))
        .isZero();
    assertThat(fetchedFor("SELECT count(more) FROM app.events WHERE id = 5", 1L)).isPositive();
    assertThat(fetchedFor("SELECT count(more) FROM app.events WHERE id = -5", 0L)).isZero();
  }

  @Test
  void parametersNullsAndEveryAnswerCount() {
    Query query =
        Query.sql("SELECT count(word) FROM app.events WHERE id >= :from AND id < :until")
            .bind("from", 100_000)
            .bind("until", 100_010L);
    assertThat(fetchedFor(query, 10L)).isLessThan(size / 5);
    assertThat(fetchedFor("SELECT count(*) FROM app.events WHERE even IS NULL", (long) ROWS))
        .isLessThan(size / 5);
    assertThat(
            fetchedFor(
                "SELECT count(b.word), count(*) FROM app.events a LEFT JOIN app.events b"
                    + " ON a.id = b.id + 300000 AND b.id < 10 WHERE a.id BETWEEN 300005 AND 300014",
                5L,
                10L))
        .isLessThan(size / 3);
    assertThat(
            fetchedFor("SELECT count(*) FROM app.events WHERE upper(word) = 'NONE' OR id = 1", 1L))
        .as("a condition that statistics do not know")
        .isGreaterThan(size / 4);
  }

  @Test
  void rowFiltersOfGrantsChooseToo() {
    grant("id < 1000", "even IS NULL AND id >= 500");
    assertThat(fetchedFor("SELECT count(word), max(id) FROM app.events", (long) ROWS, ROWS - 1L))
        .isLessThan(size / 5);
    grant("id = 77777");
    assertThat(fetchedFor("SELECT count(word) FROM app.events WHERE id <> 5", 1L))
        .isPositive()
        .isLessThan(size / 5);
    assertThat(fetchedFor("SELECT count(word) FROM app.events WHERE id = 700000", 0L)).isZero();
  }

  private void grant(String... rows) {
    DatasetView view =
        new DatasetView(
            Stream.of(rows)
                .map(each -> new DatasetView.Slice(Optional.empty(), Optional.of(each)))
                .toList());
    lake.enforce(
        new AccessPolicy() {
          @Override
          public Decision decide(AccessRequest request) {
            return new Decision.Allowed("a grant of the test");
          }

          @Override
          public DatasetView view(Principal principal, Resource.OfDataset dataset) {
            return view;
          }
        });
    engine = QueryEngine.of(lake.as(ANALYST));
  }
}
