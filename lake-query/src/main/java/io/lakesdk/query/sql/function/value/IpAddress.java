package io.lakesdk.query.sql.function.value;

import io.lakesdk.query.sql.function.BadArgument;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Addresses of the internet: the sixteen bytes of an address of version 6, in which those of
 * version 4 stand after ten bytes of zeros and two of ones. Source: "IP address type" of Trino's
 * documentation, and RFC 5952 for how they are printed.
 */
public final class IpAddress {

  private static final int BYTES = 16;
  private static final int BYTES_OF_4 = 4;
  private static final int BITS = Byte.SIZE * BYTES;
  private static final int GROUPS = 8;
  private static final Pattern VERSION_4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern VERSION_6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpAddress() {}

  /**
   * The hexadecimal digits of the bytes of an address.
   *
   * @throws BadArgument if the text is none
   */
  public static String read(String text) {
    return HexFormat.of().formatHex(bytes(text, "a value cannot be cast to IPADDRESS"));
  }

  private static byte[] bytes(String text, String wrong) {
    int scope = text.indexOf('%');
    String address = scope < 0 ? text : text.substring(0, scope);
    boolean known = VERSION_4.matcher(text).matches() || VERSION_6.matcher(address).matches();
    try {
      if (known) {
        return mapped(InetAddress.getByName(address).getAddress());
      }
    } catch (UnknownHostException none) {
      throw new BadArgument(wrong);
    }
    throw new BadArgument(wrong);
  }

  private static byte[] mapped(byte[] address) {
    if (address.length == BYTES) {
      return address;
    }
    byte[] all = new byte[BYTES];
    all[BYTES - BYTES_OF_4 - 2] = (byte) 0xff;
    all[BYTES - BYTES_OF_4 - 1] = (byte) 0xff;
    System.arraycopy(address, 0, all, BYTES - BYTES_OF_4, BYTES_OF_4);
    return all;
  }

  /** The digits of the sixteen bytes of an address that was given as four or sixteen bytes. */
  public static String ofBytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != BYTES && bytes.length != BYTES_OF_4) {
      throw new BadArgument("Invalid IP address binary length: " + bytes.length);
    }
    return HexFormat.of().formatHex(mapped(bytes));
  }

  /** How an address is printed, by the digits of its bytes. */
  public static String print(String hex) {
    return print(HexFormat.of().parseHex(hex));
  }

  /** How an address of sixteen bytes is printed. */
  public static String print(byte[] bytes) {
    byte[] head = new byte[BYTES - BYTES_OF_4];
    head[head.length - 1] = (byte) 0xff;
    head[head.length - 2] = (byte) 0xff;
    if (Arrays.equals(head, Arrays.copyOf(bytes, head.length))) {
      StringBuilder text = new StringBuilder();
      for (int i = head.length; i < BYTES; i++) {
        text.append(text.isEmpty() ? "" : ".").append(bytes[i] & 0xff);
      }
      return text.toString();
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        start = i;
        longest = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /** Whether a network, {@code 10.0.0.0/8}, has an address, by the digits of its bytes. */
  public static boolean contains(String network, String hex) {
    int slash = network.indexOf('/');
    if (slash < 0 || network.indexOf('/', slash + 1) >= 0) {
      throw new BadArgument("Invalid CIDR");
    }
    String base = network.substring(0, slash);
    byte[] first = bytes(base, "Invalid network IP address");
    boolean short4 = VERSION_4.matcher(base).matches();
    int most = Byte.SIZE * (short4 ? BYTES_OF_4 : BYTES);
    int length;
    try {
      length = Integer.parseInt(network.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw new BadArgument("Invalid prefix length");
    }
    if (length < 0) {
      throw new BadArgument("Invalid prefix length");
    }
    int bits = length + (short4 ? Byte.SIZE * (BYTES - BYTES_OF_4) : 0);
    if (length > most || (length > 0 && hasBitsAfter(first, bits))) {
      throw new BadArgument("Invalid CIDR");
    }
    byte[] other = HexFormat.of().parseHex(hex);
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((first[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasBitsAfter(byte[] address, int bits) {
    int lowest = new BigInteger(address).getLowestSetBit();
    return lowest >= 0 && lowest < BITS - bits;
  }
}
