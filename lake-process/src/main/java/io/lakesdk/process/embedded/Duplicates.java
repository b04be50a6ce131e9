package io.lakesdk.process.embedded;

import io.lakesdk.process.Rule;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values that rows share although a rule wants them unique, to join the rows with. There are
 * few of them, or none, where data is good.
 *
 * @param rule the rule
 * @param values one row for each of them
 * @param alias what the join calls them
 */
record Duplicates(Rule.Unique rule, Relation values, String alias) {

  static Duplicates find(Workbench workbench, Relation rows, Rule.Unique rule, int number) {
    String alias = "duplicates" + number;
    List<String> columns = rule.columns().stream().map(SqlText::name).toList();
    String keys =
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i) + " AS " + key(alias, i))
            .collect(Collectors.joining(", "));
    String known =
        columns.stream().map(c -> c + " IS NOT NULL").collect(Collectors.joining(" AND "));
    Relation values =
        workbench.keep(
            workbench.sql(
                "SELECT %s FROM input WHERE %s GROUP BY %s HAVING count(*) > 1"
                    .formatted(keys, known, String.join(", ", columns)),
                Map.of("input", rows),
                Map.of()));
    return new Duplicates(rule, values, alias);
  }

  /** Joins them to the relation {@code input}. */
  String join() {
    String on =
        IntStream.range(0, rule.columns().size())
            .mapToObj(
                i ->
                    "input."
                        + SqlText.name(rule.columns().get(i))
                        + " = "
                        + alias
                        + "."
                        + key(alias, i))
            .collect(Collectors.joining(" AND "));
    return " LEFT JOIN " + alias + " ON " + on;
  }

  /** The rule on rows joined so. */
  RuleCondition condition() {
    return new RuleCondition(rule, "(" + key(alias, 0) + " IS NOT NULL)", Map.of());
  }

  private static String key(String alias, int i) {
    return alias + "_key" + i;
  }
}
