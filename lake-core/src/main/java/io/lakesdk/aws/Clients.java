package io.lakesdk.aws;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Principal;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The clients of one lake, made when they are first asked for. */
final class Clients implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final AwsSettings settings;
  private final Map<Key, SdkAutoCloseable> clients = new HashMap<>();
  private final Map<Principal, AwsCredentialsProvider> credentials = new HashMap<>();
  private final Deque<SdkAutoCloseable> closing = new ArrayDeque<>();
  private @Nullable SdkHttpClient http;

  private record Key(AwsService service, Class<?> builder, Principal principal) {}

  Clients(AwsSettings settings) {
    this.settings = settings;
  }

  @SuppressWarnings("unchecked") // the key names the class of the builder, which makes one client
  synchronized <
          B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable>
      C of(AwsService service, Principal principal, B builder) {
    Key key = new Key(service, builder.getClass(), principal);
    SdkAutoCloseable existing = clients.get(key);
    if (existing == null) {
      existing = configure(service, builder, credentials(principal)).build();
      clients.put(key, existing);
      closing.push(existing);
    }
    return (C) existing;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      AwsService service, B builder, AwsCredentialsProvider provider) {
    builder
        .region(Region.of(settings.region()))
        .credentialsProvider(provider)
        .httpClient(http())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallAttemptTimeout(settings.limits().callTimeout())
                .build());
    settings.endpoint(service).ifPresent(builder::endpointOverride);
    if (builder instanceof S3ClientBuilder s3) {
      s3.overrideConfiguration(
          s3.overrideConfiguration().toBuilder().addExecutionInterceptor(new EarlyToken()).build());
      // checksums are those that the storage names in each request
      s3.forcePathStyle(settings.addressing() == AwsSettings.Addressing.PATH)
          .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    return builder;
  }

  private SdkHttpClient http() {
    SdkHttpClient existing = http;
    if (existing == null) {
      existing =
          settings
              .http()
              .map(make -> make.get())
              .orElseGet(
                  () ->
                      ApacheHttpClient.builder()
                          .maxConnections(settings.limits().concurrency())
                          .connectionTimeout(CONNECT)
                          .socketTimeout(settings.limits().callTimeout())
                          .build());
      http = existing;
    }
    return existing;
  }

  private AwsCredentialsProvider credentials(Principal principal) {
    AwsCredentialsProvider known = credentials.get(principal);
    if (known == null) {
      known = principal.isAdministrator() ? administrator() : role(principal);
      credentials.put(principal, known);
    }
    return known;
  }

  private AwsCredentialsProvider administrator() {
    AwsCredentialsProvider base =
        settings.credentials().orElseGet(() -> owned(DefaultCredentialsProvider.builder().build()));
    return settings
        .role()
        .map(arn -> assume(arn, Subject.of(Subject.Kind.LAKE, settings.toString()), base))
        .orElse(base);
  }

  private AwsCredentialsProvider role(Principal principal) {
    String template =
        settings
            .principalRoles()
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "call AWS as",
                        Subject.of(Subject.Kind.PRINCIPAL, principal.toString()),
                        "no role is known for it; open the lake with"
                            + " AwsSettings...principalRoles(\"arn:aws:iam::ACCOUNT:role/{name}\")"));
    return assume(
        template.replace("{name}", principal.name()),
        Subject.of(Subject.Kind.PRINCIPAL, principal.toString()),
        credentials(Principal.ADMINISTRATOR));
  }

  private AwsCredentialsProvider assume(String arn, Subject whose, AwsCredentialsProvider base) {
    StsClientBuilder builder = StsClient.builder();
    StsClient sts = owned(configure(AwsService.STS, builder, base).build());
    return owned(new AssumedRole(arn, whose, sts));
  }

  private <T extends SdkAutoCloseable> T owned(T resource) {
    closing.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    closing.forEach(SdkAutoCloseable::close);
    closing.clear();
    clients.clear();
    if (http != null) {
      http.close();
    }
  }
}
