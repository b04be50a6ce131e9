package io.lakesdk.catalog;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.schema.Column;
import java.util.List;
import java.util.Locale;

/** Writes a preview for people. */
final class PreviewText {

  private static final int MOST_COLUMNS = 50;
  private static final int WIDEST = 40;

  private final StringBuilder text = new StringBuilder();

  private PreviewText() {}

  static String of(CrawlPreview preview) {
    PreviewText text = new PreviewText();
    long problems = preview.problems().size();
    text.line(
        "Crawl of "
            + preview.crawler()
            + ": "
            + counted(preview.tables().size(), "table")
            + (problems == 0 ? "" : ", " + counted(problems, "problem")));
    preview.tables().forEach(text::table);
    text.findings(
        "Problems, which must be mended or left out before this is applied:", preview.problems());
    text.findings("Notes:", preview.leavingOutProblems().findings());
    return text.text.toString().stripTrailing();
  }

  private void table(CrawledTable table) {
    Dataset dataset = table.dataset();
    line("");
    line(dataset.id() + standing(table));
    line(
        "  "
            + dataset.zone()
            + "/"
            + dataset.location()
            + ": "
            + counted(table.files().size(), "file")
            + " of "
            + shown(dataset.format())
            + ", "
            + bytes(table.bytes())
            + (table.isSampled()
                ? ", of which the beginning was looked at"
                : ", " + counted(table.rows(), "row")));
    List<ColumnEvidence> evidence = table.evidence();
    List<ColumnEvidence> first = evidence.stream().limit(MOST_COLUMNS).toList();
    int names = width(first.stream().map(of -> of.column().name()).toList());
    int types = width(first.stream().map(of -> of.column().type().toString()).toList());
    for (ColumnEvidence of : first) {
      Column column = of.column();
      boolean key = dataset.partitions().contains(column);
      line(
          "    "
              + pad(column.name(), names)
              + "  "
              + pad(column.type().toString(), types)
              + "  "
              + (key ? "partition key; " : "")
              + of.why());
    }
    if (evidence.size() > MOST_COLUMNS) {
      line("    and " + counted(evidence.size() - MOST_COLUMNS, "more column"));
    }
  }

  private static String standing(CrawledTable table) {
    String known =
        switch (table.standing()) {
          case NEW -> "new";
          case CHANGED -> "known, its definition changes";
          case UNCHANGED -> "known";
        };
    String files =
        table.unpublished() == 0
            ? ", no new files"
            : ", " + counted(table.unpublished(), "file") + " to add";
    return " (" + known + (table.standing() == CrawledTable.Standing.NEW ? "" : files) + ")";
  }

  private void findings(String title, List<Finding> findings) {
    if (!findings.isEmpty()) {
      line("");
      line(title);
      findings.forEach(found -> line("  " + found));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static int width(List<String> texts) {
    return Math.min(WIDEST, texts.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String pad(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
  }

  static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  static String bytes(long bytes) {
    if (bytes < 1024) {
      return counted(bytes, "byte");
    }
    double size = bytes / 1024.0;
    String unit = "KiB";
    for (String larger : List.of("MiB", "GiB", "TiB")) {
      if (size >= 1024) {
        size /= 1024;
        unit = larger;
      }
    }
    return String.format(Locale.ROOT, "%.1f %s", size, unit);
  }

  private static String shown(Format format) {
    if (format instanceof Format.Csv csv) {
      String delimiter =
          switch (csv.delimiter()) {
            case ',' -> "commas";
            case '\t' -> "tabs";
            case ';' -> "semicolons";
            default -> "'" + csv.delimiter() + "'";
          };
      boolean header = csv.header() == Format.Header.PRESENT;
      return "CSV with " + delimiter + (header ? " and a header" : " and no header");
    }
    if (format instanceof Format.JsonLines) {
      return "JSON Lines";
    }
    if (format instanceof Format.Other other) {
      return other.name();
    }
    if (format instanceof Format.Json) {
      return "JSON";
    }
    if (format instanceof Format.Delimited) {
      return "delimited text";
    }
    return format instanceof Format.Parquet ? "Parquet" : format.extension();
  }
}
