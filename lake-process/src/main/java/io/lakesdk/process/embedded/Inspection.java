package io.lakesdk.process.embedded;

import io.lakesdk.process.Rule;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows held against rules. Counting reads only the columns that the rules name; {@link #good} and
 * {@link #bad} are lazy, and evaluate the rules again, so the rows must be the same each time that
 * they are read. Rules that are not are evaluated once and their verdicts kept.
 */
final class Inspection {

  private final Workbench workbench;
  private final List<Column> columns;
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final List<RuleCondition> conditions = new ArrayList<>();
  private final StringBuilder from = new StringBuilder("input");
  private final Map<String, Long> byRule = new LinkedHashMap<>();
  private long rows;
  private long broken;

  /**
   * Counts the rows that break rules.
   *
   * @param columns those of the rows that {@link #good} and {@link #bad} keep
   */
  Inspection(Workbench workbench, Relation input, List<Column> columns, List<Rule> rules) {
    this.workbench = workbench;
    this.columns = columns;
    relations.put("input", input);
    for (Rule rule : rules) {
      byRule.put(rule.name(), 0L);
      if (rule instanceof Rule.Unique unique) {
        addUnique(input, unique);
      } else {
        conditions.add(RuleCondition.of(rule, byRule.size()));
      }
    }
    conditions.forEach(condition -> parameters.putAll(condition.parameters()));
    if (!conditions.stream().allMatch(RuleCondition::isRepeatable)) {
      keepVerdicts(input);
    }
    count();
  }

  private void addUnique(Relation input, Rule.Unique rule) {
    Duplicates duplicates = Duplicates.find(workbench, input, rule, byRule.size());
    if (new Answers(workbench).count(duplicates.values()) > 0) {
      relations.put(duplicates.alias(), duplicates.values());
      from.append(duplicates.join());
      conditions.add(duplicates.condition());
    }
  }

  /** Replaces conditions by columns that hold what each of them said once. */
  private void keepVerdicts(Relation input) {
    List<RuleCondition> kept = new ArrayList<>();
    StringBuilder select = new StringBuilder("SELECT " + SqlText.names(input.columns()));
    for (RuleCondition condition : conditions) {
      String verdict = "verdict" + kept.size();
      select.append(", ").append(condition.broken()).append(" AS ").append(verdict);
      kept.add(new RuleCondition(condition.rule(), verdict, Map.of()));
    }
    Relation verdicts =
        workbench.keep(workbench.sql(select + " FROM " + from, relations, parameters));
    relations.clear();
    relations.put("input", verdicts);
    parameters.clear();
    from.setLength(0);
    from.append("input");
    conditions.clear();
    conditions.addAll(kept);
  }

  /**
   * Asks for each rule by itself: a condition on few columns reads those only, and where the
   * input's statistics say that no row can break it, it reads nothing.
   */
  private void count() {
    StringBuilder select = new StringBuilder("SELECT " + counted("true"));
    for (RuleCondition condition : conditions) {
      select.append(", ").append(counted(condition.broken()));
    }
    Answers answers = new Answers(workbench);
    List<Long> counts = answers.numbers(workbench.sql(select.toString(), relations, parameters));
    rows = counts.get(0);
    for (int i = 0; i < conditions.size(); i++) {
      byRule.put(conditions.get(i).rule().name(), counts.get(i + 1));
    }
    List<Long> broke = counts.subList(1, counts.size()).stream().filter(n -> n > 0).toList();
    broken =
        broke.size() < 2
            ? broke.stream().mapToLong(Long::longValue).sum()
            : answers
                .numbers(workbench.sql("SELECT " + counted(any()), relations, parameters))
                .get(0);
  }

  private String counted(String condition) {
    return "(SELECT count(*) FROM " + from + " WHERE " + condition + ")";
  }

  private String any() {
    return conditions.stream().map(RuleCondition::broken).collect(Collectors.joining(" OR "));
  }

  /** How many rows there are. */
  long rows() {
    return rows;
  }

  /** How many break a rule. */
  long broken() {
    return broken;
  }

  /** How many break each rule, by its name. */
  Map<String, Long> byRule() {
    return byRule;
  }

  /** The rows that break no rule. */
  Relation good() {
    return workbench.sql(
        "SELECT "
            + SqlText.names(columns)
            + " FROM "
            + from
            + " WHERE NOT coalesce("
            + any()
            + ", false)",
        relations,
        parameters);
  }

  /**
   * The rows that break rules, with the rules' names and what is wrong.
   *
   * @param more further columns, as a SELECT lists them
   * @param moreParameters values of the parameters in these
   */
  Relation bad(String more, Map<String, ?> moreParameters) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    all.putAll(moreParameters);
    return workbench.sql(
        "SELECT "
            + SqlText.names(columns)
            + ", "
            + texts(Rule::name)
            + " AS quarantine_rule, "
            + texts(Rule::violation)
            + " AS quarantine_reason, "
            + more
            + " FROM "
            + from
            + " WHERE "
            + any(),
        relations,
        all);
  }

  /** The texts of the rules that a row breaks, joined. */
  private String texts(Function<Rule, String> text) {
    return conditions.stream()
        .map(
            condition ->
                "CASE WHEN "
                    + condition.broken()
                    + " THEN "
                    + SqlText.string("; " + text.apply(condition.rule()))
                    + " ELSE '' END")
        .collect(Collectors.joining(" || ", "substr(", ", 3)"));
  }
}
