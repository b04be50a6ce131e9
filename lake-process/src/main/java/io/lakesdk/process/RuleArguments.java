package io.lakesdk.process;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/** Refuses what cannot be part of a rule. */
final class RuleArguments {

  private static final Set<Class<?>> VALUES =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          BigInteger.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          String.class,
          Boolean.class,
          LocalDate.class,
          LocalDateTime.class,
          Instant.class);

  private RuleArguments() {}

  static void column(String rule, String column) {
    Objects.requireNonNull(column, "column");
    if (column.isBlank()) {
      throw invalid(rule, "the name of its column is empty; name the column that it is about");
    }
  }

  static void value(String rule, String column, Object value) {
    if (!VALUES.contains(value.getClass())) {
      throw invalid(
          rule + "(" + column + ")",
          "a value of "
              + value.getClass().getName()
              + " cannot be compared with a column; use a number, String, Boolean, LocalDate,"
              + " LocalDateTime or Instant");
    }
  }

  static void notEmpty(String rule, Collection<?> given, String what) {
    if (given.isEmpty()) {
      throw invalid(rule, "it has no " + what + "; give at least one");
    }
  }

  static void text(String what, String text) {
    Objects.requireNonNull(text, what);
    if (text.isBlank()) {
      throw invalid("that", "its " + what + " is empty; say in words what holds, then in SQL");
    }
  }

  private static InvalidDefinitionException invalid(String rule, String reason) {
    return new InvalidDefinitionException("define", Subject.of(Subject.Kind.RULE, rule), reason);
  }
}
