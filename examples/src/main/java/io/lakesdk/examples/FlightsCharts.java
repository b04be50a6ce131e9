package io.lakesdk.examples;

import io.lakesdk.examples.FlightsPage.Airport;
import io.lakesdk.examples.FlightsPage.Day;
import io.lakesdk.examples.FlightsPage.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** The charts of the flights page, as SVG. */
final class FlightsCharts {

  private static final int WIDTH = 880;

  private FlightsCharts() {}

  /** A bar for each month's average delay, with the share of late flights beneath. */
  static String months(List<Month> months) {
    int height = 300;
    int base = height - 64;
    double most = months.stream().mapToDouble(m -> Math.max(1, m.delay())).max().orElse(1);
    double step = (double) WIDTH / months.size();
    double bar = Math.min(150, step * 0.5);
    StringBuilder svg = open(height);
    for (int i = 0; i < months.size(); i++) {
      Month month = months.get(i);
      double tall = Math.max(2, month.delay() / most * (base - 40));
      double middle = step * i + step / 2;
      String name =
          java.time.Month.of(month.month()).getDisplayName(TextStyle.FULL, Locale.ENGLISH)
              + " "
              + month.year();
      svg.append(
          "<g><title>%s: %,d flights, %.1f minutes late on average</title>"
              .formatted(name, month.flights(), month.delay()));
      svg.append(
          "<rect class='bar' x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='6'/>"
              .formatted(middle - bar / 2, base - tall, bar, tall));
      svg.append(text("value", middle, base - tall - 12, "%.1f min".formatted(month.delay())));
      svg.append(text("label", middle, base + 26, name));
      svg.append(
          text(
              "hint",
              middle,
              base + 48,
              "%,d flights, %.0f %% late".formatted(month.flights(), month.late() * 100)));
      svg.append("</g>");
    }
    svg.append("<line class='axis' x1='0' y1='%d' x2='%d' y2='%d'/>".formatted(base, WIDTH, base));
    return svg.append("</svg>").toString();
  }

  /** A bar for each day, up for late and down for early. */
  static String days(List<Day> days) {
    int height = 190;
    int zero = 130;
    double most = days.stream().mapToDouble(d -> Math.abs(d.delay())).max().orElse(1);
    double step = (double) WIDTH / days.size();
    StringBuilder svg = open(height);
    for (int i = 0; i < days.size(); i++) {
      Day day = days.get(i);
      double tall = Math.max(1, Math.abs(day.delay()) / most * (zero - 16));
      boolean late = day.delay() >= 0;
      svg.append(
          ("<rect class='%s' x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='1.5'>"
                  + "<title>%s: %.1f minutes, %,d flights</title></rect>")
              .formatted(
                  late ? "late" : "early",
                  i * step + 1,
                  late ? zero - tall : zero,
                  Math.max(1, step - 2),
                  tall,
                  day.day(),
                  day.delay(),
                  day.flights()));
      if (day.day().getDayOfMonth() == 1) {
        svg.append(
            "<text class='hint' x='%.1f' y='%d'>%s</text>"
                .formatted(
                    i * step,
                    height - 6,
                    day.day().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
      }
    }
    svg.append("<line class='axis' x1='0' y1='%d' x2='%d' y2='%d'/>".formatted(zero, WIDTH, zero));
    return svg.append("</svg>").toString();
  }

  /** A line for each airport, as long as the average delay of its departures. */
  static String airports(List<Airport> airports) {
    int row = 30;
    int left = 220;
    int right = 110;
    double most = airports.stream().mapToDouble(a -> Math.max(1, a.delay())).max().orElse(1);
    StringBuilder svg = open(row * airports.size() + 6);
    for (int i = 0; i < airports.size(); i++) {
      Airport airport = airports.get(i);
      double y = row * i + row * 0.5;
      double end = left + Math.max(0, airport.delay()) / most * (WIDTH - left - right);
      svg.append(
          "<g><title>%,d flights</title><text class='name' x='0' y='%.1f'>%s <tspan class='hint'>"
              .formatted(airport.flights(), y + 5, airport.origin()));
      svg.append(escape(airport.city())).append("</tspan></text>");
      svg.append(
          "<line class='rail' x1='%d' y1='%.1f' x2='%.1f' y2='%.1f'/>".formatted(left, y, end, y));
      svg.append("<circle class='dot' cx='%.1f' cy='%.1f' r='6'/>".formatted(end, y));
      svg.append(
          "<text class='small' x='%.1f' y='%.1f'>%.1f min</text></g>"
              .formatted(end + 14, y + 5, airport.delay()));
    }
    return svg.append("</svg>").toString();
  }

  static StringBuilder open(int height) {
    return new StringBuilder("<svg viewBox='0 0 %d %d' role='img'>".formatted(WIDTH, height));
  }

  static String text(String style, double x, double y, String text) {
    return "<text class='%s' x='%.1f' y='%.1f' text-anchor='middle'>%s</text>"
        .formatted(style, x, y, escape(text));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
  }
}
