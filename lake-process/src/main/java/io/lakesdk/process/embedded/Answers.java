package io.lakesdk.process.embedded;

import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small answers of a workbench. */
final class Answers {

  private final Workbench workbench;

  Answers(Workbench workbench) {
    this.workbench = workbench;
  }

  long count(Relation relation) {
    return numbers(workbench.sql("SELECT count(*) FROM input", Map.of("input", relation), Map.of()))
        .get(0);
  }

  /** The numbers of a relation's only row. */
  List<Long> numbers(Relation relation) {
    try (Rows rows = workbench.stream(relation)) {
      List<@Nullable Object> row =
          rows.asLists()
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("an aggregate without a row"));
      return row.stream()
          .map(
              value -> {
                if (value instanceof Number number) {
                  return number.longValue();
                }
                throw new IllegalStateException("a count that is no number");
              })
          .toList();
    }
  }
}
