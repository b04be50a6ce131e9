package io.lakesdk.process.embedded;

import io.lakesdk.process.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A rule as a condition of Athena's SQL that is true for the rows that break it, and NULL or false
 * for the others.
 *
 * @param rule which
 * @param broken the condition, over the columns of the rows
 * @param parameters values of the parameters in it
 */
record RuleCondition(Rule rule, String broken, Map<String, Object> parameters) {

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern CHANGING =
      Pattern.compile("\\b(rand|random|uuid|shuffle)\\s*\\(", Pattern.CASE_INSENSITIVE);

  /**
   * Renders a rule on single rows.
   *
   * @param number makes the names of its parameters its own
   */
  static RuleCondition of(Rule rule, int number) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    String prefix = "rule" + number + "_";
    String broken;
    if (rule instanceof Rule.NotNull notNull) {
      broken = SqlText.name(notNull.column()) + " IS NULL";
    } else if (rule instanceof Rule.Between between) {
      parameters.put(prefix + "low", between.low());
      parameters.put(prefix + "high", between.high());
      broken =
          SqlText.name(between.column())
              + (" NOT BETWEEN :" + prefix + "low AND :" + prefix + "high");
    } else if (rule instanceof Rule.Matches matches) {
      broken =
          "NOT regexp_like("
              + SqlText.name(matches.column())
              + ", "
              + SqlText.string("^(?:" + matches.pattern() + ")$")
              + ")";
    } else if (rule instanceof Rule.OneOf oneOf) {
      List<String> names = new ArrayList<>();
      for (Object value : oneOf.values()) {
        String name = prefix + names.size();
        parameters.put(name, value);
        names.add(":" + name);
      }
      broken = SqlText.name(oneOf.column()) + " NOT IN (" + String.join(", ", names) + ")";
    } else if (rule instanceof Rule.That that) {
      // On a line of its own, so that a comment at its end does not swallow the parenthesis.
      broken = "NOT (\n" + that.condition() + "\n)";
    } else {
      throw new IllegalStateException("not a rule on single rows: " + rule.name());
    }
    return new RuleCondition(rule, "(" + broken + ")", parameters);
  }

  /** Whether it says the same of a row each time. */
  boolean isRepeatable() {
    return !(rule instanceof Rule.That that)
        || !CHANGING.matcher(QUOTED.matcher(that.condition()).replaceAll("''")).find();
  }
}
