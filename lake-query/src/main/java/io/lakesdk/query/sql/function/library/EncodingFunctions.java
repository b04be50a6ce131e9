package io.lakesdk.query.sql.function.library;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.value.IpAddress;
import io.lakesdk.query.sql.function.value.SpookyHash;
import io.lakesdk.query.sql.function.value.XxHash64;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.type.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Bytes as text and numbers, and their checksums. */
final class EncodingFunctions {

  private EncodingFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    for (String algorithm : new String[] {"MD5", "SHA1", "SHA256", "SHA512"}) {
      table.java(
          "hmac_" + algorithm.toLowerCase(Locale.ROOT) + "(varbinary, varbinary) varbinary",
          arguments -> hmac("Hmac" + algorithm, arguments.bytes(0), arguments.bytes(1)));
    }
    addresses(table);
    texts(table);
    numbers(table);
    return table
        .scalar("to_hex(varbinary) varchar", "hex({0})")
        .scalar("from_hex(varchar) varbinary", hex("{0}"))
        .scalar("from_hex(varbinary) varbinary", hex("decode({0})"))
        .scalar("to_base64(varbinary) varchar", "to_base64({0})")
        .java(
            "from_base64(varchar) varbinary",
            arguments -> Base64.getDecoder().decode(arguments.text(0)))
        .java(
            "from_base64(varbinary) varbinary",
            arguments -> Base64.getDecoder().decode(arguments.bytes(0)))
        .scalar("md5(varbinary) varbinary", "unhex(md5({0}))")
        .scalar("sha1(varbinary) varbinary", "unhex(sha1({0}))")
        .scalar("sha256(varbinary) varbinary", "unhex(sha256({0}))")
        .java("sha512(varbinary) varbinary", arguments -> sha512(arguments.bytes(0)))
        .java("crc32(varbinary) bigint", arguments -> crc32(arguments.bytes(0)))
        .java(
            "murmur3(varbinary) varbinary",
            arguments -> Hashing.murmur3_128().hashBytes(arguments.bytes(0)).asBytes())
        .java("xxhash64(varbinary) varbinary", arguments -> bytes(XxHash64.of(arguments.bytes(0))))
        .java(
            "spooky_hash_v2_32(varbinary) varbinary",
            arguments ->
                ByteBuffer.allocate(4).putInt((int) SpookyHash.of(arguments.bytes(0))).array())
        .java(
            "spooky_hash_v2_64(varbinary) varbinary",
            arguments -> bytes(SpookyHash.of(arguments.bytes(0))));
  }

  private static void addresses(FunctionTable table) {
    table.helper("ip_read(varchar) varchar", arguments -> IpAddress.read(arguments.text(0)));
    table.helper("ip_print(varbinary) varchar", arguments -> IpAddress.print(arguments.text(0)));
    table.helper(
        "ip_of_bytes(varbinary) varchar", arguments -> IpAddress.ofBytes(arguments.text(0)));
    table.java(
        "contains(varchar, ipaddress) boolean",
        arguments -> IpAddress.contains(arguments.text(0), arguments.text(1)));
  }

  private static String hex(String text) {
    return "CASE WHEN length("
        + text
        + ") % 2 = 1 THEN "
        + Raise.HEX_LENGTH.sql(SqlType.Simple.VARBINARY)
        + " ELSE unhex("
        + text
        + ") END";
  }

  private static void texts(FunctionTable table) {
    table
        .java(
            "to_base32(varbinary) varchar",
            arguments -> BaseEncoding.base32().encode(arguments.bytes(0)))
        .java("from_base32(varchar) varbinary", arguments -> base32(arguments.text(0)))
        .java(
            "from_base32(varbinary) varbinary",
            arguments -> base32(new String(arguments.bytes(0), StandardCharsets.UTF_8)))
        .java(
            "to_base64url(varbinary) varchar",
            arguments -> Base64.getUrlEncoder().encodeToString(arguments.bytes(0)))
        .java(
            "from_base64url(varchar) varbinary",
            arguments -> Base64.getUrlDecoder().decode(arguments.text(0)))
        .java(
            "from_base64url(varbinary) varbinary",
            arguments -> Base64.getUrlDecoder().decode(arguments.bytes(0)))
        .java(
            "to_base(bigint, bigint) varchar(64)",
            arguments -> Long.toString(arguments.whole(0), radix(arguments.whole(1))))
        .java(
            "from_base(varchar(x), bigint) bigint",
            arguments -> {
              int radix = radix(arguments.whole(1));
              try {
                return Long.parseLong(arguments.text(0), radix);
              } catch (NumberFormatException e) {
                throw new BadArgument("Not a valid base-" + radix + " number");
              }
            });
  }

  private static void numbers(FunctionTable table) {
    table
        .java(
            "to_big_endian_32(integer) varbinary",
            arguments -> ByteBuffer.allocate(4).putInt(arguments.small(0)).array())
        .java("to_big_endian_64(bigint) varbinary", arguments -> bytes(arguments.whole(0)))
        .java(
            "from_big_endian_32(varbinary) integer",
            arguments -> (long) read(arguments, 4, "big-endian integer").getInt())
        .java(
            "from_big_endian_64(varbinary) bigint",
            arguments -> read(arguments, 8, "big-endian integer").getLong())
        .java(
            "to_ieee754_32(real) varbinary",
            arguments -> ByteBuffer.allocate(4).putFloat((float) arguments.number(0)).array())
        .java(
            "to_ieee754_64(double) varbinary",
            arguments -> ByteBuffer.allocate(8).putDouble(arguments.number(0)).array())
        .java(
            "from_ieee754_32(varbinary) real",
            arguments -> (double) read(arguments, 4, "single-precision number").getFloat())
        .java(
            "from_ieee754_64(varbinary) double",
            arguments -> read(arguments, 8, "double-precision number").getDouble());
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private static ByteBuffer read(Arguments arguments, int length, String what) {
    byte[] bytes = arguments.bytes(0);
    if (bytes.length != length) {
      throw new BadArgument("a " + what + " must have " + length + " bytes");
    }
    return ByteBuffer.wrap(bytes);
  }

  private static int radix(long radix) {
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      throw new BadArgument("Radix must be between 2 and 36");
    }
    return (int) radix;
  }

  private static byte[] base32(String text) {
    return BaseEncoding.base32().decode(text);
  }

  private static long crc32(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private static byte[] sha512(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(String algorithm, byte[] bytes, byte[] key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
