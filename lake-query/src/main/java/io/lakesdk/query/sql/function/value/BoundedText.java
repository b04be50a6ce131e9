package io.lakesdk.query.sql.function.value;

import io.lakesdk.query.sql.function.BadArgument;

/**
 * A text that a regular expression may look at so many times and no more: backtracking can take
 * longer than anybody waits, and nothing else ends it.
 */
public final class BoundedText implements CharSequence {

  private static final int MOST_LOOKS = 50_000_000;

  private final String text;
  private int looks;

  public BoundedText(String text) {
    this.text = text;
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS) {
      throw new BadArgument("a regular expression takes too long for a value; simplify it");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
