package io.lakesdk.storage.aws;

import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The answer to one GET; where the connection breaks, the rest is asked for again. */
final class S3Stream extends InputStream {

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

  S3Stream(
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
