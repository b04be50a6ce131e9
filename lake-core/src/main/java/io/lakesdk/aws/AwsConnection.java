package io.lakesdk.aws;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Principal;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * How an open lake calls AWS. For the AWS implementations of the layers: each makes its clients
 * here once, and passes every call through {@link Calls}. Thread-safe; closed with the lake.
 */
public final class AwsConnection implements AutoCloseable {

  private final AwsSettings settings;
  private final Seam seam;
  private final Clock clock;
  private final Clients clients;
  private final Map<AwsService, Attempts> attempts = new EnumMap<>(AwsService.class);

  public AwsConnection(AwsSettings settings, Seam seam, Clock clock) {
    this.settings = settings;
    this.seam = seam;
    this.clock = clock;
    this.clients = new Clients(settings);
  }

  public AwsSettings settings() {
    return settings;
  }

  /**
   * A client of a service with the lake's region, credentials, endpoint, addressing of buckets and
   * HTTP client; retries are left to {@link Calls}. There is one for each kind of client, and it is
   * closed with the lake.
   */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable>
      C client(AwsService service, B builder) {
    return clients.of(service, Principal.ADMINISTRATOR, builder);
  }

  /** {@link #client(AwsService, AwsClientBuilder)} with the credentials of a principal's role. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable>
      C client(AwsService service, Principal principal, B builder) {
    return clients.of(service, principal, builder);
  }

  /** How a layer calls a service. */
  public Calls calls(AwsService service, Errors errors) {
    Attempts tries;
    synchronized (attempts) {
      tries = attempts.computeIfAbsent(service, s -> new Attempts(s, settings.limits(), clock));
    }
    return new RetriedCalls(seam, tries, errors);
  }

  /** {@link #calls} of Glue, whose errors mean the same to publishing and to the catalog. */
  public Calls glue() {
    return calls(AwsService.GLUE, new GlueErrors());
  }

  /**
   * A request for a page of a listing, of whose end it is told before its objects have arrived.
   *
   * @param token told where the next page begins, at most once for each attempt and where S3 says
   *     it before the objects, by the thread that makes the call; it must not fail and not wait
   */
  public static ListObjectsV2Request telling(ListObjectsV2Request request, Consumer<String> token) {
    return EarlyToken.telling(request, token);
  }

  @Override
  public void close() {
    clients.close();
  }

  /** What the errors of one service mean. */
  public interface Errors {
    /** What this one means; empty for what means the same in all services. */
    Optional<Failure> failure(AwsServiceException error);
  }

  /**
   * What an error means.
   *
   * @param kind which decides the exception, and what is tried again
   * @param reason the end of the message; never a data value or credentials
   */
  public record Failure(Kind kind, String reason) {}

  /** The sorts of failures. */
  public enum Kind {
    NOT_FOUND,
    ALREADY_EXISTS,
    CONFLICT,
    DENIED,
    INVALID,
    BAD_DATA,
    /** Nothing was done, and trying again would not help now. */
    UNAVAILABLE,
    /** Nothing was done; it is tried again. */
    THROTTLED,
    /** Nobody knows whether it was done. */
    UNKNOWN
  }

  /**
   * Calls of one service. Each passes the lake's seam once, and is tried as often and as long as
   * the settings allow. A {@link LakeException} that the work throws goes through as it is.
   */
  public interface Calls {

    /** A call that changes nothing. */
    <T> T read(Call call, String verb, Subject subject, Supplier<T> work);

    /** A change that may be made twice, with the same result. */
    <T> T repeat(Call call, String verb, Subject subject, Supplier<T> work);

    /**
     * A change that must be made once.
     *
     * @param done finds out, when the answer to an attempt was lost, whether it was made; empty
     *     means that it was not, and it is tried again
     */
    <T> T settle(
        Call call, String verb, Subject subject, Supplier<T> work, Supplier<Optional<T>> done);

    /** A change that must be made once, and where nobody can find out whether it was. */
    <T> T once(Call call, String verb, Subject subject, Supplier<T> work);
  }
}
