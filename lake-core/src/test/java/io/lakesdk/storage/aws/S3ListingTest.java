package io.lakesdk.storage.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.storage.ListedObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The pages of a long listing, of a server that gives each as a test wants it. */
@Timeout(60)
class S3ListingTest {

  private static final int SECONDS = 30;

  /** What comes before and after the objects of a page. */
  private record Page(String head, List<String> keys, String tail) {

    static Page of(String... keys) {
      return new Page("", List.of(keys), "");
    }

    /** The end of the page is told before its objects, as S3 does. */
    Page then(String token) {
      return new Page(continued(token), keys, "");
    }

    /** The end of the page is told after its objects. */
    Page thenAtEnd(String token) {
      return new Page("", keys, continued(token));
    }

    private static String continued(String token) {
      return "<NextContinuationToken>"
          + token
          + "</NextContinuationToken><IsTruncated>true</IsTruncated>";
    }

    String start() {
      return "<ListBucketResult><Name>raw</Name>" + head;
    }

    String rest() {
      StringBuilder xml = new StringBuilder();
      for (String key : keys) {
        xml.append("<Contents><Key>").append(key).append("</Key><ETag>\"e\"</ETag><Size>1</Size>");
        xml.append("<LastModified>2026-11-24T07:00:00.000Z</LastModified></Contents>");
      }
      return xml + tail + "</ListBucketResult>";
    }
  }

  private interface Script {
    void answer(String token, HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** How often the page after this token was asked for; the first has an empty one. */
  private AtomicInteger asked(String token) {
    return asked.computeIfAbsent(token, unknown -> new AtomicInteger());
  }

  private Lake lake(Script script) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String token = "";
            for (String part : exchange.getRequestURI().getQuery().split("&", -1)) {
              token = part.startsWith("continuation-token=") ? part.split("=", 2)[1] : token;
            }
            asked(token).incrementAndGet();
            script.answer(token, exchange);
          }
        });
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    AwsSettings settings =
        AwsSettings.region("eu-west-1")
            .account("acme-lake")
            .endpoint(endpoint)
            .pathStyle()
            .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build();
    return Lake.onAws(settings);
  }

  private static void send(HttpExchange exchange, Page page) throws IOException {
    byte[] body = (page.start() + page.rest()).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static List<String> keys(Lake lake) {
    try (Stream<ListedObject> all = lake.store(Zone.RAW).all("")) {
      return all.map(ListedObject::key).toList();
    }
  }

  @Test
  void everyPageIsAskedForOnceWhereverItTellsItsEnd() {
    Map<String, Page> pages =
        Map.of(
            "", Page.of("a", "b").thenAtEnd("t1"),
            "t1", Page.of("c").then("t2"),
            "t2", Page.of().then("t3"),
            "t3", Page.of("d").thenAtEnd("t4"),
            "t4", Page.of().thenAtEnd("t5"),
            "t5", Page.of("e"));
    try (Lake lake = lake((token, exchange) -> send(exchange, pages.get(token)))) {
      assertThat(keys(lake)).containsExactly("a", "b", "c", "d", "e");
    }
    assertThat(asked.keySet()).isEqualTo(pages.keySet());
    assertThat(asked.values()).allMatch(times -> times.get() == 1);
  }

  /** The objects of a page are held back until the page after it was asked for. */
  @Test
  void aPageIsAskedForWhileTheObjectsOfTheOneBeforeAreOnTheirWay() {
    CountDownLatch third = new CountDownLatch(1);
    List<Boolean> early = new ArrayList<>();
    Script script =
        (token, exchange) -> {
          switch (token) {
            case "" -> send(exchange, Page.of("a").then("t1"));
            case "t1" -> {
              Page page = Page.of("b").then("t2");
              exchange.sendResponseHeaders(200, 0);
              OutputStream body = exchange.getResponseBody();
              body.write(page.start().getBytes(UTF_8));
              body.flush();
              early.add(wait(third));
              body.write(page.rest().getBytes(UTF_8));
              body.close();
            }
            default -> {
              third.countDown();
              send(exchange, Page.of("c"));
            }
          }
        };
    try (Lake lake = lake(script)) {
      assertThat(keys(lake)).containsExactly("a", "b", "c");
    }
    assertThat(early).containsExactly(true);
  }

  private static boolean wait(CountDownLatch latch) {
    try {
      return latch.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The first answer breaks off after its head; what is listed is what the second one says. */
  @Test
  void aRepeatedCallThatEndsElsewhereIsContinuedFromThere() {
    CountDownLatch begunEarly = new CountDownLatch(1);
    Script script =
        (token, exchange) -> {
          switch (token) {
            case "" -> send(exchange, Page.of("a").then("t1"));
            case "t1" -> {
              if (asked(token).get() == 1) {
                exchange.sendResponseHeaders(200, 10_000);
                exchange.getResponseBody().write(Page.of().then("cut").start().getBytes(UTF_8));
                exchange.getResponseBody().flush();
                wait(begunEarly);
              } else {
                send(exchange, Page.of("b", "c").then("t2"));
              }
            }
            case "cut" -> {
              begunEarly.countDown();
              send(exchange, Page.of("b", "never"));
            }
            default -> send(exchange, Page.of("d"));
          }
        };
    try (Lake lake = lake(script)) {
      assertThat(keys(lake)).containsExactly("a", "b", "c", "d");
    }
    assertThat(asked("t1")).hasValue(2);
    assertThat(asked("cut")).hasValue(1);
  }

  @Test
  void anAnswerThatBreaksOffBeforeItsFirstByteIsAskedForAgain() {
    Script script =
        (token, exchange) -> {
          if (asked(token).get() % 2 == 1) {
            exchange.sendResponseHeaders(200, 10_000);
          } else {
            send(exchange, Page.of("a"));
          }
        };
    try (Lake lake = lake(script)) {
      assertThat(keys(lake)).containsExactly("a");
      assertThat(lake.store(Zone.RAW).versions("")).isEmpty();
    }
    assertThat(asked("")).hasValue(4);
  }

  @Test
  void whoeverReadsOnePageAsksForNoOther() {
    try (Lake lake = lake(S3ListingTest::endless);
        Stream<ListedObject> all = lake.store(Zone.RAW).all("")) {
      assertThat(all.limit(1).map(ListedObject::key)).containsExactly("a");
    }
    assertThat(asked.keySet()).containsExactly("");
  }

  @Test
  void whoeverStopsReadingIsTwoPagesAheadAtMost() {
    try (Lake lake = lake(S3ListingTest::endless);
        Stream<ListedObject> all = lake.store(Zone.RAW).all("")) {
      Iterator<ListedObject> objects = all.iterator();
      assertThat(Stream.generate(objects::next).limit(4).map(ListedObject::key))
          .containsExactly("a", "aa", "aaa", "aaaa");
    }
    assertThat(asked).doesNotContainKey("nnnnnn");
  }

  private static void endless(String token, HttpExchange exchange) throws IOException {
    send(exchange, Page.of("a" + token.replace('n', 'a')).then(token + "n"));
  }

  @Test
  void whatWasListedBeforeAnErrorIsThere() {
    Script script =
        (token, exchange) -> {
          if (token.equals("nn")) {
            byte[] error = "<Error><Code>AccessDenied</Code></Error>".getBytes(UTF_8);
            exchange.sendResponseHeaders(403, error.length);
            exchange.getResponseBody().write(error);
          } else {
            endless(token, exchange);
          }
        };
    try (Lake lake = lake(script);
        Stream<ListedObject> all = lake.store(Zone.RAW).all("")) {
      List<String> seen = new ArrayList<>();
      assertThatThrownBy(() -> all.forEach(object -> seen.add(object.key())))
          .isInstanceOf(AccessDeniedException.class);
      assertThat(seen).containsExactly("a", "aa");
    }
  }
}
