package io.lakesdk.storage.check;

import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Keys as the index holds them: UTF-8, whose order as bytes is the order of a listing. */
public final class Keys {

  /** How many bytes a key has at most. */
  public static final int LONGEST = 1024;

  private Keys() {}

  /**
   * The bytes of a key.
   *
   * @throws InvalidDefinitionException if S3 would not have such a key
   */
  public static byte[] require(String verb, Zone zone, String key) {
    byte[] bytes = encode(verb, zone, key);
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new InvalidDefinitionException(
          verb,
          Subject.object(zone, key),
          "a key has 1 to 1,024 bytes in UTF-8 and this one has " + bytes.length);
    }
    return bytes;
  }

  /** The bytes of a part of a key, which may be empty. */
  public static byte[] encode(String verb, Zone zone, String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException unpaired) {
      throw new InvalidDefinitionException(
          verb,
          Subject.object(zone, text),
          "it has half a surrogate pair, which is no character and has no bytes in UTF-8");
    }
  }

  public static String decode(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** The least bytes that come after everything that starts with this prefix of UTF-8. */
  public static byte[] after(byte[] prefix) {
    byte[] next = prefix.clone();
    if (next.length == 0) {
      return new byte[] {(byte) 0xff};
    }
    next[next.length - 1]++;
    return next;
  }
}
