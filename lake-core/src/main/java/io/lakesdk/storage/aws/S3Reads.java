package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.check.VerifiedStream;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads objects of one zone. */
final class S3Reads {

  /** Asks for the stored checksums, which are verified here and not by the SDK. */
  private static final String CHECKSUM_MODE = "x-amz-checksum-mode";

  private final S3Zone zone;
  private final S3Transfers transfers;

  S3Reads(S3Zone zone, S3Transfers transfers) {
    this.zone = zone;
    this.transfers = transfers;
  }

  HeadObjectResponse head(String verb, String key, ReadOptions options) {
    HeadObjectRequest.Builder request =
        HeadObjectRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket(verb, key))
            .checksumMode(ChecksumMode.ENABLED);
    options.version().ifPresent(request::versionId);
    options.ifMatch().ifPresent(etag -> request.ifMatch('"' + etag + '"'));
    HeadObjectRequest built = request.build();
    return zone.calls(zone.errors().ofVersion(options.version()))
        .read(Call.HEAD_OBJECT, verb, zone.subject(key), () -> zone.s3().headObject(built));
  }

  ObjectInfo info(String key, ReadOptions options) {
    return S3Infos.of(key, head("read", key, options));
  }

  ObjectContent get(String key, ReadOptions options) {
    if (options.range().filter(range -> range.length() < -range.offset()).isPresent()) {
      return fromEnd(key, options, options.range().get());
    }
    ResponseInputStream<GetObjectResponse> answer = open(key, options);
    ObjectInfo info = S3Infos.of(key, answer.response());
    long length = answer.response().contentLength();
    long asked = options.range().map(ReadOptions.Range::offset).orElse(0L);
    long start = asked < 0 ? info.size() - length : asked;
    S3Stream one = new S3Stream(this, key, info, start, answer);
    InputStream bytes =
        length < S3Lanes.LEAST ? one : new S3Lanes(this, transfers, key, info, one, start, length);
    return new ObjectContent(
        info,
        length == info.size()
            ? new VerifiedStream(zone.subject(key), toVerify(info), bytes)
            : bytes);
  }

  /** One checksum is enough, and CRC32C costs least. */
  private static ObjectInfo toVerify(ObjectInfo info) {
    return info.crc32c().isEmpty()
        ? info
        : new ObjectInfo(
            info.key(),
            info.version(),
            info.size(),
            info.etag(),
            info.crc32c(),
            Optional.empty(),
            info.contentType(),
            info.metadata(),
            info.modified());
  }

  /** S3 counts from the end only up to the end. */
  private ObjectContent fromEnd(String key, ReadOptions options, ReadOptions.Range range) {
    ObjectInfo info = info(key, options);
    long offset = Math.max(0, info.size() + range.offset());
    ReadOptions pinned =
        new ReadOptions(
            Optional.of(new ReadOptions.Range(offset, range.length())),
            Optional.of(info.version()),
            options.ifMatch());
    return get(key, pinned);
  }

  /** A range of an object that is known to reach so far. */
  S3Stream range(String key, ReadOptions pinned, long offset, long length) {
    ReadOptions options = pinned.range(offset, length);
    ResponseInputStream<GetObjectResponse> answer = open(key, options);
    return new S3Stream(this, key, S3Infos.of(key, answer.response()), offset, answer);
  }

  ResponseInputStream<GetObjectResponse> open(String key, ReadOptions options) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(zone.bucket())
            .key(zone.inBucket("read", key))
            .overrideConfiguration(o -> o.putHeader(CHECKSUM_MODE, "ENABLED"));
    options.version().ifPresent(request::versionId);
    options.ifMatch().ifPresent(etag -> request.ifMatch('"' + etag + '"'));
    options.range().ifPresent(range -> request.range(header(range)));
    GetObjectRequest built = request.build();
    return zone.calls(zone.errors().ofVersion(options.version()))
        .read(
            Call.GET_OBJECT,
            "read",
            zone.subject(key),
            () -> {
              try {
                return zone.s3().getObject(built, ResponseTransformer.toInputStream());
              } catch (S3Exception e) {
                if (e.statusCode() == 416) {
                  throw beyondEnd(key, options);
                }
                throw e;
              }
            });
  }

  private static String header(ReadOptions.Range range) {
    if (range.offset() < 0) {
      return "bytes=" + range.offset();
    }
    long last = range.offset() + range.length() - 1;
    return "bytes=" + range.offset() + "-" + (last < 0 ? Long.MAX_VALUE : last);
  }

  private InvalidDefinitionException beyondEnd(String key, ReadOptions options) {
    long size = info(key, options).size();
    long offset = options.range().orElseThrow().offset();
    return new InvalidDefinitionException(
        "read",
        zone.subject(key),
        "the range starts at byte "
            + Math.max(0, offset < 0 ? size + offset : offset)
            + " and the object has "
            + size);
  }
}
