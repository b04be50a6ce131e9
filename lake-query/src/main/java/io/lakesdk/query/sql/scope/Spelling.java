package io.lakesdk.query.sql.scope;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was meant by one that is misspelled. */
final class Spelling {

  private static final int LONGEST = 128;

  private Spelling() {}

  /** The name that takes the fewest edits, if that is at most one for every three letters. */
  static Optional<String> nearest(String misspelled, Collection<String> names) {
    String wanted = misspelled.toLowerCase(Locale.ROOT);
    Optional<String> nearest = Optional.empty();
    int fewest = Math.min(wanted.length(), LONGEST) / 3 + 1;
    for (String name : names) {
      int edits = wanted.length() > LONGEST ? fewest : edits(wanted, name.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        nearest = Optional.of(name);
      }
    }
    return nearest;
  }

  /** How many letters have to be added, removed or changed to make one text of the other. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
