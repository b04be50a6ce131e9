package io.lakesdk.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * Lets faults happen to a share of the calls between the SDK and an emulator: refused, failed
 * though done, slow, cut after the request was sent, cut in the middle of the answer. Drawn from a
 * fixed seed. Given to a lake by {@code AwsSettings...httpClient(() -> http)}.
 */
public final class FaultyHttp implements SdkHttpClient {

  private static final long SLOW_MILLIS = 150;

  private final SdkHttpClient http;
  private final double share;
  private final Random random;
  private final Map<Fault, AtomicLong> happened = new EnumMap<>(Fault.class);

  /** What happens to a call. */
  public enum Fault {
    /** 503 before anything was done. */
    REFUSED,
    /** 500 after everything was done. */
    FAILED_THOUGH_DONE,
    SLOW,
    /** No answer though everything was done. */
    CUT_AFTER_REQUEST,
    /** Half of the answer's body though everything was done. */
    CUT_IN_ANSWER
  }

  /**
   * @param http sends what is sent; closed with this
   * @param share of the calls to which a fault happens, from 0 to 1
   */
  public FaultyHttp(SdkHttpClient http, double share, long seed) {
    this.http = http;
    this.share = share;
    this.random = new Random(seed);
    for (Fault fault : Fault.values()) {
      happened.put(fault, new AtomicLong());
    }
  }

  /** How often a fault happened so far. */
  public long happened(Fault fault) {
    return happened.get(fault).get();
  }

  private synchronized Optional<Fault> draw() {
    if (random.nextDouble() >= share) {
      return Optional.empty();
    }
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    happened.get(fault).incrementAndGet();
    return Optional.of(fault);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest sent = http.prepareRequest(request);
    Optional<Fault> fault = draw();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return fault.isPresent() ? faulty(fault.get(), sent) : sent.call();
      }

      @Override
      public void abort() {
        sent.abort();
      }
    };
  }

  private static HttpExecuteResponse faulty(Fault fault, ExecutableHttpRequest sent)
      throws IOException {
    return switch (fault) {
      case REFUSED -> answer(503, "SlowDown");
      case SLOW -> {
        pause();
        yield sent.call();
      }
      case FAILED_THOUGH_DONE -> {
        discard(sent.call());
        yield answer(500, "InternalError");
      }
      case CUT_AFTER_REQUEST -> {
        discard(sent.call());
        throw new SocketException("Connection reset");
      }
      case CUT_IN_ANSWER -> cut(sent.call());
    };
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void discard(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isPresent()) {
      try (InputStream body = response.responseBody().get()) {
        body.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private static HttpExecuteResponse answer(int status, String code) {
    byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder()
                .statusCode(status)
                .putHeader("Content-Length", Integer.toString(body.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  /**
   * The headers as they came, half of the body, and then a reset; an answer without body is lost.
   */
  private static HttpExecuteResponse cut(HttpExecuteResponse response) throws IOException {
    byte[] body;
    try (InputStream in = response.responseBody().orElseThrow(() -> new SocketException("reset"))) {
      body = in.readAllBytes();
    }
    InputStream half = new ByteArrayInputStream(body, 0, body.length / 2);
    return HttpExecuteResponse.builder()
        .response(response.httpResponse())
        .responseBody(AbortableInputStream.create(new SequenceInputStream(half, new Reset(half))))
        .build();
  }

  /** Ends with an error. */
  private static final class Reset extends FilterInputStream {
    Reset(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      throw new SocketException("Connection reset");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      throw new SocketException("Connection reset");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
