package io.lakesdk.catalog.definition;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Lineage;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lineage from the sources that loads noted, as somebody may see it. */
final class ProvenanceLineage implements Lineage {

  private final DatasetId dataset;
  private final Provenance provenance;
  private final Predicate<DatasetId> visible;

  ProvenanceLineage(DatasetId dataset, Provenance provenance, Predicate<DatasetId> visible) {
    this.dataset = dataset;
    this.provenance = provenance;
    this.visible = visible;
  }

  @Override
  public DatasetId dataset() {
    return dataset;
  }

  @Override
  public List<Step> upstream() {
    return above(dataset);
  }

  @Override
  public List<Step> downstream() {
    return below(dataset);
  }

  @Override
  public List<Step> allUpstream() {
    return walk(this::above, Step::from);
  }

  @Override
  public List<Step> allDownstream() {
    return walk(this::below, Step::to);
  }

  private List<Step> above(DatasetId of) {
    return distinct(provenance.to(of));
  }

  private List<Step> below(DatasetId of) {
    return distinct(provenance.from(of));
  }

  /** Several hidden neighbours of a dataset are one step: how many there are is not shown. */
  private List<Step> distinct(List<Provenance.Step> steps) {
    return List.copyOf(new LinkedHashSet<>(steps.stream().map(this::shown).toList()));
  }

  /** Breadth first; each dataset is left behind once, so that cycles end. */
  private List<Step> walk(Function<DatasetId, List<Step>> steps, Function<Step, Node> next) {
    Set<Step> all = new LinkedHashSet<>();
    Set<DatasetId> seen = new HashSet<>(Set.of(dataset));
    Deque<DatasetId> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (Step step : steps.apply(open.remove())) {
        all.add(step);
        if (next.apply(step) instanceof Known known && seen.add(known.dataset())) {
          open.add(known.dataset());
        }
      }
    }
    return new ArrayList<>(all);
  }

  private Step shown(Provenance.Step step) {
    Node from = node(step.source());
    Node to = visible.test(step.target()) ? new Known(step.target()) : new Hidden();
    if (from instanceof Hidden || to instanceof Hidden) {
      return new Step(from, to, "", OptionalLong.empty(), OptionalLong.empty());
    }
    return new Step(
        from, to, step.source().via(), step.source().version(), OptionalLong.of(step.written()));
  }

  private Node node(Version.Source source) {
    if (source.version().isEmpty()) {
      return new Outside(source.name());
    }
    DatasetId id = DatasetId.parse(source.name());
    return visible.test(id) ? new Known(id) : new Hidden();
  }
}
