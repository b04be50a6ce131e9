package io.lakesdk.process.embedded;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Rule;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses rules that cannot be applied to the rows that reach them. Reads no row. */
final class RuleCheck {

  /** What a refused statement says before the reason; the place is in a statement made here. */
  private static final String PLACE = "^Cannot run query: (line \\d+:\\d+: )?";

  private final Workbench workbench;
  private final Pipeline pipeline;
  private final int number;

  /**
   * @param number of the step that the rules are of
   */
  RuleCheck(Workbench workbench, Pipeline pipeline, int number) {
    this.workbench = workbench;
    this.pipeline = pipeline;
    this.number = number;
  }

  void check(List<Rule> rules, Relation rows) {
    Schema schema = Schema.of(rows.columns());
    for (Rule rule : rules) {
      for (String column : rule.columns()) {
        if (schema.find(column).isEmpty()) {
          throw unfit(
              rule,
              "there is no column " + column + "; there are " + String.join(", ", schema.names()),
              null);
        }
      }
      if (!(rule instanceof Rule.Unique)) {
        translate(rule, rows);
      }
    }
  }

  private void translate(Rule rule, Relation rows) {
    RuleCondition condition = RuleCondition.of(rule, 1);
    try {
      workbench.sql(
          "SELECT count_if(" + condition.broken() + ") FROM input",
          Map.of("input", rows),
          condition.parameters());
    } catch (InvalidDefinitionException e) {
      String reason = String.valueOf(e.getMessage()).replaceFirst(PLACE, "");
      throw unfit(rule, reason, e);
    }
  }

  private InvalidDefinitionException unfit(
      Rule rule, String reason, @Nullable InvalidDefinitionException cause) {
    Subject subject = Subject.of(Subject.Kind.RULE, rule.name());
    String where = "at step " + number + " of pipeline " + pipeline.name() + ": " + reason;
    return cause == null
        ? new InvalidDefinitionException("apply", subject, where)
        : new InvalidDefinitionException("apply", subject, where, cause);
  }
}
