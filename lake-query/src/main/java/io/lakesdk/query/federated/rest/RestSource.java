package io.lakesdk.query.federated.rest;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.federated.FederatedSource;
import io.lakesdk.query.federated.FederatedTable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A web service that gives rows as pages of JSON. Pages are asked for one after another, while a
 * statement wants rows. Nothing but the service's own address is ever called: it is not followed
 * elsewhere by redirects or links. A value; each method gives another.
 */
public final class RestSource implements FederatedSource {

  private final Service service;
  private final Map<TableName, RestTable> tables;

  /**
   * How the service is called.
   *
   * @param address of which paths are relative
   * @param headers of each request
   * @param timeout of each page, from the request to its last byte
   * @param mostBytes of a page
   * @param mostPages of a list
   */
  record Service(
      HttpClient client,
      URI address,
      Map<String, String> headers,
      Duration timeout,
      int mostBytes,
      int mostPages) {}

  private RestSource(Service service, Map<TableName, RestTable> tables) {
    this.service = service;
    this.tables = tables;
  }

  /**
   * A service without tables.
   *
   * @throws InvalidDefinitionException if the address is not one of http or https
   */
  public static RestSource at(URI address) {
    String scheme = String.valueOf(address.getScheme());
    boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    boolean plain = address.getUserInfo() == null && address.getRawQuery() == null;
    if (!web || address.getHost() == null || !plain) {
      throw new InvalidDefinitionException(
          "call",
          Subject.option("address"),
          "it is one of http or https, with a host and without a user or a query; give credentials"
              + " as a header");
    }
    String path = address.getRawPath();
    URI folder = path.endsWith("/") ? address : address.resolve(path + "/");
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    return new RestSource(
        new Service(client, folder, Map.of(), Duration.ofSeconds(30), 8 << 20, 10_000), Map.of());
  }

  /**
   * Adds a table.
   *
   * @throws InvalidDefinitionException if there is one of that name, or its path leads elsewhere
   */
  public RestSource with(RestTable table) {
    if (!isRelative(table.path())) {
      throw new InvalidDefinitionException(
          "call",
          Subject.dataset(table.name().schema() + "." + table.name().table()),
          "its path is relative to the service's address, as in customers?active=true");
    }
    Map<TableName, RestTable> more = new LinkedHashMap<>(tables);
    if (more.put(table.name(), table) != null) {
      throw new InvalidDefinitionException(
          "add",
          Subject.dataset(table.name().schema() + "." + table.name().table()),
          "there is a table of that name");
    }
    return new RestSource(service, more);
  }

  private static boolean isRelative(String path) {
    try {
      URI parsed = new URI(path);
      return !parsed.isAbsolute() && parsed.getRawAuthority() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Sends a header with each request, such as Authorization. It is told to nobody else. */
  public RestSource header(String name, String value) {
    try {
      HttpRequest.Builder unused = HttpRequest.newBuilder().setHeader(name, value);
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(
          "send", Subject.option("header"), "its name or its value can be none of HTTP");
    }
    Map<String, String> more = new LinkedHashMap<>(service.headers);
    more.put(name, value);
    return with(more, service.timeout, service.mostBytes, service.mostPages);
  }

  /** How long a page may take; 30 seconds unless told otherwise. */
  public RestSource timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new InvalidDefinitionException(
          "limit", Subject.option("timeout"), "it is longer than zero");
    }
    return with(service.headers, limit, service.mostBytes, service.mostPages);
  }

  /** How many bytes a page may have; 8 MiB unless told otherwise. */
  public RestSource mostBytes(int bytes) {
    return with(
        service.headers, service.timeout, atLeastOne("mostBytes", bytes), service.mostPages);
  }

  /** How many pages a list may have; 10,000 unless told otherwise. */
  public RestSource mostPages(int pages) {
    return with(
        service.headers, service.timeout, service.mostBytes, atLeastOne("mostPages", pages));
  }

  private static int atLeastOne(String option, int number) {
    if (number < 1) {
      throw new InvalidDefinitionException("limit", Subject.option(option), "it is 1 or more");
    }
    return number;
  }

  private RestSource with(
      Map<String, String> headers, Duration timeout, int mostBytes, int mostPages) {
    return new RestSource(
        new Service(service.client, service.address, headers, timeout, mostBytes, mostPages),
        tables);
  }

  @Override
  public List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public Optional<FederatedTable> find(TableName name) {
    return Optional.ofNullable(tables.get(name)).map(table -> new RestScans(service, table));
  }

  /** Names the host, and nothing that may be a secret. */
  @Override
  public String toString() {
    return "web service at " + service.address.getHost();
  }
}
