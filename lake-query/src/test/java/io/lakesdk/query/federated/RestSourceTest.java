package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.federated.rest.Paging;
import io.lakesdk.query.federated.rest.RestSource;
import io.lakesdk.query.federated.rest.RestTable;
import io.lakesdk.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestSourceTest extends FederatedSourceContract {

  record Item(long id) {}

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  RestSourceTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.start();
    serve(
        "/customers",
        query ->
            query.contains("after=2")
                ? page("[" + customer(2) + "," + customer(3) + "," + customer(4) + "]", "null")
                : page("[" + customer(0) + "," + customer(1) + "]", "\"/customers?after=2\""));
  }

  private static String page(String rows, String next) {
    return "{\"data\": " + rows + ", \"links\": {\"next\": " + next + "}}";
  }

  private static String customer(int number) {
    Customer c = CUSTOMERS.get(number);
    return "{\"id\": "
        + c.id()
        + ", \"Name\": "
        + (c.name() == null ? "null" : '"' + c.name().replace("\"", "\\\"") + '"')
        + ", \"country\": \""
        + c.country()
        + "\", \"other\": [1, {}]"
        + (c.credit() == null ? "" : ", \"credit\": " + c.credit().toPlainString())
        + ", \"since\": "
        + (c.since() == null ? "null" : "\"" + c.since() + "\"")
        + "}";
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void handle(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          answer.to(exchange);
          exchange.close();
        });
  }

  private void serve(String path, Function<String, String> body) {
    handle(path, exchange -> send(exchange, 200, body.apply(exchange.getRequestURI().toString())));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private RestSource service() {
    return FederatedSource.rest(
        URI.create("http://localhost:" + server.getAddress().getPort() + "/"));
  }

  @Override
  FederatedSource source() {
    return service()
        .with(
            RestTable.of("shop.customers", "customers", Customer.class)
                .rowsAt("/data")
                .pages(Paging.nextLink("/links/next")));
  }

  private RestTable items() {
    return RestTable.of("a.items", "items", Item.class);
  }

  private List<List<Object>> read(RestSource source, RestTable table) {
    if (!Federation.of(lake).catalogs().contains("web")) {
      Federation.of(lake).register("web", source.with(table));
    }
    return answer("SELECT * FROM web.a.items");
  }

  private void fails(
      RestSource source, RestTable table, Class<? extends LakeException> kind, String message) {
    assertThatThrownBy(() -> read(source, table))
        .isInstanceOf(kind)
        .hasMessageContaining("Cannot read dataset web.a.items: ")
        .hasMessageContaining(message);
  }

  @Test
  void pagesAreCounted() {
    serve(
        "/items",
        uri ->
            uri.endsWith("page=3") ? "[]" : "[{\"id\": " + uri.substring(uri.length() - 1) + "}]");
    assertThat(read(service(), items().pages(Paging.pageNumber("page", 1))))
        .containsExactly(List.of(1L), List.of(2L));
    assertThat(asked).containsExactly("/items?page=1", "/items?page=2", "/items?page=3");
  }

  @Test
  void cursorsAreGivenBack() {
    serve(
        "/items",
        uri ->
            "{\"rows\": [{\"id\": 1}], \"next\": "
                + (uri.contains("%26") ? "\"\"" : "\"a&b\"")
                + "}");
    assertThat(read(service(), items().rowsAt("/rows").pages(Paging.cursor("from", "/next"))))
        .hasSize(2);
    assertThat(asked).containsExactly("/items", "/items?from=a%26b");
  }

  @Test
  void linkHeadersAreFollowed() {
    handle(
        "/items",
        exchange -> {
          if (exchange.getRequestURI().getQuery() == null) {
            exchange
                .getResponseHeaders()
                .add("Link", "</items?p=0>; rel=\"prev\", </items?p=2>; rel=\"next\"");
          }
          send(exchange, 200, "[{\"id\": 1}]");
        });
    assertThat(read(service(), items().pages(Paging.linkHeader()))).hasSize(2);
    assertThat(asked).containsExactly("/items", "/items?p=2");
  }

  @Test
  void aLimitStopsAsking() {
    serve("/items", uri -> "[{\"id\": 1}]");
    Federation.of(lake)
        .register("web", service().with(items().pages(Paging.pageNumber("page", 1))));
    assertThat(answer("SELECT id FROM web.a.items LIMIT 3")).hasSize(3);
    assertThat(asked).hasSize(3);
  }

  @Test
  void filtersAreAskedForAndCheckedAgain() {
    serve("/items", uri -> "[{\"id\": 1}, {\"id\": 2}]");
    Federation.of(lake).register("web", service().with(items().filter("id", "the id")));
    assertThat(answer("SELECT id FROM web.a.items WHERE id = 2")).containsExactly(List.of(2L));
    assertThat(answer("SELECT id FROM web.a.items WHERE id > 1")).containsExactly(List.of(2L));
    assertThat(asked).containsExactly("/items?the%20id=2", "/items");
    assertThat(answer("EXPLAIN SELECT id FROM web.a.items WHERE id = 2").toString())
        .contains("pushed down: GET pages, the id = ?");
  }

  @Test
  void everyTypeIsRead() {
    serve(
        "/items",
        uri ->
            "[{\"b\": true, \"i\": 3.0, \"f\": 0.5, \"d\": \"10.50\", \"s\": {\"x\":1}, \"v\": \"ab\","
                + " \"x\": \"AP8=\", \"day\": \"2024-02-29\", \"at\":"
                + " \"2024-01-01T01:00:00.123456+01:00\", \"list\": [1, null], \"more\": {\"A\": 1}}]");
    List<Object> row =
        read(
                service(),
                RestTable.of(
                    "a.items",
                    "items",
                    Schema.of(
                        List.of(
                            column("b", "boolean"),
                            column("i", "int"),
                            column("f", "double"),
                            column("d", "decimal(5,2)"),
                            column("s", "string"),
                            column("v", "varchar(2)"),
                            column("day", "date"),
                            column("at", "timestamp"),
                            column("list", "array<bigint>"),
                            column("more", "struct<a:int>")))))
            .get(0);
    assertThat(row)
        .containsExactly(
            true,
            3,
            0.5,
            new BigDecimal("10.50"),
            "{\"x\":1}",
            "ab",
            LocalDate.of(2024, 2, 29),
            LocalDateTime.parse("2024-01-01T00:00:00.123"),
            Arrays.asList(1L, null),
            Map.of("a", 1));
  }

  private static io.lakesdk.schema.Column column(String name, String type) {
    return io.lakesdk.schema.Column.of(name, io.lakesdk.schema.DataType.parse(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{\"id\": 1}, {\"id\": \"x\"}] | row 2 of page 1 has a value of column id that is no bigint",
        "[{\"id\": 1.5}] | row 1 of page 1 has a value of column id",
        "[{\"id\": 1e1000000000}] | row 1 of page 1 has a value of column id",
        "[{\"id\": 9223372036854775808}] | row 1 of page 1 has a value of column id",
        "[7] | row 1 of page 1 is no object",
        "[{\"id\": 1, \"id\": 2}] | page 1 is no well-formed JSON, or has a name twice",
        "[{\"id\": 1} | page 1 is no well-formed JSON",
        "{\"id\": 1} | page 1 has no array of rows",
        "null | page 1 has no array of rows",
        "<html> | page 1 is no well-formed JSON",
      })
  void pagesThatAreNoRowsAreNamedByTheirNumber(String body, String message) {
    serve("/items", uri -> body);
    fails(service(), items(), BadDataException.class, message);
  }

  @Test
  void answersThatAreNoPagesAreUnavailable() {
    handle("/items", exchange -> send(exchange, 500, "secret"));
    fails(
        service(), items(), UnavailableException.class, "page 1 was answered with HTTP status 500");
    assertThatThrownBy(() -> read(service(), items())).hasMessageNotContaining("secret");
  }

  @Test
  void redirectsAndLinksElsewhereAreNotFollowed() {
    handle(
        "/items",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.2/");
          send(exchange, 302, "");
        });
    fails(service(), items(), UnavailableException.class, "page 1 redirects elsewhere");
    Federation.of(lake).remove("web");
    serve("/linked", uri -> page("[]", "\"http://127.0.0.2/items\""));
    fails(
        service(),
        RestTable.of("a.items", "linked", Item.class)
            .rowsAt("/data")
            .pages(Paging.nextLink("/links/next")),
        BadDataException.class,
        "page 1 leads to another service");
  }

  @Test
  void endlessPagesEnd() {
    serve("/items", uri -> page("[{\"id\": 1}]", "\"/items\""));
    RestTable linked = items().rowsAt("/data").pages(Paging.nextLink("/links/next"));
    fails(service(), linked, BadDataException.class, "page 2 is one that was read before");
    Federation.of(lake).remove("web");
    serve("/more", uri -> "[{\"id\": 1}]");
    fails(
        service().mostPages(5),
        RestTable.of("a.items", "more", Item.class).pages(Paging.pageNumber("p", 0)),
        UnavailableException.class,
        "it has more than 5 pages");
  }

  @Test
  void pagesThatAreTooLargeOrTooSlowEnd() {
    serve("/items", uri -> "[" + " ".repeat(2000) + "]");
    fails(
        service().mostBytes(1000),
        items(),
        BadDataException.class,
        "page 1 has more than 1000 bytes");
    Federation.of(lake).remove("web");
    handle("/hanging", this::hang);
    fails(
        service().timeout(Duration.ofMillis(200)),
        RestTable.of("a.items", "hanging", Item.class),
        UnavailableException.class,
        "page 1 took longer than PT0.2S");
  }

  /** Begins an answer that does not end. */
  private void hang(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('[');
    exchange.getResponseBody().flush();
    try {
      ended.await();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Test
  void aStatementThatWaitsForAPageTimesOut() {
    handle("/items", this::hang);
    Federation.of(lake).register("web", service().with(items()));
    Query query = Query.sql("SELECT id FROM web.a.items").timeout(Duration.ofMillis(300));
    assertThatThrownBy(
            () -> {
              try (Rows rows = QueryEngine.of(lake).run(query)) {
                assertThat(rows.asLists()).isEmpty();
              }
            })
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("took longer than");
  }

  @Test
  void headersAreSentAndToldToNobody() {
    handle(
        "/items",
        exchange ->
            send(
                exchange,
                "Bearer sesame".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? 200
                    : 401,
                "[{\"id\": 1}]"));
    RestSource known = service().header("Authorization", "Bearer sesame");
    assertThat(known.toString()).doesNotContain("sesame");
    assertThat(read(known, items())).hasSize(1);
    Federation.of(lake).remove("web");
    fails(
        service(),
        items(),
        UnavailableException.class,
        "HTTP status 401; see the source's headers");
  }

  @Test
  void pathsAreRelativeAndHeadersAreOfHttp() {
    for (String path : List.of("http://127.0.0.2/items", "//127.0.0.2/items", "a b")) {
      assertThatThrownBy(() -> service().with(RestTable.of("a.items", path, Item.class)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("its path is relative to the service's address");
    }
    assertThatThrownBy(() -> service().header("A B", "sesame"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageNotContaining("sesame");
  }

  @Test
  void pathsAreBelowTheAddress() {
    serve("/v1/items", uri -> "[{\"id\": 1}]");
    String root = "http://localhost:" + server.getAddress().getPort();
    assertThat(read(FederatedSource.rest(URI.create(root + "/v1")), items())).hasSize(1);
    serve("/items", uri -> "[]");
    Federation.of(lake).remove("web");
    assertThat(read(FederatedSource.rest(URI.create(root)), items())).isEmpty();
  }

  @Test
  void aServiceThatIsNotThereIsUnavailable() {
    server.stop(0);
    fails(service(), items(), UnavailableException.class, "there is no connection to the service");
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd",
    "ftp://host/",
    "http://user:sesame@host/",
    "http://host/?key=sesame",
    "/relative"
  })
  void addressesAreOfTheWeb(String address) {
    assertThatThrownBy(() -> FederatedSource.rest(URI.create(address)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("it is one of http or https")
        .hasMessageNotContaining("sesame");
  }
}
