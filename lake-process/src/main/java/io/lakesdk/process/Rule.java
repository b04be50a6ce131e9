package io.lakesdk.process;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a row must be like. As with a CHECK of SQL, a row breaks a rule only where the rule is
 * false: a NULL breaks {@link #notNull} and no other rule.
 *
 * <p>Bounds and choices are whole numbers, {@code Float}, {@code Double}, {@code BigDecimal},
 * {@code String}, {@code Boolean}, {@code LocalDate}, {@code LocalDateTime} or {@code Instant} (as
 * a timestamp in UTC), and are compared as Athena compares them with the column.
 */
public sealed interface Rule {

  /** How reports and the rows kept aside call it; no other rule of the step has this name. */
  String name();

  /** What is wrong with a row that breaks it, without the row's values: {@code origin is null}. */
  String violation();

  /** The columns that it names; empty where only the condition's text knows. */
  List<String> columns();

  /** The column has a value. */
  static Rule notNull(String column) {
    return new NotNull(column);
  }

  /** The value is {@code low}, {@code high}, or something between them. */
  static <T extends Comparable<? super T>> Rule between(String column, T low, T high) {
    if (low.compareTo(high) > 0) {
      throw new InvalidDefinitionException(
          "define",
          Subject.of(Subject.Kind.RULE, "between(" + column + ")"),
          "its lower bound " + low + " is above its upper bound " + high + "; swap them");
    }
    return new Between(column, low, high);
  }

  /**
   * The whole text matches.
   *
   * @param pattern a regular expression as {@code regexp_like} of Athena takes it
   */
  static Rule matches(String column, String pattern) {
    return new Matches(column, pattern);
  }

  /** The value is one of these. */
  static Rule oneOf(String column, Object... values) {
    return new OneOf(column, List.of(values));
  }

  /**
   * No other row has the same values in these columns. Every row of those that share them breaks
   * the rule, the first one too, since nothing says which of them is right; a row with a NULL among
   * them breaks it never.
   */
  static Rule unique(String... columns) {
    return new Unique(List.of(columns));
  }

  /**
   * A condition of your own.
   *
   * @param name what holds for a good row, in words
   * @param condition a boolean expression in Athena's SQL over the columns of the rows
   */
  static Rule that(String name, String condition) {
    return new That(name, condition);
  }

  /** See {@link Rule#notNull}. */
  record NotNull(String column) implements Rule {
    public NotNull {
      RuleArguments.column("notNull", column);
    }

    @Override
    public String name() {
      return "notNull(" + column + ")";
    }

    @Override
    public String violation() {
      return column + " is null";
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /** See {@link Rule#between}. */
  record Between(String column, Object low, Object high) implements Rule {
    public Between {
      RuleArguments.column("between", column);
      RuleArguments.value("between", column, low);
      RuleArguments.value("between", column, high);
    }

    @Override
    public String name() {
      return "between(" + column + ")";
    }

    @Override
    public String violation() {
      return column + " is not between " + low + " and " + high;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /** See {@link Rule#matches}. */
  record Matches(String column, String pattern) implements Rule {
    public Matches {
      RuleArguments.column("matches", column);
      Objects.requireNonNull(pattern, "pattern");
    }

    @Override
    public String name() {
      return "matches(" + column + ")";
    }

    @Override
    public String violation() {
      return column + " does not match " + pattern;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /** See {@link Rule#oneOf}. */
  record OneOf(String column, List<Object> values) implements Rule {
    public OneOf {
      RuleArguments.column("oneOf", column);
      values = List.copyOf(values);
      RuleArguments.notEmpty("oneOf(" + column + ")", values, "values");
      for (Object value : values) {
        RuleArguments.value("oneOf", column, value);
      }
    }

    @Override
    public String name() {
      return "oneOf(" + column + ")";
    }

    @Override
    public String violation() {
      return column
          + " is not one of "
          + values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /** See {@link Rule#unique}. */
  record Unique(List<String> columns) implements Rule {
    public Unique {
      columns = List.copyOf(columns);
      RuleArguments.notEmpty("unique", columns, "columns");
      for (String column : columns) {
        RuleArguments.column("unique", column);
      }
    }

    @Override
    public String name() {
      return "unique(" + String.join(", ", columns) + ")";
    }

    @Override
    public String violation() {
      return String.join(", ", columns) + " is not unique";
    }
  }

  /** See {@link Rule#that}. */
  record That(String name, String condition) implements Rule {
    public That {
      RuleArguments.text("name", name);
      RuleArguments.text("condition", condition);
    }

    @Override
    public String violation() {
      return "it is not so that " + condition;
    }

    @Override
    public List<String> columns() {
      return List.of();
    }
  }
}
