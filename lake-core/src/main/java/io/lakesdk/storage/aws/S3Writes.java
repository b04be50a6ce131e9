package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.PutOptions.Condition;
import io.lakesdk.storage.check.Checksums;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Writes objects of one zone, each once also where the answer to an attempt is lost. */
final class S3Writes {

  /** How slow a connection may be before a write is given up, in bytes a millisecond. */
  private static final long SLOWEST = 1 << 10;

  private static final Pattern TYPE = Pattern.compile("[\\x20-\\x7e]+");

  private final S3Zone zone;

  S3Writes(S3Zone zone) {
    this.zone = zone;
  }

  /** Writes an object at once. */
  ObjectInfo put(Call call, String key, Part content, Checksums sums, PutOptions options) {
    String write = S3Metadata.newWrite();
    S3Infos.Sent sent = sent(key, sums, options);
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket("write", key))
            .contentType(sent.type())
            .contentLength(content.length())
            .metadata(S3Metadata.encode(zone.subject(key), sent.metadata(), sent.sha256(), write))
            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
            .checksumCRC32C(S3Infos.base64(sums.crc32c()))
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(timeout(content.length())));
    zone.kmsKey()
        .ifPresent(
            id -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(id));
    ifNoneMatch(options.condition()).ifPresent(request::ifNoneMatch);
    ifMatch(options.condition()).ifPresent(request::ifMatch);
    PutObjectRequest built = request.build();
    return S3Infos.known(
        sent,
        settle(
            call,
            key,
            zone.errors().of(options.condition()),
            options.condition(),
            write,
            () -> {
              PutObjectResponse answer =
                  zone.s3()
                      .putObject(
                          built,
                          RequestBody.fromContentProvider(
                              content::open, content.length(), sent.type()));
              return S3Infos.written(
                  key,
                  answer.versionId(),
                  answer.eTag(),
                  sent,
                  S3Infos.time(answer.sdkHttpResponse(), zone.clock()));
            }));
  }

  S3Infos.Sent sent(String key, Checksums sums, PutOptions options) {
    return new S3Infos.Sent(
        sums.size(),
        OptionalInt.of(sums.crc32c()),
        sums.sha256(),
        type(key, options.contentType()),
        options.metadata());
  }

  String type(String key, Optional<String> given) {
    String type = given.orElse(S3Infos.DEFAULT_TYPE);
    if (!TYPE.matcher(type).matches()) {
      throw new InvalidDefinitionException(
          "write", zone.subject(key), "its content type has characters that S3 does not take");
    }
    return type;
  }

  Duration timeout(long bytes) {
    return zone.callTimeout().plusMillis(bytes / SLOWEST);
  }

  static Optional<String> ifNoneMatch(Condition condition) {
    return condition instanceof Condition.Absent ? Optional.of("*") : Optional.empty();
  }

  static Optional<String> ifMatch(Condition condition) {
    return condition instanceof Condition.Match match
        ? Optional.of('"' + match.etag() + '"')
        : Optional.empty();
  }

  /**
   * A write that is made once. Where an attempt's answer was lost, that attempt may have made the
   * object, or make it while the next one is on its way, which then finds its condition broken by
   * itself.
   */
  ObjectInfo settle(
      Call call,
      String key,
      S3Errors errors,
      Condition condition,
      String write,
      Supplier<ObjectInfo> work) {
    int[] attempts = new int[1];
    return zone.calls(errors)
        .settle(
            call,
            "write",
            zone.subject(key),
            () -> {
              attempts[0]++;
              try {
                return work.get();
              } catch (S3Exception e) {
                if (attempts[0] > 1 && mayBeOfItself(e)) {
                  return findEarlier(key, condition, write).orElseThrow(() -> e);
                }
                throw e;
              }
            },
            () -> find(key, condition, write));
  }

  private static boolean mayBeOfItself(AwsServiceException e) {
    return e.statusCode() == 412 || e.statusCode() == 409 || e.statusCode() == 404;
  }

  /** {@link #find} after a refusal that an earlier attempt may have caused. */
  private Optional<ObjectInfo> findEarlier(String key, Condition condition, String write) {
    try {
      return find(key, condition, write);
    } catch (LakeException e) {
      throw new OutcomeUnknownException(
          "write",
          zone.subject(key),
          "an earlier attempt may have been done, and it cannot be found out",
          e);
    }
  }

  /**
   * What a write made, though it may have been overwritten since. Others may have written many
   * versions, so each of the calls is tried as often as any, and not all of them again.
   */
  private Optional<ObjectInfo> find(String key, Condition condition, String write) {
    Optional<HeadObjectResponse> current = head(key, null);
    if (current.isPresent() && S3Metadata.isOf(write, current.get().metadata())) {
      return current.map(answer -> S3Infos.of(key, answer));
    }
    return new S3Versions(zone)
        .contentOf(key)
        .takeWhile(
            version ->
                !(condition instanceof Condition.Match match
                    && match.etag().equals(S3Infos.etag(version.eTag()))))
        .map(version -> head(key, version.versionId()))
        .flatMap(Optional::stream)
        .filter(answer -> S3Metadata.isOf(write, answer.metadata()))
        .map(answer -> S3Infos.of(key, answer))
        .findFirst();
  }

  private Optional<HeadObjectResponse> head(String key, @Nullable String version) {
    HeadObjectRequest request =
        HeadObjectRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket("write", key))
            .versionId(version)
            .checksumMode(ChecksumMode.ENABLED)
            .build();
    try {
      return Optional.of(
          zone.calls(zone.errors())
              .read(
                  Call.HEAD_OBJECT,
                  "write",
                  zone.subject(key),
                  () -> zone.s3().headObject(request)));
    } catch (NotFoundException overwrittenOrDeleted) {
      return Optional.empty();
    }
  }
}
