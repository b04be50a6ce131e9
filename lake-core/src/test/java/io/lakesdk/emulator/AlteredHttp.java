package io.lakesdk.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * Notes which operations of services with a JSON protocol are called, and answers some of them in
 * place of the emulator, for answers that it never gives.
 */
public final class AlteredHttp implements SdkHttpClient {

  private final SdkHttpClient http;
  private final Function<String, Optional<String>> answers;
  private final List<String> operations = new CopyOnWriteArrayList<>();

  /**
   * @param http sends what is not answered; closed with this
   * @param answers the JSON of an answer to an operation, as {@code AWSGlue.GetTable}; empty to
   *     send it
   */
  public AlteredHttp(SdkHttpClient http, Function<String, Optional<String>> answers) {
    this.http = http;
    this.answers = answers;
  }

  /** The operations that were called, in their order, as {@code AWSGlue.GetTable}. */
  public List<String> operations() {
    return List.copyOf(operations);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Optional<String> operation = request.httpRequest().firstMatchingHeader("X-Amz-Target");
    operation.ifPresent(operations::add);
    Optional<String> answer = operation.flatMap(answers);
    return answer.isPresent() ? answered(answer.get()) : http.prepareRequest(request);
  }

  private static ExecutableHttpRequest answered(String json) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpFullResponse.builder()
                    .statusCode(200)
                    .putHeader("Content-Type", "application/x-amz-json-1.1")
                    .build())
            .responseBody(
                AbortableInputStream.create(new ByteArrayInputStream(json.getBytes(UTF_8))))
            .build();
      }

      @Override
      public void abort() {
        // there is nothing on its way
      }
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
