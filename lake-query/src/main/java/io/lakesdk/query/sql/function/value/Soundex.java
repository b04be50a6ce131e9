package io.lakesdk.query.sql.function.value;

import io.lakesdk.query.sql.function.BadArgument;
import java.util.Locale;

/** The American Soundex code of a word. */
public final class Soundex {

  /** The digit of each letter from A to Z; 0 is one that has none. */
  private static final String DIGITS = "01230120022455012623010202";

  private static final int LENGTH = 4;

  private Soundex() {}

  public static String of(String word) {
    StringBuilder letters = new StringBuilder();
    for (char letter : word.toUpperCase(Locale.ENGLISH).toCharArray()) {
      if (Character.isLetter(letter)) {
        if (letter > 'Z') {
          throw new BadArgument("Unable to calculate the Soundex of a letter that is not English");
        }
        letters.append(letter);
      }
    }
    if (letters.isEmpty()) {
      return "";
    }
    StringBuilder code = new StringBuilder().append(letters.charAt(0));
    char last = digit(letters.charAt(0));
    for (int i = 1; i < letters.length() && code.length() < LENGTH; i++) {
      char letter = letters.charAt(i);
      if (letter == 'H' || letter == 'W') {
        continue;
      }
      char digit = digit(letter);
      if (digit != '0' && digit != last) {
        code.append(digit);
      }
      last = digit;
    }
    return code + "0".repeat(LENGTH - code.length());
  }

  private static char digit(char letter) {
    return DIGITS.charAt(letter - 'A');
  }
}
