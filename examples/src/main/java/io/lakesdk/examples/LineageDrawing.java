package io.lakesdk.examples;

import static io.lakesdk.examples.FlightsCharts.escape;
import static io.lakesdk.examples.FlightsCharts.open;
import static io.lakesdk.examples.FlightsCharts.text;

import io.lakesdk.catalog.Lineage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws where a dataset comes from, from left to right. */
final class LineageDrawing {

  private static final int BOX_WIDTH = 152;
  private static final int BOX_HEIGHT = 46;
  private static final int ROW = 84;
  private static final int WIDTH = 880;

  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<Lineage.Step> steps;

  private LineageDrawing(Lineage lineage) {
    steps = lineage.allUpstream();
    columns.put(lineage.dataset().toString(), 0);
    // a node stands left of everything that is made from it; a cycle ends the search
    for (int round = 0; round < steps.size(); round++) {
      for (Lineage.Step step : steps) {
        int to = columns.getOrDefault(step.to().toString(), 0);
        columns.merge(step.from().toString(), to + 1, Math::max);
      }
    }
  }

  static String of(Lineage lineage) {
    return new LineageDrawing(lineage).draw();
  }

  private String draw() {
    int last = columns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    Map<Integer, List<String>> byColumn = new LinkedHashMap<>();
    columns.forEach((n, c) -> byColumn.computeIfAbsent(last - c, k -> new ArrayList<>()).add(n));
    int rows = byColumn.values().stream().mapToInt(List::size).max().orElse(1);
    int height = rows * ROW + 20;
    double gap = last == 0 ? 0 : (double) (WIDTH - BOX_WIDTH - 4) / last;
    Map<String, double[]> places = new LinkedHashMap<>();
    byColumn.forEach(
        (column, names) -> {
          for (int i = 0; i < names.size(); i++) {
            double y = (i + 0.5) * height / names.size() - BOX_HEIGHT / 2.0;
            places.put(names.get(i), new double[] {2 + column * gap, y});
          }
        });
    StringBuilder svg = open(height);
    for (Lineage.Step step : steps) {
      double[] from = places.get(step.from().toString());
      double[] to = places.get(step.to().toString());
      if (from == null || to == null || to[0] <= from[0]) {
        continue;
      }
      double x1 = from[0] + BOX_WIDTH;
      double y1 = from[1] + BOX_HEIGHT / 2.0;
      double y2 = to[1] + BOX_HEIGHT / 2.0;
      double middle = (x1 + to[0]) / 2;
      svg.append(
          "<path class='edge' d='M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f'><title>%s</title></path>"
              .formatted(x1, y1, middle, y1, middle, y2, to[0], y2, escape(step.via())));
      svg.append(text("via", middle, (y1 + y2) / 2 + 4, step.via()));
    }
    places.forEach(
        (name, at) -> {
          String style = columns.getOrDefault(name, 0) == 0 ? "box result" : "box";
          svg.append(
              "<rect class='%s' x='%.1f' y='%.1f' width='%d' height='%d' rx='10'/>"
                  .formatted(style, at[0], at[1], BOX_WIDTH, BOX_HEIGHT));
          svg.append("<g><title>" + escape(name) + "</title>");
          svg.append(text("node", at[0] + BOX_WIDTH / 2.0, at[1] + 28, shortened(name)));
          svg.append("</g>");
        });
    return svg.append("</svg>").toString();
  }

  /** A source outside of the lake is named by its path, of which the end says enough. */
  private static String shortened(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
