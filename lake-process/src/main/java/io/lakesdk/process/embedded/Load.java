package io.lakesdk.process.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Pipeline;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.query.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;

/**
 * The drafts of one run, under one load's name: of the output, and of each quarantine that changes.
 * They are published together, with the registration of their datasets, or not at all.
 */
final class Load implements AutoCloseable {

  private final Lake lake;
  private final LoadId id;
  private final List<Workbench.Use> uses;
  private final List<Version.Source> sources;
  private final List<Draft> quarantines = new ArrayList<>();
  private final Draft output;

  private Load(
      Lake lake, Pipeline pipeline, Plan plan, LoadId id, Write write, List<Workbench.Use> uses) {
    this.lake = lake;
    this.id = id;
    this.uses = uses;
    this.sources = plan.sources(uses);
    if (!plan.places().isEmpty()) {
      lake.access().require(Action.WRITE, Resource.zone(pipeline.quarantineZone()));
    }
    this.output = begin(plan.output(), write);
  }

  static Load ofRun(Lake lake, Pipeline pipeline, Plan plan, LoadId id) {
    return new Load(lake, pipeline, plan, id, pipeline.write(), plan.uses());
  }

  static Load ofReplay(Lake lake, Pipeline pipeline, Plan plan, TakenUp again) {
    List<Workbench.Use> uses = new ArrayList<>(again.uses());
    plan.uses().stream().filter(use -> !use.dataset().equals(plan.input().id())).forEach(uses::add);
    return new Load(lake, pipeline, plan, plan.load(uses, "replay"), Write.APPEND, uses);
  }

  /** A draft that sees what was read: of a dataset that is read too, the same version. */
  private Draft begin(Dataset dataset, Write write) {
    Draft draft = Publishing.of(lake).begin(dataset, write, id);
    for (Workbench.Use use : uses) {
      boolean overtaken = use.dataset().equals(dataset.id()) && use.version() != draft.base();
      if (overtaken && write != Write.APPEND && draft.earlier().isEmpty()) {
        draft.close();
        throw new ConflictException(
            "write",
            Subject.dataset(dataset.id()),
            "it was changed while load " + id + " began to read it; run the pipeline again");
      }
    }
    sources.forEach(draft::derivedFrom);
    return draft;
  }

  LoadId id() {
    return id;
  }

  List<Version.Source> sources() {
    return sources;
  }

  Draft output() {
    return output;
  }

  /** Begins to change a quarantine. */
  Draft quarantine(Dataset dataset, Write write) {
    Draft draft = begin(dataset, write);
    quarantines.add(draft);
    return draft;
  }

  /** The quarantines that change. */
  List<DatasetId> quarantines() {
    return quarantines.stream().map(draft -> draft.dataset().id()).toList();
  }

  boolean changesQuarantines() {
    return !quarantines.isEmpty();
  }

  /** Makes everything visible, and known to the catalog; the receipt of the output. */
  Publication publish() {
    List<Draft> drafts = new ArrayList<>();
    drafts.add(output);
    drafts.addAll(quarantines);
    return lake.backend()
        .atomically(
            () -> {
              drafts.forEach(draft -> Catalog.of(lake).register(draft.dataset()));
              return Publishing.of(lake).publish(drafts).get(0);
            });
  }

  @Override
  public void close() {
    output.close();
    quarantines.forEach(Draft::close);
  }
}
