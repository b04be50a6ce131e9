package io.lakesdk.catalog.definition;

import io.lakesdk.DatasetId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that somebody may have meant. */
final class NearNames {

  private static final int MOST = 3;

  private NearNames() {}

  /** The nearest few: those one typing error or two away, or of the same table elsewhere. */
  static List<DatasetId> to(DatasetId wanted, Collection<DatasetId> known) {
    record Near(DatasetId id, int distance) {}
    return known.stream()
        .map(id -> new Near(id, distance(wanted, id)))
        .filter(near -> near.distance() <= 2)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::id))
        .limit(MOST)
        .map(Near::id)
        .toList();
  }

  private static int distance(DatasetId wanted, DatasetId known) {
    return wanted.table().equals(known.table()) ? 1 : edits(wanted.toString(), known.toString());
  }

  /** How many characters must be inserted, removed or replaced: Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
