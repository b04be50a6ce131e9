package io.lakesdk.query.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the values of parameters that are given as streams. */
final class Streams {

  private Streams() {}

  /** The characters of a reader, {@code length} at most. */
  static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
    if (reader == null) {
      return null;
    }
    try {
      StringWriter all = new StringWriter();
      long unused = reader.transferTo(all);
      String text = all.toString();
      return text.length() > length ? text.substring(0, (int) length) : text;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The bytes of a stream, {@code length} at most. */
  static byte @Nullable [] bytes(@Nullable InputStream stream, long length) throws SQLException {
    if (stream == null) {
      return null;
    }
    try {
      return stream.readNBytes((int) Math.min(Integer.MAX_VALUE, length));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static @Nullable String ascii(@Nullable InputStream stream, long length) throws SQLException {
    byte[] bytes = bytes(stream, length);
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  private static SQLException unreadable(IOException e) {
    return new SQLException("The stream of a parameter cannot be read", "22000", e);
  }
}
