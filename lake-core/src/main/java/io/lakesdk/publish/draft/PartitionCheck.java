package io.lakesdk.publish.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Any;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.IsNull;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.PartitionFilter.Or;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a filter admits a partition of one dataset, told from the partition's values. A list of
 * values of one key, admitted or excluded, takes no longer for being long.
 */
public final class PartitionCheck {

  /** Checking recurses as deep as the filter nests. */
  private static final int DEEPEST = 1_000;

  private final DatasetId dataset;
  private final Layout layout;
  private final Test test;

  /**
   * @throws InvalidDefinitionException if the filter names a key that the dataset has not, or nests
   *     more than 1,000 deep
   */
  public PartitionCheck(DatasetId dataset, Layout layout, PartitionFilter filter) {
    this.dataset = dataset;
    this.layout = layout;
    this.test = test(filter, 0);
  }

  /** Whether these values, as {@link Layout#values} gives them, are admitted. */
  public boolean admits(List<@Nullable Object> values) {
    return test.holds(values);
  }

  public boolean admits(Partition partition) {
    return admits(layout.values(dataset.toString(), partition));
  }

  /** Where a key is among the dataset's. */
  public int position(String key) {
    return layout
        .position(key)
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "filter by", Subject.column(key), "dataset " + dataset + " is " + layout));
  }

  /** Whether the key's values are compared with this one; otherwise all of them are admitted. */
  public boolean isComparable(Compare compare) {
    Object value = compare.value();
    return switch (layout.keys().get(position(compare.key())).kind()) {
      case INTEGER -> value instanceof Long;
      case TEXT -> value instanceof String;
      case OTHER -> false;
    };
  }

  /** The order of two values of one key. */
  public static int order(Object a, Object b) {
    return a instanceof Long number
        ? Long.compare(number, (Long) b)
        : Arrays.compareUnsigned(((String) a).getBytes(UTF_8), ((String) b).getBytes(UTF_8));
  }

  private interface Test {
    boolean holds(List<@Nullable Object> values);
  }

  private Test test(PartitionFilter filter, int depth) {
    if (depth > DEEPEST) {
      throw new InvalidDefinitionException(
          "filter",
          Subject.dataset(dataset),
          "the filter nests more than " + DEEPEST + " deep; join its conditions in fewer levels");
    }
    if (filter instanceof Any) {
      return values -> true;
    }
    if (filter instanceof IsNull isNull) {
      int position = position(isNull.key());
      return values -> values.get(position) == null;
    }
    if (filter instanceof Compare compare) {
      return isComparable(compare) ? compared(compare) : values -> true;
    }
    if (filter instanceof And and) {
      List<Test> all = tests(and.all(), Operator.NOT_EQUAL, depth);
      return (List<@Nullable Object> values) -> {
        for (Test one : all) {
          if (!one.holds(values)) {
            return false;
          }
        }
        return true;
      };
    }
    List<Test> any = tests(((Or) filter).any(), Operator.EQUAL, depth);
    return (List<@Nullable Object> values) -> {
      for (Test one : any) {
        if (one.holds(values)) {
          return true;
        }
      }
      return false;
    };
  }

  /** The tests of parts, of which the comparisons of a key with this operator are one. */
  private List<Test> tests(List<PartitionFilter> parts, Operator listed, int depth) {
    List<Test> tests = new ArrayList<>();
    Map<Integer, Set<Object>> lists = new HashMap<>();
    for (PartitionFilter part : parts) {
      if (part instanceof Compare compare
          && compare.operator() == listed
          && isComparable(compare)) {
        lists.computeIfAbsent(position(compare.key()), key -> new HashSet<>()).add(compare.value());
      } else {
        tests.add(test(part, depth + 1));
      }
    }
    boolean wanted = listed == Operator.EQUAL;
    lists.forEach(
        (position, list) ->
            tests.add(
                0,
                values -> {
                  Object value = values.get(position);
                  return value != null && list.contains(value) == wanted;
                }));
    return tests;
  }

  private Test compared(Compare compare) {
    int position = position(compare.key());
    return values -> {
      Object value = values.get(position);
      return value != null && holds(compare.operator(), order(value, compare.value()));
    };
  }

  private static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }
}
