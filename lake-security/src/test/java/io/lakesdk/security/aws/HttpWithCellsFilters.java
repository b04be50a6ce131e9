package io.lakesdk.security.aws;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers the requests for data cells filters, which the emulator does not know, with success. */
final class HttpWithCellsFilters implements SdkHttpClient {

  private final SdkHttpClient http;

  HttpWithCellsFilters(SdkHttpClient http) {
    this.http = http;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    if (!request.httpRequest().encodedPath().endsWith("DataCellsFilter")) {
      return http.prepareRequest(request);
    }
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder().statusCode(200).putHeader("Content-Length", "0").build())
            .responseBody(AbortableInputStream.create(InputStream.nullInputStream()))
            .build();
      }

      @Override
      public void abort() {
        // nothing runs that could be stopped
      }
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
