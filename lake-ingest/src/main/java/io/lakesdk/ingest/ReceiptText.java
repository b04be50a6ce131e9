package io.lakesdk.ingest;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A receipt as people read it: one line in sum, then what deserves attention. */
final class ReceiptText {

  private static final int SHOWN = 5;
  private static final int KILO = 1000;
  private static final String UNITS = "kMGTPE";

  private ReceiptText() {}

  static String of(Receipt receipt) {
    StringBuilder text = new StringBuilder();
    text.append(receipt.source()).append(" -> ").append(receipt.dataset()).append(": ");
    text.append(summary(receipt)).append('\n');
    list(text, "landed  ", receipt.landed(), l -> l.name() + "  " + size(l.bytes()));
    list(text, "present ", receipt.present(), name -> name);
    list(text, "rejected", receipt.rejected(), r -> r.name() + ": " + r.reason());
    return text.toString();
  }

  private static String summary(Receipt receipt) {
    return switch (receipt.outcome()) {
      case PUBLISHED ->
          count(receipt.landed().size(), "file")
              + ", "
              + (receipt.rows().isPresent() ? count(receipt.rows().getAsLong(), "row") + ", " : "")
              + size(receipt.bytes())
              + ", now version "
              + receipt.version();
      case REPEATED -> "was there already, nothing changed; version " + receipt.version();
      case NOTHING -> "there was nothing to load; version " + receipt.version();
    };
  }

  private static <T> void list(
      StringBuilder text, String title, List<T> all, Function<T, String> line) {
    for (T one : all.subList(0, Math.min(SHOWN, all.size()))) {
      text.append("  ").append(title).append(' ').append(line.apply(one)).append('\n');
    }
    if (all.size() > SHOWN) {
      text.append("  ").append(title);
      text.append(String.format(Locale.ROOT, " and %,d more%n", all.size() - SHOWN));
    }
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private static String size(long bytes) {
    if (bytes < KILO) {
      return count(bytes, "byte");
    }
    double scaled = bytes;
    int unit = -1;
    while (scaled >= KILO && unit < UNITS.length() - 1) {
      scaled /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", scaled, UNITS.charAt(unit));
  }
}
