package io.lakesdk.ingest.embedded;

import io.lakesdk.Backend;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.ingest.Load;
import io.lakesdk.ingest.Receipt;
import io.lakesdk.ingest.Receipt.Landed;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.ingest.Receipt.Rejected;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ReadOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** What every load does alike: begin, become visible together with the definition, and report. */
final class Landing {

  private static final String VIA = "ingestion";

  private final Lake lake;
  private final Backend backend;
  private final Load load;
  private final String source;
  private final Publishing publishing;

  Landing(Lake lake, Backend backend, Load load, String source) {
    this.lake = lake;
    this.backend = backend;
    this.load = load;
    this.source = source;
    this.publishing = Publishing.of(lake);
  }

  Lake lake() {
    return lake;
  }

  Load load() {
    return load;
  }

  Dataset dataset() {
    return load.dataset();
  }

  Draft begin(LoadId id) {
    Draft draft = Attempts.of(() -> publishing.begin(dataset(), load.write(), id));
    draft.derivedFrom(new Version.Source(source, OptionalLong.empty(), VIA));
    return draft;
  }

  /** A draft of nothing, to look at what is there. */
  Draft look() {
    return begin(LoadId.unique());
  }

  /** The receipt of a load of the given name that became visible before, if there is one. */
  Optional<Receipt> earlier() {
    if (load.id().isEmpty()) {
      return Optional.empty();
    }
    try (Draft draft = begin(load.id().get())) {
      return draft.earlier().map(publication -> repeated(publication.version(), load.id()));
    }
  }

  /**
   * Makes a draft visible and its dataset known, both or neither.
   *
   * @param valid asked at the moment of becoming visible, when nothing else can change any more;
   *     where it says no, nothing is done
   */
  Optional<Publication> publish(Draft draft, BooleanSupplier valid) {
    return Attempts.of(
        () ->
            backend.atomically(
                () -> {
                  if (!valid.getAsBoolean()) {
                    return Optional.<Publication>empty();
                  }
                  register();
                  return Optional.of(publishing.publish(draft));
                }));
  }

  private void register() {
    Catalog.of(lake).register(dataset());
  }

  /** An object that a load wrote, as a receipt shows it. */
  Landed landed(DataFile file) {
    String key = file.object().key();
    ObjectInfo object =
        Attempts.of(
            () ->
                backend
                    .store(file.object().zone())
                    .head(key, ReadOptions.current().version(file.object().version())));
    return new Landed(
        key.substring(key.lastIndexOf('/') + 1),
        file.object(),
        file.bytes(),
        file.sha256().orElseThrow(),
        object.crc32c().orElseThrow());
  }

  Receipt published(
      Publication publication,
      List<Landed> landed,
      OptionalLong rows,
      List<String> present,
      List<Rejected> rejected) {
    boolean repeated = publication.outcome() == Publication.Outcome.REPEATED;
    return new Receipt(
        dataset().id(),
        source,
        load.write(),
        repeated ? Outcome.REPEATED : Outcome.PUBLISHED,
        Optional.of(publication.load()),
        publication.version(),
        repeated ? List.of() : landed,
        repeated ? OptionalLong.of(0) : rows,
        present,
        rejected);
  }

  /** The receipt of a load that is there already. Its dataset takes the definition given now. */
  Receipt repeated(long version, Optional<LoadId> id) {
    return unchanged(Outcome.REPEATED, version, id, List.of(), List.of());
  }

  /** The receipt of a load that changes nothing. Its dataset becomes known all the same. */
  Receipt unchanged(
      Outcome outcome,
      long version,
      Optional<LoadId> id,
      List<String> present,
      List<Rejected> rejected) {
    Attempts.of(() -> Catalog.of(lake).register(dataset()));
    return new Receipt(
        dataset().id(),
        source,
        load.write(),
        outcome,
        id,
        version,
        List.of(),
        OptionalLong.of(0),
        present,
        rejected);
  }
}
