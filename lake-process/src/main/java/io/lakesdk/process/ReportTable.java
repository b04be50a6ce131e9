package io.lakesdk.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Prints a report as a table with aligned columns. */
final class ReportTable {

  private static final List<String> HEAD =
      List.of("step", "rows in", "rows out", "kept aside", "time");

  private final RunReport report;

  ReportTable(RunReport report) {
    this.report = report;
  }

  String print() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    if (!report.steps().isEmpty()) {
      lines.addAll(table());
      lines.add(footer());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private String headline() {
    String what =
        switch (report.outcome()) {
          case PUBLISHED -> "published version " + report.version() + " of " + report.output();
          case REPEATED ->
              "changed nothing: it was published before, as version "
                  + report.version()
                  + " of "
                  + report.output();
          case UNCHANGED -> "changed nothing: no row that was kept aside passes now";
        };
    return "Pipeline "
        + report.pipeline()
        + " "
        + what
        + " in "
        + time(report.time())
        + " (load "
        + report.load()
        + ")";
  }

  private List<String> table() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEAD);
    for (StepReport step : report.steps()) {
      cells.add(
          List.of(
              step.number() + " " + step.name(),
              count(step.rowsIn()),
              count(step.rowsOut()),
              step.keptAsideByRule().isEmpty() ? "" : count(step.keptAside()),
              step.time().isZero() ? "" : time(step.time())));
      step.keptAsideByRule().entrySet().stream()
          .filter(rule -> rule.getValue() > 0)
          .forEach(
              rule ->
                  cells.add(List.of("    " + rule.getKey(), "", "", count(rule.getValue()), "")));
    }
    return cells.stream().map(row -> line(row, widths(cells))).toList();
  }

  private static List<Integer> widths(List<List<String>> cells) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < HEAD.size(); i++) {
      int column = i;
      widths.add(cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    return widths;
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder out = new StringBuilder("  ");
    out.append(row.get(0)).append(" ".repeat(widths.get(0) - row.get(0).length()));
    for (int i = 1; i < row.size(); i++) {
      out.append("  ").append(" ".repeat(widths.get(i) - row.get(i).length())).append(row.get(i));
    }
    return out.toString().stripTrailing();
  }

  private String footer() {
    String written =
        count(report.files())
            + (report.files() == 1 ? " file" : " files")
            + ", "
            + size(report.bytes());
    return report.quarantines().isEmpty()
        ? written
        : written
            + "; rows kept aside are in "
            + report.quarantines().stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String count(OptionalLong rows) {
    return rows.isPresent() ? count(rows.getAsLong()) : "";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String time(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }

  private static String size(long bytes) {
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
