package io.lakesdk.query.projection;

import com.google.common.collect.BoundType;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.draft.PartitionCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a filter says of one partition key: no value outside of these ranges is admitted, and of
 * those inside not all need be.
 */
record Domain(ImmutableRangeSet<Value> ranges) {

  static final Domain ALL = new Domain(ImmutableRangeSet.of(Range.all()));
  private static final Domain NONE = new Domain(ImmutableRangeSet.of());

  /**
   * A value of a key, in the order in which keys are compared.
   *
   * @param of a {@code Long} or a {@code String}, of one key always the same
   */
  record Value(Object of) implements Comparable<Value> {
    @Override
    public int compareTo(Value other) {
      return PartitionCheck.order(of, other.of);
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
      ImmutableRangeSet<Value> all = ALL.ranges;
      for (PartitionFilter one : and.all()) {
        all = all.intersection(of(one, key, check).ranges);
      }
      return new Domain(all);
    } else if (filter instanceof PartitionFilter.Or or) {
      List<Range<Value>> any = new ArrayList<>();
      or.any().forEach(one -> any.addAll(of(one, key, check).ranges.asRanges()));
      return new Domain(ImmutableRangeSet.unionOf(any));
    }
    return ALL;
  }

  private static Domain compared(PartitionFilter.Compare compare) {
    Value value = new Value(compare.value());
    return switch (compare.operator()) {
      case EQUAL -> of(Range.singleton(value));
      case NOT_EQUAL -> ALL;
      case LESS -> of(Range.lessThan(value));
      case AT_MOST -> of(Range.atMost(value));
      case MORE -> of(Range.greaterThan(value));
      case AT_LEAST -> of(Range.atLeast(value));
    };
  }

  static Domain of(Range<Value> range) {
    return new Domain(ImmutableRangeSet.of(range));
  }

  boolean isAll() {
    return ranges.encloses(Range.all());
  }

  /** The values, if these are single ones. */
  Optional<List<Object>> points() {
    List<Object> points = new ArrayList<>();
    for (Range<Value> range : ranges.asRanges()) {
      boolean point =
          range.hasLowerBound()
              && range.hasUpperBound()
              && range.lowerEndpoint().equals(range.upperEndpoint());
      if (!point) {
        return Optional.empty();
      }
      points.add(range.lowerEndpoint().of());
    }
    return Optional.of(points);
  }

  /** Whether a value is less than all of a range. */
  static boolean isBefore(Value value, Range<Value> range) {
    if (!range.hasLowerBound()) {
      return false;
    }
    int order = value.compareTo(range.lowerEndpoint());
    return order < 0 || (order == 0 && range.lowerBoundType() == BoundType.OPEN);
  }

  /** Whether a value is more than all of a range. */
  static boolean isAfter(Value value, Range<Value> range) {
    if (!range.hasUpperBound()) {
      return false;
    }
    int order = value.compareTo(range.upperEndpoint());
    return order > 0 || (order == 0 && range.upperBoundType() == BoundType.OPEN);
  }
}
