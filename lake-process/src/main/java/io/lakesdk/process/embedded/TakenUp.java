package io.lakesdk.process.embedded;

import io.lakesdk.Lake;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Pipeline;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that a pipeline kept aside before, by the place where it did. */
final class TakenUp {

  /**
   * The rows of one place.
   *
   * @param rows with the columns that rows have there now, and {@code quarantine_load} and {@code
   *     quarantine_at} as they were
   * @param version of the quarantine dataset
   */
  record Rows(Relation rows, long version) {}

  private final Map<Place, Rows> rows = new LinkedHashMap<>();

  private TakenUp() {}

  static TakenUp none() {
    return new TakenUp();
  }

  static TakenUp of(Lake lake, Workbench workbench, Pipeline pipeline, Plan plan) {
    TakenUp all = new TakenUp();
    for (Place place : plan.places()) {
      if (place.isKnown()) {
        requireEverything(lake, place);
        Snapshot snapshot = Publishing.of(lake).snapshot(place.dataset());
        if (hasRows(snapshot, pipeline)) {
          all.rows.put(place, read(workbench, pipeline, place, snapshot));
        }
      }
    }
    return all;
  }

  /** Whether a pipeline's part of a quarantine has any rows. */
  static boolean hasRows(Snapshot snapshot, Pipeline pipeline) {
    return !snapshot
        .partitions(
            new PartitionFilter.Compare(Place.KEY, PartitionFilter.Operator.EQUAL, pipeline.name()))
        .isEmpty();
  }

  private static void requireEverything(Lake lake, Place place) {
    Resource.OfDataset dataset =
        new Resource.OfDataset(place.dataset().id(), place.dataset().zone());
    if (!lake.access().view(dataset).isEverything()) {
      throw new AccessDeniedException(
          "replay",
          Subject.dataset(place.dataset().id()),
          lake.principal()
              + " may not see all of it, and rows that are not seen would be lost; grant select on"
              + " all of its columns and rows");
    }
  }

  private static Rows read(Workbench workbench, Pipeline pipeline, Place place, Snapshot snapshot) {
    Schema known = place.dataset().schema();
    List<String> select = new ArrayList<>();
    for (Column column : place.columns()) {
      boolean same = known.column(column.name()).type().equals(column.type());
      select.add(same ? SqlText.name(column.name()) : SqlText.cast(column));
    }
    Relation rows =
        workbench.sql(
            "SELECT "
                + String.join(", ", select)
                + ", quarantine_load, quarantine_at FROM input WHERE "
                + Place.KEY
                + " = :pipeline",
            Map.of("input", workbench.dataset(place.dataset(), snapshot)),
            Map.of("pipeline", pipeline.name()));
    return new Rows(workbench.keep(rows), snapshot.version());
  }

  Optional<Rows> at(Place place) {
    @Nullable Rows there = rows.get(place);
    return Optional.ofNullable(there);
  }

  List<Workbench.Use> uses() {
    return rows.entrySet().stream()
        .map(e -> new Workbench.Use(e.getKey().dataset().id(), e.getValue().version()))
        .toList();
  }
}
