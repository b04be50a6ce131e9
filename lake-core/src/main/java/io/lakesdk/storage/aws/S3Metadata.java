package io.lakesdk.storage.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metadata of an object in S3: the user's pairs and two of the SDK. Values that cannot be in a
 * header as they are become encoded words of RFC 2047, which S3 gives back for them; see "Working
 * with object metadata" in the Amazon S3 user guide.
 */
final class S3Metadata {

  /** The SHA-256 of the whole content. */
  private static final String SHA256 = "lake-sha256";

  /** Tells a write from all others, so that one whose answer was lost is recognised. */
  private static final String WRITE = "lake-write";

  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern PLAIN =
      Pattern.compile("|[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?]+)\\?([BbQq])\\?([^?]*)\\?=(\\s+(?==\\?))?");
  private static final int BYTES_IN_WORD = 45;

  private S3Metadata() {}

  static String newWrite() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** The user's pairs with those of the SDK, as headers. */
  static Map<String, String> encode(
      Subject subject, Map<String, String> user, Optional<String> sha256, String write) {
    Map<String, String> all = new HashMap<>();
    user.forEach(
        (name, value) -> {
          requireName(subject, name);
          all.put(name, encode(value));
        });
    sha256.ifPresent(hex -> all.put(SHA256, hex));
    all.put(WRITE, write);
    return all;
  }

  private static void requireName(Subject subject, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidDefinitionException(
          "write",
          subject,
          "S3 takes names of metadata of ASCII letters, digits, hyphens and underscores alone");
    }
    if (name.equals(SHA256) || name.equals(WRITE)) {
      throw new InvalidDefinitionException(
          "write", subject, "metadata of the name " + name + " belongs to the SDK");
    }
  }

  private static String encode(String value) {
    if (PLAIN.matcher(value).matches() && !value.contains("=?")) {
      return value;
    }
    StringBuilder words = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      int end = at;
      int bytes = 0;
      while (end < value.length()) {
        int point = value.codePointAt(end);
        int more = Character.toString(point).getBytes(UTF_8).length;
        if (bytes + more > BYTES_IN_WORD) {
          break;
        }
        bytes += more;
        end += Character.charCount(point);
      }
      words
          .append(words.isEmpty() ? "" : " ")
          .append("=?UTF-8?B?")
          .append(Base64.getEncoder().encodeToString(value.substring(at, end).getBytes(UTF_8)))
          .append("?=");
      at = end;
    }
    return words.toString();
  }

  /** The user's pairs. */
  static Map<String, String> user(Map<String, String> all) {
    Map<String, String> user = new HashMap<>();
    all.forEach(
        (name, value) -> {
          if (!name.equals(SHA256) && !name.equals(WRITE)) {
            user.put(name, decode(value));
          }
        });
    return user;
  }

  private static String decode(String value) {
    Matcher word = WORD.matcher(value);
    StringBuilder text = new StringBuilder();
    while (word.find()) {
      String decoded;
      try {
        byte[] bytes =
            word.group(2).equalsIgnoreCase("B")
                ? Base64.getDecoder().decode(word.group(3))
                : quoted(word.group(3));
        decoded = new String(bytes, Charset.forName(word.group(1)));
      } catch (IllegalArgumentException notEncoded) {
        decoded = word.group();
      }
      word.appendReplacement(text, Matcher.quoteReplacement(decoded));
    }
    return word.appendTail(text).toString();
  }

  private static byte[] quoted(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < text.length() + 0) {
        bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '_' ? ' ' : c);
      }
    }
    return java.util.Arrays.copyOf(bytes, length);
  }

  static Optional<String> sha256(Map<String, String> all) {
    return Optional.ofNullable(all.get(SHA256));
  }

  static boolean isOf(String write, Map<String, String> all) {
    return write.equals(all.get(WRITE));
  }
}
