package io.lakesdk.provision;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Lets a lake believe that it speaks TLS with an emulator, which speaks none. */
final class TlsToEmulator implements SdkHttpClient {

  private final SdkHttpClient http = ApacheHttpClient.create();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    HttpExecuteRequest.Builder plain =
        HttpExecuteRequest.builder()
            .request(request.httpRequest().copy(http -> http.protocol("http")));
    request.contentStreamProvider().ifPresent(plain::contentStreamProvider);
    return http.prepareRequest(plain.build());
  }

  @Override
  public void close() {
    http.close();
  }
}
