package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.List;
import java.util.Optional;

/** Result types {@code varchar(n)} whose length follows from those of the arguments. */
final class Lengths {

  /** The length of a varchar without one. */
  private static final double UNBOUNDED = Integer.MAX_VALUE;

  private Lengths() {}

  /** The length of the result, given those of the arguments. */
  interface Rule {
    double length(double[] lengths);
  }

  /** As long as the rule says; without a length if that is beyond every length. */
  static SqlType of(List<Typed> arguments, Rule rule) {
    double[] lengths = arguments.stream().mapToDouble(one -> length(one.type())).toArray();
    double length = rule.length(lengths);
    return new SqlType.Varchar(length >= UNBOUNDED ? Optional.empty() : Optional.of((int) length));
  }

  /** A function whose result is as long as the rule says. */
  static Renderer of(Renderer function, Rule rule) {
    return (arguments, result) -> function.render(arguments, of(arguments, rule));
  }

  /** A function whose result is at most as long as its first argument. */
  static Renderer ofFirst(Renderer function) {
    return of(function, lengths -> lengths[0]);
  }

  static Renderer ofFirst(String pattern) {
    Template template = Template.of(pattern);
    return ofFirst(template::fill);
  }

  private static double length(SqlType type) {
    if (type instanceof SqlType.Char fixed) {
      return fixed.length();
    }
    return type instanceof SqlType.Varchar text
        ? text.length().map(Integer::doubleValue).orElse(UNBOUNDED)
        : UNBOUNDED;
  }
}
