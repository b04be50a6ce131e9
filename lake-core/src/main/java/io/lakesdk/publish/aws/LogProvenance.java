package io.lakesdk.publish.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the sources that the entries of logs have noted. */
record LogProvenance(Transactions transactions) implements Provenance {

  private record Kind(String source, String via, boolean inTheLake) {}

  @Override
  public boolean hasVersions(DatasetId dataset) {
    return transactions.look(dataset, state -> state.version() > 0);
  }

  @Override
  public List<Step> to(DatasetId dataset) {
    return transactions.look(dataset, LogProvenance::steps).stream()
        .sorted(
            Comparator.comparing((Step step) -> step.source().name())
                .thenComparing(step -> step.source().via()))
        .toList();
  }

  @Override
  public List<Step> from(DatasetId dataset) {
    List<Step> steps = new ArrayList<>();
    for (DatasetId target : transactions.objects().madeFrom(dataset)) {
      transactions.look(target, LogProvenance::steps).stream()
          .filter(step -> step.source().name().equals(dataset.toString()))
          .filter(step -> step.source().version().isPresent())
          .forEach(steps::add);
    }
    steps.sort(
        Comparator.comparing((Step step) -> step.target().toString())
            .thenComparing(step -> step.source().via()));
    return steps;
  }

  /** One for each source, and each way in which rows were made from it. */
  private static List<Step> steps(State state) {
    Map<Kind, Step> steps = new LinkedHashMap<>();
    for (State.Made made : state.versions) {
      Version version = made.version();
      for (Version.Source source : version.sources()) {
        steps.merge(
            new Kind(source.name(), source.via(), source.version().isPresent()),
            new Step(source, state.dataset, version.number()),
            LogProvenance::newest);
      }
    }
    return List.copyOf(steps.values());
  }

  private static Step newest(Step one, Step two) {
    OptionalLong read =
        one.source().version().orElse(0) > two.source().version().orElse(0)
            ? one.source().version()
            : two.source().version();
    return new Step(
        new Version.Source(one.source().name(), read, one.source().via()),
        one.target(),
        Math.max(one.written(), two.written()));
  }
}
