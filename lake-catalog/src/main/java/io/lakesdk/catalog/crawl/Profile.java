package io.lakesdk.catalog.crawl;

import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a column added up: how many of each kind, where the first of each stands, how long
 * they are. Keeps no value.
 */
final class Profile {

  private static final Set<TextKind> WHOLE =
      EnumSet.of(TextKind.INT, TextKind.BIGINT, TextKind.HUGE);
  private static final Set<TextKind> NUMBERS =
      EnumSet.of(TextKind.INT, TextKind.BIGINT, TextKind.HUGE, TextKind.DOUBLE);
  private static final Set<TextKind> TIMES = EnumSet.of(TextKind.DATE, TextKind.TIMESTAMP);

  private final Map<TextKind, Long> counts = new EnumMap<>(TextKind.class);
  private final Map<TextKind, Spot> firsts = new EnumMap<>(TextKind.class);
  private long values;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  void add(String text, String file, long line) {
    add(text.isEmpty() ? TextKind.WORD : TextKind.of(text), text.length(), file, line);
  }

  void add(TextKind kind, int length, String file, long line) {
    if (counts.merge(kind, 1L, Long::sum) == 1) {
      firsts.put(kind, new Spot(file, line));
    }
    values++;
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
  }

  long values() {
    return values;
  }

  int shortest() {
    return values == 0 ? 0 : shortest;
  }

  int longest() {
    return longest;
  }

  boolean has(TextKind kind) {
    return counts.containsKey(kind);
  }

  Optional<Spot> first() {
    return firsts.values().stream().findFirst();
  }

  /** The narrowest type that holds every value. */
  DataType type() {
    Set<TextKind> kinds = counts.keySet();
    if (kinds.isEmpty()) {
      return Primitive.STRING;
    }
    if (kinds.equals(EnumSet.of(TextKind.BOOLEAN))) {
      return Primitive.BOOLEAN;
    }
    if (WHOLE.containsAll(kinds)) {
      if (kinds.contains(TextKind.HUGE)) {
        return DataType.decimal(38, 0);
      }
      return kinds.contains(TextKind.BIGINT) ? Primitive.BIGINT : Primitive.INT;
    }
    if (NUMBERS.containsAll(kinds)) {
      return Primitive.DOUBLE;
    }
    if (TIMES.containsAll(kinds)) {
      return kinds.contains(TextKind.TIMESTAMP) ? Primitive.TIMESTAMP : Primitive.DATE;
    }
    return Primitive.STRING;
  }

  /** Why {@link #type} is what it is, without showing a value. */
  String reason() {
    if (values == 0) {
      return "no value in any row, so nothing narrower can be told";
    }
    if (counts.size() == 1) {
      TextKind kind = counts.keySet().iterator().next();
      return kind.plural() + " in all " + number(values) + " values";
    }
    TextKind decisive = decisive();
    Spot first = firsts.get(decisive);
    return decisive.plural()
        + " in "
        + number(counts.getOrDefault(decisive, 0L))
        + " of "
        + number(values)
        + " values, first at "
        + first;
  }

  /** The kind without which the type would be a narrower one. */
  private TextKind decisive() {
    Set<TextKind> kinds = counts.keySet();
    if (NUMBERS.containsAll(kinds)) {
      return last(kinds);
    }
    if (TIMES.containsAll(kinds)) {
      return TextKind.TIMESTAMP;
    }
    // What turns typed values into text is the rarest kind, unless texts are what there mostly is.
    TextKind rarest = TextKind.WORD;
    long fewest = Long.MAX_VALUE;
    for (Map.Entry<TextKind, Long> entry : counts.entrySet()) {
      boolean forces = entry.getKey().compareTo(TextKind.LEADING_ZERO) >= 0 || !anyForces();
      if (forces && entry.getValue() < fewest) {
        rarest = entry.getKey();
        fewest = entry.getValue();
      }
    }
    return rarest;
  }

  private boolean anyForces() {
    return last(counts.keySet()).compareTo(TextKind.LEADING_ZERO) >= 0;
  }

  private static TextKind last(Set<TextKind> kinds) {
    TextKind last = TextKind.BOOLEAN;
    for (TextKind kind : kinds) {
      last = kind.compareTo(last) > 0 ? kind : last;
    }
    return last;
  }

  static String number(long count) {
    return String.format(java.util.Locale.ROOT, "%,d", count);
  }
}
