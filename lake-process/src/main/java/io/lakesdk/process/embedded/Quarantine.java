package io.lakesdk.process.embedded;

import io.lakesdk.Lake;
import io.lakesdk.access.Resource;
import io.lakesdk.process.Pipeline;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import java.util.HashMap;
import java.util.Map;

/** Keeps rows aside at one place. */
final class Quarantine {

  private final Workbench workbench;
  private final Pipeline pipeline;
  private final Place place;
  private final Load load;
  private final Lake lake;

  Quarantine(Workbench workbench, Pipeline pipeline, Place place, Load load, Lake lake) {
    this.workbench = workbench;
    this.pipeline = pipeline;
    this.place = place;
    this.load = load;
    this.lake = lake;
  }

  /**
   * Keeps rows that break rules: beside those that were kept before if the load appends, else in
   * their place.
   */
  void keep(Inspection seen) {
    boolean replaces = load.output().write() != Write.APPEND;
    if (seen.broken() > 0 || (replaces && hasRows())) {
      begin(replaces ? Write.OVERWRITE_PARTITIONS : Write.APPEND, seen, fresh(), freshNotes());
    }
  }

  /** Puts what is left of the rows taken up, and those that arrived, in the place of the former. */
  void replace(Inspection seen, boolean arrivedToo) {
    if (arrivedToo || seen.broken() < seen.rows()) {
      begin(
          Write.OVERWRITE_PARTITIONS,
          seen,
          ":pipeline AS quarantine_pipeline, quarantine_load, quarantine_at",
          Map.of("pipeline", pipeline.name()));
    }
  }

  private void begin(Write write, Inspection seen, String notes, Map<String, ?> parameters) {
    Draft draft = load.quarantine(place.dataset(), write);
    draft.replace(Place.partition(pipeline.name()));
    if (seen.broken() > 0 && draft.earlier().isEmpty()) {
      Relation bad = seen.bad(place.notes(notes), parameters);
      workbench.write(bad, draft);
    }
  }

  private static String fresh() {
    return ":pipeline AS quarantine_pipeline, :load AS quarantine_load, CAST(:at AS timestamp(3))"
        + " AS quarantine_at";
  }

  private Map<String, ?> freshNotes() {
    Map<String, Object> notes = new HashMap<>();
    notes.put("pipeline", pipeline.name());
    notes.put("load", load.id().text());
    notes.put("at", Place.at(lake));
    return notes;
  }

  /** Whether this pipeline kept rows aside here before, as far as the principal can tell. */
  private boolean hasRows() {
    if (!place.isKnown()) {
      return false;
    }
    Resource.OfDataset dataset =
        new Resource.OfDataset(place.dataset().id(), place.dataset().zone());
    return lake.access().view(dataset).isNothing()
        || TakenUp.hasRows(Publishing.of(lake).snapshot(place.dataset()), pipeline);
  }
}
