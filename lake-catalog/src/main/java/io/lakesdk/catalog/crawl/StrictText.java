package io.lakesdk.catalog.crawl;

import io.lakesdk.error.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly: what is not UTF-8, and a NUL, is an error that names the line. A byte
 * order mark at the start is skipped. Counts the bytes that it took.
 */
final class StrictText extends Reader {

  private static final int BUFFER = 1 << 16;
  private static final char MARK = '\uFEFF';

  private final InputStream in;
  private final Subject subject;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private long line = 1;
  private long taken;
  private boolean atStart = true;
  private boolean ended;

  StrictText(InputStream in, Subject subject) {
    this.in = in;
    this.subject = subject;
  }

  /** How many bytes were read, of which some may not have been handed out yet. */
  long bytesTaken() {
    return taken;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private void decode() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read > 0) {
      taken += read;
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, read < 0);
    if (read < 0 && !result.isError() && !result.isOverflow()) {
      result = decoder.flush(chars);
      ended = true;
    }
    chars.flip();
    check();
    if (result.isError()) {
      throw new Unreadable(
          subject, "line " + line + " is not UTF-8; convert the file to UTF-8 and land it again");
    }
  }

  private void check() {
    if (atStart && chars.hasRemaining()) {
      atStart = false;
      if (chars.get(chars.position()) == MARK) {
        chars.get();
      }
    }
    for (int i = chars.position(); i < chars.limit(); i++) {
      char c = chars.get(i);
      if (c == '\n') {
        line++;
      } else if (c == 0) {
        throw new Unreadable(
            subject,
            "line " + line + " holds a NUL byte, so it is no text, or of another encoding");
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
