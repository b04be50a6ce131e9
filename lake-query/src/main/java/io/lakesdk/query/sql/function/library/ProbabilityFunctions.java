package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.value.Distributions;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.type.SqlType;
import java.util.List;

/** Distributions, distances of vectors, buckets. */
final class ProbabilityFunctions {

  private ProbabilityFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    vectors(table);
    return table
        .java(
            "normal_cdf(double, double, double) double",
            arguments -> {
              double deviation = positive(arguments.number(1), "standardDeviation must be > 0");
              return Distributions.normal((arguments.number(2) - arguments.number(0)) / deviation);
            })
        .java(
            "inverse_normal_cdf(double, double, double) double",
            arguments -> {
              double p = arguments.number(2);
              require(p > 0 && p < 1, "p must be 0 > p > 1");
              double deviation = positive(arguments.number(1), "sd must be > 0");
              return arguments.number(0) + deviation * Distributions.inverseNormal(p);
            })
        .java(
            "beta_cdf(double, double, double) double",
            arguments -> {
              double value = arguments.number(2);
              require(value >= 0 && value <= 1, "value must be in the interval [0, 1]");
              return Distributions.beta(a(arguments), b(arguments), value);
            })
        .java(
            "inverse_beta_cdf(double, double, double) double",
            arguments -> {
              double p = arguments.number(2);
              require(p >= 0 && p <= 1, "p must be in the interval [0, 1]");
              return Distributions.inverseBeta(a(arguments), b(arguments), p);
            })
        .java(
            "t_cdf(double, double) double",
            arguments -> Distributions.student(arguments.number(0), freedom(arguments)))
        .java(
            "t_pdf(double, double) double",
            arguments -> Distributions.studentDensity(arguments.number(0), freedom(arguments)))
        .java(
            "wilson_interval_lower(bigint, bigint, double) double",
            arguments -> wilson(arguments, -1))
        .java(
            "wilson_interval_upper(bigint, bigint, double) double",
            arguments -> wilson(arguments, 1))
        .java(
            "width_bucket(double, double, double, bigint) bigint",
            arguments ->
                bucket(
                    arguments.number(0),
                    arguments.number(1),
                    arguments.number(2),
                    arguments.whole(3)))
        .java(
            "width_bucket(double, array(double)) bigint",
            arguments -> bucket(arguments.number(0), arguments.list(1)));
  }

  private static void vectors(FunctionTable table) {
    table
        .scalar(
            "cosine_similarity(array(double), array(double)) double",
            vector("list_cosine_similarity({0}, {1})"))
        .scalar(
            "cosine_distance(array(double), array(double)) double",
            vector("1 - list_cosine_similarity({0}, {1})"))
        .scalar(
            "dot_product(array(double), array(double)) double",
            vector("list_inner_product({0}, {1})"))
        .scalar(
            "euclidean_distance(array(double), array(double)) double",
            vector("list_distance({0}, {1})"))
        .scalar(
            "cosine_similarity(map(varchar,double), map(varchar,double)) double",
            "(list_sum(list_transform(map_keys({0}), lambda k: coalesce({0}[k] * {1}[k], 0)))"
                + " / (sqrt(list_sum(list_transform(map_values({0}), lambda v: v * v)))"
                + " * sqrt(list_sum(list_transform(map_values({1}), lambda v: v * v)))))");
  }

  private static String vector(String distance) {
    return "CASE WHEN len({0}) <> len({1}) THEN "
        + Raise.VECTOR_LENGTHS.sql(SqlType.Simple.DOUBLE)
        + " ELSE "
        + distance
        + " END";
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw new BadArgument(reason);
    }
  }

  private static double positive(double value, String reason) {
    require(value > 0, reason);
    return value;
  }

  private static double a(Arguments arguments) {
    return positive(arguments.number(0), "a must be > 0");
  }

  private static double b(Arguments arguments) {
    return positive(arguments.number(1), "b must be > 0");
  }

  private static double freedom(Arguments arguments) {
    return positive(arguments.number(1), "df must be greater than 0");
  }

  private static double wilson(Arguments arguments, int sign) {
    long successes = arguments.whole(0);
    long trials = arguments.whole(1);
    double z = arguments.number(2);
    require(successes >= 0, "number of successes must not be negative");
    require(trials > 0, "number of trials must be positive");
    require(successes <= trials, "number of successes must not be larger than number of trials");
    require(z >= 0, "z-score must not be negative");
    double n = trials;
    double p = successes / n;
    double middle = p + z * z / (2 * n);
    double width = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return (middle + sign * width) / (1 + z * z / n);
  }

  private static long bucket(double value, double from, double to, long count) {
    require(count > 0, "bucketCount must be greater than 0");
    require(!Double.isNaN(value), "operand must not be NaN");
    require(Double.isFinite(from), "first bound must be finite");
    require(Double.isFinite(to), "second bound must be finite");
    require(from != to, "bounds cannot equal each other");
    double lower = Math.min(from, to);
    double upper = Math.max(from, to);
    long bucket =
        value < lower
            ? 0
            : value >= upper
                ? Math.addExact(count, 1)
                : (long) (count * (value - lower) / (upper - lower) + 1);
    return from > to ? count - bucket + 1 : bucket;
  }

  private static long bucket(double value, List<?> bins) {
    require(!bins.isEmpty(), "Bins cannot be an empty array");
    require(!Double.isNaN(value), "Operand cannot be NaN");
    int lower = 0;
    int upper = bins.size();
    while (lower < upper) {
      require(
          bin(bins, lower) <= bin(bins, upper - 1), "Bin values are not sorted in ascending order");
      int middle = (lower + upper) / 2;
      if (value < bin(bins, middle)) {
        upper = middle;
      } else {
        lower = middle + 1;
      }
    }
    return lower;
  }

  private static double bin(List<?> bins, int index) {
    return ((Number) bins.get(index)).doubleValue();
  }
}
