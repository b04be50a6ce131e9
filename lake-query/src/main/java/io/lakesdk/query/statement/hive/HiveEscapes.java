package io.lakesdk.query.statement.hive;

/**
 * The escapes in Hive's texts: a backslash before a letter, a quote, a backslash, or three octal
 * digits. Before anything else it stands for itself.
 */
final class HiveEscapes {

  private static final String LETTERS = "0'\"bnrtZ\\";
  private static final String MEANINGS = "\0'\"\b\n\r\t\u001A\\";
  private static final int OCTAL_DIGITS = 3;

  private HiveEscapes() {}

  static String resolve(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        i++;
      } else if (isOctal(text, i + 1)) {
        int end = i + 1 + OCTAL_DIGITS;
        out.append((char) Integer.parseInt(text.substring(i + 1, end), 8));
        i = end;
      } else {
        int letter = LETTERS.indexOf(text.charAt(i + 1));
        out.append(letter < 0 ? text.substring(i, i + 2) : MEANINGS.charAt(letter));
        i += 2;
      }
    }
    return out.toString();
  }

  private static boolean isOctal(String text, int start) {
    if (start + OCTAL_DIGITS > text.length() || text.charAt(start) > '1') {
      return false;
    }
    for (int i = start; i < start + OCTAL_DIGITS; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
