package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.concurrent.Parallel;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Write;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.publish.draft.NoSnapshot;
import io.lakesdk.publish.draft.StagedDraft;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A draft that is published through the log of its dataset. */
final class GlueDraft extends StagedDraft {

  /** When, by the lake's clock, an object was written that a vacuum may remove. */
  static final String WRITTEN_AT = "lake-draft-at";

  private final Log log;
  private final long birth;
  private final long base;
  private final Optional<Publication> earlier;

  private GlueDraft(
      AwsBackend backend, Dataset dataset, Write write, LoadId load, Log log, Begun begun) {
    super(
        backend,
        dataset,
        write,
        load,
        Folder.OF_THE_DRAFT,
        Map.of(WRITTEN_AT, begun.at().toString()));
    this.log = log;
    this.birth = begun.birth();
    this.base = begun.base();
    this.earlier = begun.earlier();
  }

  private record Begun(Instant at, long birth, long base, Optional<Publication> earlier) {}

  static GlueDraft begin(
      AwsBackend backend,
      Transactions transactions,
      Dataset dataset,
      Write write,
      LoadId load,
      Instant at) {
    Begun begun =
        transactions.look(
            dataset.id(),
            state -> {
              state.requireLayout(Layout.of(dataset));
              return new Begun(at, state.birth, state.version(), receipt(state, load));
            });
    return new GlueDraft(backend, dataset, write, load, transactions.log(dataset.id()), begun);
  }

  /** The receipt of a load that was published before. */
  static Optional<Publication> receipt(State state, LoadId load) {
    return Optional.ofNullable(state.loads.get(load))
        .map(
            version ->
                new Publication(
                    state.dataset,
                    load,
                    Write.valueOf(state.made(version).version().change().name()),
                    version,
                    Outcome.REPEATED,
                    state.added(version)));
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public Snapshot before() {
    return log.look(
        state ->
            base > 0 && state.birth == birth
                ? new LogSnapshot(log, state, base)
                : new NoSnapshot(dataset().id()));
  }

  @Override
  public Optional<Publication> earlier() {
    return earlier;
  }

  /** The entry that began the dataset. */
  @Override
  protected long birth() {
    return birth;
  }

  /** Makes sure that every file is there. */
  void requireFiles() {
    Parallel.eachCall(
        files(),
        (DataFile file) -> {
          if (!exists(file.object())) {
            throw gone(file.object());
          }
        });
  }
}
