package io.lakesdk.storage.aws;

import io.lakesdk.storage.ObjectInfo;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What S3's answers say of an object. */
final class S3Infos {

  static final String DEFAULT_TYPE = "application/octet-stream";

  private S3Infos() {}

  static ObjectInfo of(String key, HeadObjectResponse answer) {
    return new ObjectInfo(
        key,
        version(answer.versionId()),
        answer.contentLength(),
        etag(answer.eTag()),
        crc32c(answer.checksumCRC32C(), answer.checksumType()),
        S3Metadata.sha256(answer.metadata()),
        type(answer.contentType()),
        S3Metadata.user(answer.metadata()),
        answer.lastModified());
  }

  static ObjectInfo of(String key, GetObjectResponse answer) {
    return new ObjectInfo(
        key,
        version(answer.versionId()),
        size(answer),
        etag(answer.eTag()),
        crc32c(answer.checksumCRC32C(), answer.checksumType()),
        S3Metadata.sha256(answer.metadata()),
        type(answer.contentType()),
        S3Metadata.user(answer.metadata()),
        answer.lastModified());
  }

  /** A range's answer says {@code bytes 0-9/100}. */
  private static long size(GetObjectResponse answer) {
    String range = answer.contentRange();
    return range == null
        ? answer.contentLength()
        : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  static String etag(String quoted) {
    return quoted.length() > 1 && quoted.startsWith("\"") && quoted.endsWith("\"")
        ? quoted.substring(1, quoted.length() - 1)
        : quoted;
  }

  /** S3 names the version of an object in a bucket without versions so, too. */
  static String version(@Nullable String id) {
    return id == null ? "null" : id;
  }

  private static String type(@Nullable String type) {
    return type == null ? DEFAULT_TYPE : type;
  }

  /** A checksum of parts' checksums says nothing of the content as a whole. */
  static OptionalInt crc32c(@Nullable String base64, @Nullable ChecksumType type) {
    return base64 == null || base64.contains("-") || type == ChecksumType.COMPOSITE
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(Base64.getDecoder().decode(base64)).getInt());
  }

  static String base64(int crc32c) {
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc32c).array());
  }

  /** S3's time of an answer. */
  static Instant time(SdkHttpResponse answer, Clock clock) {
    try {
      return answer
          .firstMatchingHeader("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeException strange) {
      return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /** What was written. */
  static ObjectInfo written(
      String key, @Nullable String version, String etag, Sent sent, Instant modified) {
    return new ObjectInfo(
        key,
        version(version),
        sent.size(),
        etag(etag),
        sent.crc32c(),
        sent.sha256(),
        sent.type(),
        sent.metadata(),
        modified);
  }

  /** What is there, with what its writer knows and S3 does not tell. */
  static ObjectInfo known(Sent sent, ObjectInfo there) {
    return new ObjectInfo(
        there.key(),
        there.version(),
        there.size(),
        there.etag(),
        there.crc32c().isPresent() ? there.crc32c() : sent.crc32c(),
        there.sha256().or(sent::sha256),
        there.contentType(),
        there.metadata(),
        there.modified());
  }

  /** What the writer knows of an object; {@code metadata} is the user's. */
  record Sent(
      long size,
      OptionalInt crc32c,
      Optional<String> sha256,
      String type,
      Map<String, String> metadata) {

    Sent with(OptionalInt crc) {
      return new Sent(size, crc, sha256, type, metadata);
    }
  }
}
