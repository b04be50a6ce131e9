package io.lakesdk.query.sql.function.value;

import java.util.function.DoubleUnaryOperator;

/** Distribution functions, to some 14 digits. */
public final class Distributions {

  private static final int MOST_STEPS = 500;
  private static final double SMALL = 1e-300;

  /** Lanczos' coefficients for g = 7. */
  private static final double[] LANCZOS = {
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private Distributions() {}

  public static double normal(double x) {
    double tail = upperGammaHalf(x * x / 2) / 2;
    return x < 0 ? tail : 1 - tail;
  }

  public static double inverseNormal(double p) {
    return found(Distributions::normal, p, -40, 40);
  }

  /** The regularised incomplete beta function. */
  public static double beta(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, x) / a
        : 1 - front * fraction(b, a, 1 - x) / b;
  }

  public static double inverseBeta(double a, double b, double p) {
    return found(x -> beta(a, b, x), p, 0, 1);
  }

  public static double student(double x, double freedom) {
    double tail = beta(freedom / 2, 0.5, freedom / (freedom + x * x)) / 2;
    return x < 0 ? tail : 1 - tail;
  }

  public static double studentDensity(double x, double freedom) {
    return Math.exp(
        logGamma((freedom + 1) / 2)
            - logGamma(freedom / 2)
            - Math.log(freedom * Math.PI) / 2
            - (freedom + 1) / 2 * Math.log1p(x * x / freedom));
  }

  /** Where a growing function has a value, by bisection. */
  private static double found(DoubleUnaryOperator function, double value, double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < MOST_STEPS && low < high; i++) {
      double middle = low + (high - low) / 2;
      if (middle == low || middle == high) {
        return middle;
      }
      if (function.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Lentz's continued fraction of the incomplete beta function. */
  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= MOST_STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      result *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < 1e-16) {
        break;
      }
    }
    return result;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < SMALL ? SMALL : value;
  }

  /** The upper regularised incomplete gamma function of 1/2, which is erfc of the root. */
  private static double upperGammaHalf(double x) {
    double a = 0.5;
    double front = Math.exp(-x + a * Math.log(x) - logGamma(a));
    if (x == 0) {
      return 1;
    }
    if (x < a + 1) {
      double term = 1 / a;
      double sum = term;
      for (int n = 1; n < MOST_STEPS && term > sum * 1e-17; n++) {
        term *= x / (a + n);
        sum += term;
      }
      return 1 - front * sum;
    }
    double b = x + 1 - a;
    double c = 1 / SMALL;
    double d = 1 / b;
    double result = d;
    for (int i = 1; i < MOST_STEPS; i++) {
      double step = -i * (i - a);
      b += 2;
      d = 1 / nonZero(step * d + b);
      c = nonZero(b + step / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < 1e-16) {
        break;
      }
    }
    return front * result;
  }

  private static double logGamma(double x) {
    if (x < 0.5) {
      return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    }
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x - 1 + 7.5;
    return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
