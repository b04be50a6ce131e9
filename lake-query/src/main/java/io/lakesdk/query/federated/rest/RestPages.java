package io.lakesdk.query.federated.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lakesdk.query.federated.SourceException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of a list, one at a time. Addresses are in no message: they may have keys in them. */
final class RestPages {

  private static final Logger LOG = LoggerFactory.getLogger(RestPages.class);
  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>[^,<]*;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RestSource.Service service;
  private final RestTable table;
  private final URI first;
  private final Set<URI> asked = new HashSet<>();
  private Optional<URI> next;
  private @Nullable JsonNode rows;
  private int number;
  private volatile boolean cancelled;
  private volatile @Nullable CompletableFuture<?> waiting;

  /**
   * @param filters values by parameters
   */
  RestPages(RestSource.Service service, RestTable table, Map<String, String> filters) {
    this.service = service;
    this.table = table;
    URI address = resolved(service.address(), table.path());
    for (Map.Entry<String, String> filter : filters.entrySet()) {
      address = asking(address, filter.getKey(), filter.getValue());
    }
    this.first = address;
    this.next =
        Optional.of(
            table.paging() instanceof Paging.PageNumber counted
                ? asking(first, counted.parameter(), Integer.toString(counted.first()))
                : first);
  }

  /** The number of the page, counted from 1. */
  int number() {
    return number;
  }

  /** The rows of the page. */
  Iterator<JsonNode> rows() {
    return rows == null ? List.<JsonNode>of().iterator() : rows.elements();
  }

  /** Goes to the next page, if there is one. */
  boolean next() {
    if (next.isEmpty()) {
      return false;
    }
    if (number == service.mostPages()) {
      throw SourceException.unavailable(
          "it has more than " + number + " pages; raise mostPages, or narrow the list");
    }
    number++;
    URI address = next.get();
    if (!asked.add(address)) {
      throw SourceException.badData("page " + number + " is one that was read before");
    }
    rows = null;
    HttpResponse<byte[]> answer = get(address);
    JsonNode page = parsed(answer.body());
    JsonNode found = page.at(table.rows());
    if (!found.isArray()) {
      throw SourceException.badData("page " + number + " has no array of rows where it should be");
    }
    rows = found;
    next = following(address, answer, page, found);
    return true;
  }

  private Optional<URI> following(
      URI address, HttpResponse<byte[]> answer, JsonNode page, JsonNode found) {
    Paging paging = table.paging();
    if (paging instanceof Paging.NextLink link) {
      return text(page.at(link.address())).map(text -> resolved(address, text));
    } else if (paging instanceof Paging.LinkHeader) {
      return answer.headers().allValues("link").stream()
          .map(NEXT::matcher)
          .filter(Matcher::find)
          .map(link -> resolved(address, link.group(1)))
          .findFirst();
    } else if (paging instanceof Paging.PageNumber counted) {
      long page0 = (long) counted.first() + number;
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(asking(first, counted.parameter(), Long.toString(page0)));
    }
    return paging instanceof Paging.Cursor cursor
        ? text(page.at(cursor.cursor())).map(text -> asking(first, cursor.parameter(), text))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.isBoolean()
        ? Optional.of(node.asText()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** An address of the same service. */
  private URI resolved(URI from, String link) {
    URI address;
    try {
      address = from.resolve(link);
    } catch (IllegalArgumentException e) {
      throw SourceException.badData("page " + number + " has a link that is no address");
    }
    if (!origin(address).equals(origin(service.address()))) {
      throw SourceException.badData(
          "page " + number + " leads to another service, which is not followed");
    }
    return address;
  }

  private static String origin(URI address) {
    int port = address.getPort();
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return scheme
        + "://"
        + String.valueOf(address.getRawUserInfo())
        + "@"
        + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT)
        + ":"
        + (port >= 0 ? port : scheme.equals("http") ? 80 : 443);
  }

  private static URI asking(URI address, String parameter, String value) {
    String query = address.getRawQuery();
    String text = address.toString();
    int fragment = text.indexOf('#');
    return URI.create(
        (fragment < 0 ? text : text.substring(0, fragment))
            + (query == null ? "?" : query.isEmpty() ? "" : "&")
            + encoded(parameter)
            + "="
            + encoded(value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpResponse<byte[]> get(URI address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(service.timeout())
            .header("Accept", "application/json");
    service.headers().forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> answer =
        service.client().sendAsync(request.build(), info -> new BoundedBody(service.mostBytes()));
    waiting = answer;
    if (cancelled) {
      answer.cancel(true);
    }
    HttpResponse<byte[]> received = await(answer);
    int status = received.statusCode();
    if (status >= 300 && status < 400) {
      throw SourceException.unavailable(
          "page " + number + " redirects elsewhere, which is not followed; give that address");
    }
    if (status != 200) {
      throw SourceException.unavailable(
          "page "
              + number
              + " was answered with HTTP status "
              + status
              + (status == 401 || status == 403 ? "; see the source's headers" : "")
              + (status == 429 || status >= 500 ? "; run it again" : ""));
    }
    return received;
  }

  private <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(service.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw slow();
    } catch (CancellationException e) {
      throw SourceException.unavailable("the statement was stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SourceException.unavailable("the thread was interrupted");
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } finally {
      answer.cancel(true);
      waiting = null;
    }
  }

  private SourceException slow() {
    return SourceException.unavailable(
        "page " + number + " took longer than " + service.timeout() + "; raise the timeout");
  }

  private SourceException failed(@Nullable Throwable cause) {
    for (Throwable why = cause; why != null; why = why.getCause()) {
      if (why instanceof BoundedBody.TooLargeException) {
        return SourceException.badData(
            "page "
                + number
                + " has more than "
                + service.mostBytes()
                + " bytes; ask for smaller pages, or raise mostBytes");
      }
      if (why instanceof HttpTimeoutException) {
        return slow();
      }
    }
    LOG.debug("A page was not read", cause);
    return SourceException.unavailable(
        "there is no connection to the service, or it was lost; run it again");
  }

  private JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw SourceException.badData(
          "page "
              + number
              + " is no well-formed JSON, or has a name twice (line "
              + (e.getLocation() == null ? 0 : e.getLocation().getLineNr())
              + ")");
    } catch (IOException e) {
      throw SourceException.badData("page " + number + " is no well-formed JSON");
    }
  }

  /** Has whoever waits for a page wait no longer, and asks for no other. */
  void cancel() {
    cancelled = true;
    CompletableFuture<?> current = waiting;
    if (current != null) {
      current.cancel(true);
    }
  }
}
