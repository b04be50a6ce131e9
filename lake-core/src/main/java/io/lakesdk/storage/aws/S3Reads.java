package io.lakesdk.storage.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.check.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
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
    Answer one = new Answer(this, key, info, start, answer);
    InputStream bytes =
        length < S3Lanes.LEAST
            ? one
            : new S3Lanes(this, transfers, zone.clock(), key, info, one, start, length);
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
  Answer range(String key, ReadOptions pinned, long offset, long length) {
    ReadOptions options = pinned.range(offset, length);
    ResponseInputStream<GetObjectResponse> answer = open(key, options);
    return new Answer(this, key, S3Infos.of(key, answer.response()), offset, answer);
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

  /** The answer to one GET; where the connection breaks, the rest is asked for again. */
  static final class Answer extends InputStream {

    /** So often it may break without a byte between. */
    private static final int PATIENCE = 5;

    private final S3Reads reads;
    private final String key;
    private final ObjectInfo info;
    private final long start;
    private long left;
    private long done;
    private ResponseInputStream<GetObjectResponse> answer;
    private int broken;

    Answer(
        S3Reads reads,
        String key,
        ObjectInfo info,
        long start,
        ResponseInputStream<GetObjectResponse> answer) {
      this.reads = reads;
      this.key = key;
      this.info = info;
      this.start = start;
      this.left = answer.response().contentLength();
      this.answer = answer;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      while (left > 0) {
        try {
          int read = answer.read(into, offset, (int) Math.min(length, left));
          if (read > 0) {
            left -= read;
            done += read;
            broken = 0;
            return read;
          }
          again(new IOException("S3 ended its answer " + left + " bytes before its end"));
        } catch (IOException | SdkClientException e) {
          again(e);
        }
      }
      return -1;
    }

    private void again(Exception cause) throws IOException {
      broken++;
      answer.abort();
      if (broken > PATIENCE) {
        if (cause instanceof IOException e) {
          throw e;
        }
        throw new IOException(cause);
      }
      answer =
          reads.open(
              key,
              new ReadOptions(
                  Optional.of(new ReadOptions.Range(start + done, left)),
                  Optional.of(info.version()),
                  Optional.of(info.etag())));
    }

    /** What was not read is not fetched either. */
    @Override
    public void close() {
      if (left > 0) {
        answer.abort();
      } else {
        try {
          answer.close();
        } catch (IOException nothingIsLost) {
          answer.abort();
        }
      }
    }
  }
}
