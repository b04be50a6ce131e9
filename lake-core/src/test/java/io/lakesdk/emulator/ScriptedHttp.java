package io.lakesdk.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Stands for AWS in tests of single requests: a script answers each one, and all are kept. Given to
 * a lake by {@code AwsSettings...httpClient(() -> http)}.
 */
public final class ScriptedHttp implements SdkHttpClient {

  private final Function<Request, Answer> script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** {@code script} is asked by many threads at once. */
  public ScriptedHttp(Function<Request, Answer> script) {
    this.script = script;
  }

  /**
   * A request as it left.
   *
   * @param method the HTTP method
   * @param uri host, path and query
   * @param headers by name as the SDK writes them
   * @param body as text
   */
  public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {

    /** The first value of a header, whatever its case; empty if there is none. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .flatMap(header -> header.getValue().stream())
          .findFirst()
          .orElse("");
    }

    /** The operation of a service that speaks JSON, such as {@code GetTable}. */
    public String operation() {
      String target = header("X-Amz-Target");
      return target.substring(target.indexOf('.') + 1);
    }
  }

  /**
   * What comes back.
   *
   * @param status of HTTP; 0 for a connection that ends without an answer
   * @param headers of the answer
   * @param body of the answer
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    /** The connection ends after the request was sent. */
    public static Answer lost() {
      return new Answer(0, Map.of(), "");
    }

    /** An answer without headers of its own. */
    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body);
    }

    /** An error of a service that speaks JSON. */
    public static Answer jsonError(int status, String code, String message) {
      return of(status, "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    /** An error of S3. */
    public static Answer s3Error(int status, String code) {
      return of(status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }
  }

  /** Everything that was sent, in the order of sending. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        Request sent = read(request);
        requests.add(sent);
        Answer answer = script.apply(sent);
        if (answer.status() == 0) {
          throw new SocketException("Connection reset");
        }
        return response(answer);
      }

      @Override
      public void abort() {
        // nothing runs that could be stopped
      }
    };
  }

  private static Request read(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    String body =
        request
            .contentStreamProvider()
            .map(
                provider -> {
                  try (InputStream in = provider.newStream()) {
                    return new String(in.readAllBytes(), UTF_8);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .orElse("");
    return new Request(http.method().name(), http.getUri(), http.headers(), body);
  }

  private static HttpExecuteResponse response(Answer answer) {
    byte[] body = answer.body().getBytes(UTF_8);
    SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(answer.status());
    answer.headers().forEach(http::putHeader);
    http.putHeader("Content-Length", Integer.toString(body.length));
    return HttpExecuteResponse.builder()
        .response(http.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  @Override
  public void close() {
    // holds nothing
  }
}
