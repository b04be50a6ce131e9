package io.lakesdk.benchmarks.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * Answers like S3 and keeps nothing: what is uploaded is swallowed, and every object has 1 GiB of
 * the same bytes. Connections move as many bytes a second as told.
 */
public final class S3Stand implements AutoCloseable {

  static final long SIZE = 1L << 30;
  static final int KEYS = 100_000;

  private static final int PAGE = 1000;
  private static final int BUFFER = 1 << 20;
  private static final double NANOS = 1e9;
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final double rate;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] bytes = content();
  private final String crc32c;

  /**
   * Starts it.
   *
   * @param rate how many bytes a second one connection moves at most
   */
  public S3Stand(double rate) throws IOException {
    this.rate = rate;
    CRC32C crc = new CRC32C();
    for (long at = 0; at < SIZE; at += BUFFER) {
      crc.update(bytes);
    }
    this.crc32c =
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static byte[] content() {
    byte[] bytes = new byte[BUFFER];
    for (int i = 0; i < BUFFER; i++) {
      bytes[i] = (byte) (31 * i + i / 256);
    }
    return bytes;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try (InputStream body = exchange.getRequestBody()) {
        byte[] buffer = new byte[BUFFER];
        long start = System.nanoTime();
        long swallowed = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
          swallowed += read;
          pace(swallowed, start);
        }
      }
      exchange.getResponseHeaders().set("ETag", "\"e-1\"");
      exchange.getResponseHeaders().set("x-amz-version-id", "v1");
      exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 07:00:00 GMT");
      switch (exchange.getRequestMethod()) {
        case "PUT", "DELETE" -> exchange.sendResponseHeaders(OK, -1);
        case "POST" -> post(exchange);
        default -> get(exchange);
      }
    }
  }

  private static void post(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    answer(
        exchange,
        query.contains("uploads")
            ? "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                + "</InitiateMultipartUploadResult>"
            : "<CompleteMultipartUploadResult><ETag>\"e-1\"</ETag>"
                + "</CompleteMultipartUploadResult>");
  }

  private static void answer(HttpExchange exchange, String xml) throws IOException {
    byte[] body = xml.getBytes(UTF_8);
    exchange.sendResponseHeaders(OK, body.length);
    exchange.getResponseBody().write(body);
  }

  private void get(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI());
    if (query.containsKey("list-type")) {
      answer(exchange, page(query));
      return;
    }
    long from = 0;
    long end = SIZE;
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range != null) {
      String[] ends = range.substring("bytes=".length()).split("-", 2);
      from = Long.parseLong(ends[0]);
      end = Math.min(SIZE, Long.parseLong(ends[1]) + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + SIZE);
    } else {
      exchange.getResponseHeaders().set("x-amz-checksum-crc32c", crc32c);
      exchange.getResponseHeaders().set("x-amz-checksum-type", "FULL_OBJECT");
    }
    exchange.sendResponseHeaders(range == null ? OK : PARTIAL, end - from);
    OutputStream out = exchange.getResponseBody();
    long start = System.nanoTime();
    long first = from;
    while (from < end) {
      int at = (int) (from % BUFFER);
      int now = (int) Math.min(BUFFER - at, end - from);
      out.write(bytes, at, now);
      from += now;
      pace(from - first, start);
    }
  }

  /** Waits until so many bytes may have moved since the start. */
  private void pace(long moved, long start) {
    long due = start + (long) (moved / rate * NANOS);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], UTF_8) : "");
      }
    }
    return query;
  }

  private static String key(int number) {
    return "data/part-%06d.parquet".formatted(number);
  }

  private static String page(Map<String, String> query) {
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    int from = after.isEmpty() ? 0 : Integer.parseInt(after.replaceAll("\\D", "")) + 1;
    int end = Math.min(KEYS, from + PAGE);
    boolean more = end < KEYS;
    StringBuilder xml = new StringBuilder("<ListBucketResult><Name>benchmark-raw</Name><Prefix/>");
    if (more) {
      xml.append("<NextContinuationToken>").append(key(end - 1)).append("</NextContinuationToken>");
    }
    xml.append("<KeyCount>").append(end - from).append("</KeyCount><MaxKeys>1000</MaxKeys>");
    xml.append("<EncodingType>url</EncodingType><IsTruncated>")
        .append(more)
        .append("</IsTruncated>");
    for (int i = from; i < end; i++) {
      xml.append("<Contents><Key>")
          .append(key(i))
          .append("</Key><LastModified>2026-11-24T07:00:00.000Z</LastModified>")
          .append("<ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag>")
          .append("<Size>12345</Size><StorageClass>STANDARD</StorageClass></Contents>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
