package io.lakesdk.examples;

import io.lakesdk.query.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints what an example does, step by step, with the time that each step took. */
final class Story {

  private final long started = System.nanoTime();
  private int steps;
  private long stepStarted;

  void step(String title) {
    steps++;
    stepStarted = System.nanoTime();
    System.out.printf("%n%d. %s%n", steps, title);
  }

  void say(String text) {
    System.out.println(text.indent(3).stripTrailing());
  }

  void done() {
    System.out.printf("   (%d ms)%n", millisSince(stepStarted));
  }

  void end(String text) {
    System.out.printf("%n%s.%nAll of it took %d ms in this JVM.%n", text, millisSince(started));
  }

  /** Prints a small result as an aligned table. */
  void table(Rows rows) {
    List<String> names = rows.columns().stream().map(Rows.ResultColumn::name).toList();
    List<List<String>> lines = new ArrayList<>();
    lines.add(names);
    try (Stream<Map<String, @Nullable Object>> maps = rows.asMaps()) {
      maps.forEach(row -> lines.add(names.stream().map(n -> String.valueOf(row.get(n))).toList()));
    }
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      widths.add(lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1));
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder("| ");
      for (int i = 0; i < line.size(); i++) {
        text.append(String.format("%-" + widths.get(i) + "s", line.get(i))).append(" | ");
      }
      say(text.toString());
    }
    say(
        lines.size() == 1
            ? "(no rows)"
            : rows.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", "(", ")")));
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
