package io.lakesdk.query.sql.function.value;

import io.lakesdk.query.sql.function.BadArgument;
import java.util.ArrayList;
import java.util.List;

/** The ways to choose some of many, as positions from 1. */
public final class Combinations {

  private static final int MOST_CHOSEN = 5;
  private static final int MOST = 100_000;

  private Combinations() {}

  public static List<List<Long>> of(long many, long chosen) {
    if (chosen < 0 || chosen > MOST_CHOSEN) {
      throw new BadArgument(
          chosen < 0
              ? "combination size must not be negative"
              : "combination size must not exceed " + MOST_CHOSEN);
    }
    List<List<Long>> all = new ArrayList<>();
    if (chosen <= many) {
      add(all, many, (int) chosen, new ArrayList<>());
    }
    return all;
  }

  /** The last position grows slowest. */
  private static void add(List<List<Long>> all, long upTo, int missing, List<Long> later) {
    if (missing == 0) {
      if (all.size() == MOST) {
        throw new BadArgument("combinations exceed max size");
      }
      all.add(List.copyOf(later));
      return;
    }
    for (long last = missing; last <= upTo; last++) {
      List<Long> more = new ArrayList<>(List.of(last));
      more.addAll(later);
      add(all, last - 1, missing - 1, more);
    }
  }
}
