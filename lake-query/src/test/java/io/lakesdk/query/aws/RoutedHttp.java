package io.lakesdk.query.aws;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Sends the requests to Athena to one client and all others to another.
 *
 * @param athena answers for Athena
 * @param others answers for all other services
 */
record RoutedHttp(SdkHttpClient athena, SdkHttpClient others) implements SdkHttpClient {

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    boolean toAthena =
        request
            .httpRequest()
            .firstMatchingHeader("X-Amz-Target")
            .filter(target -> target.startsWith("AmazonAthena"))
            .isPresent();
    return (toAthena ? athena : others).prepareRequest(request);
  }

  @Override
  public void close() {
    athena.close();
    others.close();
  }
}
