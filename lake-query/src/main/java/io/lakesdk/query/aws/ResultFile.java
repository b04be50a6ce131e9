package io.lakesdk.query.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.error.BadDataException;
import io.lakesdk.query.aws.AthenaCalls.S3Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Rows of the file that Athena writes of a result: CSV with a header, values in quotes, quotes in
 * them doubled, NULL as nothing at all. It is read in parts, each of which is tried again by
 * itself, so that memory does not grow with the rows and a broken connection loses nothing.
 *
 * <p>Source: "Work with query results and recent queries" of the Athena user guide.
 */
final class ResultFile implements TextRows {

  private static final int PART = 8 << 20;
  private static final int END = -1;

  private final Execution execution;
  private final int width;
  private final long least;
  private final Reader in;
  private long row;

  /**
   * @param least how many rows Athena has shown of it already
   */
  ResultFile(Execution execution, S3Location file, List<String> names, long least) {
    this.execution = execution;
    this.width = names.size();
    this.least = least;
    this.in =
        new BufferedReader(
            new InputStreamReader(new Parts(execution, file), UTF_8.newDecoder()), 1 << 16);
    Optional<@Nullable String[]> header = next();
    if (header.isEmpty() || !Arrays.asList(header.get()).equals(names)) {
      throw bad("its first line is not the names of its columns");
    }
    row = 0;
  }

  @Override
  public Optional<@Nullable String[]> next() {
    try {
      int first = in.read();
      if (first == END) {
        if (row < least) {
          throw bad("the file ends after row " + row + ", and Athena has shown more; run it again");
        }
        return Optional.empty();
      }
      row++;
      return Optional.of(row(first));
    } catch (CharacterCodingException e) {
      throw bad("row " + row + " is not UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("Parts of a file are in memory", e);
    }
  }

  private @Nullable String[] row(int first) throws IOException {
    @Nullable String[] values = new @Nullable String[width];
    int next = first;
    for (int i = 0; i < width; i++) {
      boolean quoted = next == '"';
      StringBuilder text = new StringBuilder();
      next = quoted ? quoted(text) : plain(next, text);
      values[i] = quoted || !text.isEmpty() ? text.toString() : null;
      boolean last = i == width - 1;
      if (next == END && !(last && quoted)) {
        throw truncated();
      }
      if (next != (last ? '\n' : ',') && next != END) {
        throw bad("row " + row + " has another number of values than there are columns");
      }
      if (!last) {
        next = in.read();
      }
    }
    return values;
  }

  /** Reads to the closing quote, and gives what follows it. */
  private int quoted(StringBuilder text) throws IOException {
    while (true) {
      int next = in.read();
      if (next == END) {
        throw truncated();
      }
      if (next == '"') {
        int after = in.read();
        if (after != '"') {
          return after;
        }
      }
      text.append((char) next);
    }
  }

  private int plain(int first, StringBuilder text) throws IOException {
    int next = first;
    while (next != ',' && next != '\n' && next != END) {
      text.append((char) next);
      next = in.read();
    }
    return next;
  }

  private BadDataException truncated() {
    return bad("the file with its rows ends in the middle of row " + row + "; run it again");
  }

  private BadDataException bad(String reason) {
    return new BadDataException(
        "read", execution.subject(), reason + " (query execution " + execution.id() + ")");
  }

  /** The bytes of an object, fetched part by part. */
  private static final class Parts extends InputStream {

    private final Execution execution;
    private final S3Location file;
    private byte[] part = new byte[0];
    private int at;
    private long fetched;
    private Optional<String> etag = Optional.empty();
    private boolean last;

    Parts(Execution execution, S3Location file) {
      this.execution = execution;
      this.file = file;
    }

    @Override
    public int read() {
      return ready() ? part[at++] & 0xff : END;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      if (!ready()) {
        return END;
      }
      int count = Math.min(length, part.length - at);
      System.arraycopy(part, at, into, offset, count);
      at += count;
      return count;
    }

    private boolean ready() {
      if (at == part.length && !last) {
        fetch();
      }
      return at < part.length;
    }

    private void fetch() {
      execution.check();
      ResponseBytes<GetObjectResponse> next =
          execution.calls().part(execution.subject(), file, fetched, PART, etag);
      part = next.asByteArrayUnsafe();
      at = 0;
      fetched += part.length;
      etag = Optional.ofNullable(next.response().eTag());
      last = fetched >= size(next.response().contentRange()) || part.length == 0;
    }

    /** The size of the whole object, from {@code bytes 0-9/100}. */
    private static long size(@Nullable String range) {
      return range == null ? 0 : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }
  }
}
