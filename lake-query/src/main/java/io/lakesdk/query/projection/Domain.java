package io.lakesdk.query.projection;

import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.draft.PartitionCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says of one partition key: no value outside of these ranges is admitted, and of
 * those inside not all need be.
 *
 * @param ranges in no order; they may overlap. Empty where nothing is said
 */
record Domain(Optional<List<Range>> ranges) {

  private static final long MOST_INTERSECTED = 1_000_000;
  private static final Domain ALL = new Domain(Optional.empty());
  private static final Domain NONE = new Domain(Optional.of(List.of()));

  /**
   * Values between two ends, which are as those of {@link PartitionFilter.Compare}.
   *
   * @param low the least, or null
   * @param high the most, or null
   */
  record Range(@Nullable Object low, boolean withLow, @Nullable Object high, boolean withHigh) {

    static Range point(Object value) {
      return new Range(value, true, value, true);
    }

    boolean isPoint() {
      return low != null && high != null && low.equals(high);
    }

    /** Whether a value is less than all of these. */
    boolean isAbove(Object value) {
      int order = low == null ? 1 : PartitionCheck.order(value, low);
      return order < 0 || (order == 0 && !withLow);
    }

    /** Whether a value is more than all of these. */
    boolean isBelow(Object value) {
      int order = high == null ? -1 : PartitionCheck.order(value, high);
      return order > 0 || (order == 0 && !withHigh);
    }

    boolean contains(Object value) {
      return !isAbove(value) && !isBelow(value);
    }

    Optional<Range> and(Range other) {
      Range from = other.startsIn(this) ? other : this;
      Range to = other.endsIn(this) ? other : this;
      Range both = new Range(from.low, from.withLow, to.high, to.withHigh);
      return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    private boolean startsIn(Range other) {
      if (low == null || other.low == null) {
        return low != null;
      }
      int order = PartitionCheck.order(low, other.low);
      return order > 0 || (order == 0 && !withLow);
    }

    private boolean endsIn(Range other) {
      if (high == null || other.high == null) {
        return high != null;
      }
      int order = PartitionCheck.order(high, other.high);
      return order < 0 || (order == 0 && !withHigh);
    }

    private boolean isEmpty() {
      if (low == null || high == null) {
        return false;
      }
      int order = PartitionCheck.order(low, high);
      return order > 0 || (order == 0 && !(withLow && withHigh));
    }
  }

  /**
   * What a filter says of a key.
   *
   * @param check tells which comparisons count
   */
  static Domain of(PartitionFilter filter, String key, PartitionCheck check) {
    if (filter instanceof PartitionFilter.IsNull isNull) {
      return isNull.key().equals(key) ? NONE : ALL;
    } else if (filter instanceof PartitionFilter.Compare compare) {
      return compare.key().equals(key) && check.isComparable(compare) ? compared(compare) : ALL;
    } else if (filter instanceof PartitionFilter.And and) {
      Domain all = ALL;
      for (PartitionFilter one : and.all()) {
        all = all.and(of(one, key, check));
      }
      return all;
    } else if (filter instanceof PartitionFilter.Or or) {
      return any(or, key, check);
    }
    return ALL;
  }

  private static Domain any(PartitionFilter.Or or, String key, PartitionCheck check) {
    Set<Range> ranges = new LinkedHashSet<>();
    for (PartitionFilter one : or.any()) {
      Domain domain = of(one, key, check);
      if (domain.ranges().isEmpty()) {
        return ALL;
      }
      ranges.addAll(domain.ranges().get());
    }
    return new Domain(Optional.of(List.copyOf(ranges)));
  }

  private static Domain compared(PartitionFilter.Compare compare) {
    Object value = compare.value();
    return switch (compare.operator()) {
      case EQUAL -> of(Range.point(value));
      case NOT_EQUAL -> ALL;
      case LESS -> of(new Range(null, false, value, false));
      case AT_MOST -> of(new Range(null, false, value, true));
      case MORE -> of(new Range(value, false, null, false));
      case AT_LEAST -> of(new Range(value, true, null, false));
    };
  }

  private static Domain of(Range range) {
    return new Domain(Optional.of(List.of(range)));
  }

  private Domain and(Domain other) {
    if (ranges.isEmpty() || other.ranges.isEmpty()) {
      return ranges.isEmpty() ? other : this;
    }
    List<Range> mine = ranges.get();
    List<Range> others = other.ranges.get();
    if ((long) mine.size() * others.size() > MOST_INTERSECTED) {
      return mine.size() < others.size() ? this : other;
    }
    Set<Range> both = new LinkedHashSet<>();
    for (Range a : mine) {
      for (Range b : others) {
        a.and(b).ifPresent(both::add);
      }
    }
    return new Domain(Optional.of(List.copyOf(both)));
  }

  /** The values, if these are single ones. */
  Optional<List<Object>> points() {
    if (ranges.isEmpty() || !ranges.get().stream().allMatch(Range::isPoint)) {
      return Optional.empty();
    }
    List<Object> points = new ArrayList<>();
    for (Range range : ranges.get()) {
      if (range.low() != null) {
        points.add(range.low());
      }
    }
    return Optional.of(points);
  }

  boolean contains(Object value) {
    return ranges.isEmpty() || ranges.get().stream().anyMatch(range -> range.contains(value));
  }
}
