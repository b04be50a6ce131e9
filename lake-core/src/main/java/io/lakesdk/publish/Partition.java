package io.lakesdk.publish;

import com.google.common.collect.ImmutableMap;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The values of a dataset's partition keys for some of its files, as text, in the order of the
 * keys. Printed as Hive names folders: {@code year=2001/month=1}; a value's characters other than
 * letters, digits and any of {@code . _ - ~} are written as {@code %XX} of their UTF-8 bytes, and
 * NULL as {@code __HIVE_DEFAULT_PARTITION__}.
 *
 * @param values key to value; an empty value is NULL
 */
public record Partition(ImmutableMap<String, Optional<String>> values) {

  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final Partition NONE = new Partition(ImmutableMap.of());

  /** The partition of a dataset that has no keys. */
  public static Partition none() {
    return NONE;
  }

  public static Partition of(Map<String, Optional<String>> values) {
    return new Partition(ImmutableMap.copyOf(values));
  }

  /** Parses what {@link #path} printed. */
  public static Partition parse(String path) {
    ImmutableMap.Builder<String, Optional<String>> values = ImmutableMap.builder();
    for (String folder : path.isEmpty() ? new String[0] : path.split("/", -1)) {
      int equals = folder.indexOf('=');
      if (equals < 1) {
        throw new BadDataException(
            "read", Subject.of(Subject.Kind.PARTITION, path), "a folder is not named key=value");
      }
      String text = folder.substring(equals + 1);
      values.put(
          decode(folder.substring(0, equals), path),
          text.equals(NULL) ? Optional.empty() : Optional.of(decode(text, path)));
    }
    return new Partition(values.buildOrThrow());
  }

  /** The folders of these values, without a slash at the end; empty if there are no keys. */
  public String path() {
    return values.entrySet().stream()
        .map(e -> encode(e.getKey()) + "=" + e.getValue().map(Partition::value).orElse(NULL))
        .collect(Collectors.joining("/"));
  }

  private static String value(String text) {
    return text.equals(NULL) ? "%5F" + NULL.substring(1) : encode(text);
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "._-~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  private static String decode(String text, String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new BadDataException(
            "read", Subject.of(Subject.Kind.PARTITION, path), "a % is not followed by two digits");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return path();
  }
}
