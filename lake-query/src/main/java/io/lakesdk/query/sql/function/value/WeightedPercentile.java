package io.lakesdk.query.sql.function.value;

import io.lakesdk.query.sql.function.BadArgument;
import java.util.ArrayList;
import java.util.List;

/**
 * The value below which a share of all weights lies, of values that are sorted. Between two values
 * of which one has a weight above one it lies between them, as with the digests of Trino's {@code
 * approx_percentile}, which are exact as long as there are few values. Source: Dunning, "Computing
 * extremely accurate quantiles using t-digests".
 */
public final class WeightedPercentile {

  private WeightedPercentile() {}

  /**
   * One for each share.
   *
   * @param values in order, at least one
   * @param weights of each
   * @param shares from 0 to 1
   * @param whole whether they are rounded
   * @throws BadArgument if a weight or a share is out of range
   */
  public static List<Double> of(List<?> values, List<?> weights, List<?> shares, boolean whole) {
    if (weights.stream().anyMatch(weight -> ((Number) weight).doubleValue() < 1)) {
      throw new BadArgument("weight must be >= 1");
    }
    List<Double> all = new ArrayList<>();
    for (Object each : shares) {
      double share = ((Number) each).doubleValue();
      if (!(share >= 0 && share <= 1)) {
        throw new BadArgument("Percentile must be between 0 and 1");
      }
      double found = of(values, weights, share);
      all.add(whole ? Math.round(found) : found);
    }
    return all;
  }

  private static double of(List<?> values, List<?> weights, double share) {
    int last = values.size() - 1;
    double total = weights.stream().mapToDouble(weight -> ((Number) weight).doubleValue()).sum();
    double wanted = share * total;
    if (last == 0 || wanted < Math.max(1, at(weights, 0) / 2)) {
      return at(values, 0);
    } else if (wanted > total - 1 || total - wanted <= at(weights, last) / 2) {
      return at(values, last);
    }
    double before = at(weights, 0) / 2;
    for (int i = 0; i < last; i++) {
      double left = at(weights, i);
      double right = at(weights, i + 1);
      double after = before + (left + right) / 2;
      if (after > wanted) {
        return between(
            at(values, i),
            left == 1,
            wanted - before,
            at(values, i + 1),
            right == 1,
            after - wanted);
      }
      before = after;
    }
    return at(values, last);
  }

  /** A value of weight one is a point, and has half of its weight on each side of it. */
  private static double between(
      double left,
      boolean leftIsPoint,
      double fromLeft,
      double right,
      boolean rightIsPoint,
      double toRight) {
    if (leftIsPoint && fromLeft < 0.5) {
      return left;
    } else if (rightIsPoint && toRight <= 0.5) {
      return right;
    }
    double ofRight = fromLeft - (leftIsPoint ? 0.5 : 0);
    double ofLeft = toRight - (rightIsPoint ? 0.5 : 0);
    return (left * ofLeft + right * ofRight) / (ofLeft + ofRight);
  }

  private static double at(List<?> numbers, int index) {
    return ((Number) numbers.get(index)).doubleValue();
  }
}
