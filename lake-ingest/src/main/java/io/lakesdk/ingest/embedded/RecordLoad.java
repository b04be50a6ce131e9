package io.lakesdk.ingest.embedded;

import io.lakesdk.ingest.Receipt;
import io.lakesdk.ingest.Receipt.Landed;
import io.lakesdk.ingest.Receipt.Outcome;
import io.lakesdk.ingest.RecordSource;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Write;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes records in the dataset's format. They are read once, into the engine; by then their hash,
 * and with it the load's name, is known.
 */
final class RecordLoad {

  private final Landing landing;
  private final RecordSource source;

  RecordLoad(Landing landing, RecordSource source) {
    this.landing = landing;
    this.source = source;
  }

  Receipt run() {
    return landing.earlier().orElseGet(this::load);
  }

  private Receipt load() {
    RecordRows rows = new RecordRows(landing.dataset(), source.records().iterator());
    try (Workbench workbench = QueryEngine.of(landing.lake()).workbench()) {
      Relation relation = workbench.rows(rows.columns(), rows);
      if (rows.count() == 0 && landing.load().write() != Write.OVERWRITE) {
        return nothing();
      }
      LoadId id = name(rows);
      Written written = Attempts.ofRepeatable(() -> write(workbench, relation, id));
      try (Draft draft = written.draft()) {
        return written.receipt().orElseGet(() -> publish(draft, written.files(), rows.count()));
      }
    }
  }

  /**
   * A draft with everything written, or the receipt if there was nothing to write.
   *
   * @param draft to be closed
   */
  private record Written(Draft draft, Optional<Receipt> receipt, List<DataFile> files) {}

  private LoadId name(RecordRows rows) {
    return landing
        .load()
        .id()
        .orElseGet(() -> LoadId.ofContent(List.of(landing.load().write().name(), rows.sha256())));
  }

  private Written write(Workbench workbench, Relation relation, LoadId id) {
    Draft draft = landing.begin(id);
    boolean done = false;
    try {
      Optional<Publication> earlier = draft.earlier();
      if (earlier.isPresent() && isStillThere(draft, earlier.get())) {
        done = true;
        return new Written(
            draft,
            Optional.of(landing.repeated(earlier.get().version(), Optional.of(id))),
            List.of());
      }
      if (earlier.isPresent()) {
        // What it brought was replaced since, so it is to replace in turn: another load of this
        // name.
        return write(
            workbench, relation, LoadId.ofContent(List.of(id.text(), Long.toString(draft.base()))));
      }
      List<DataFile> files = workbench.write(relation, draft);
      done = true;
      return new Written(draft, Optional.empty(), files);
    } finally {
      if (!done) {
        draft.close();
      }
    }
  }

  /** Whether a load that replaces need not be done because what it left is still all there is. */
  private boolean isStillThere(Draft draft, Publication earlier) {
    if (landing.load().id().isPresent() || draft.write() == Write.APPEND) {
      return true;
    }
    Set<Partition> partitions =
        earlier.files().stream().map(DataFile::partition).collect(Collectors.toSet());
    Set<DataFile> now =
        draft.before().files(PartitionFilter.any()).stream()
            .filter(
                file -> draft.write() == Write.OVERWRITE || partitions.contains(file.partition()))
            .collect(Collectors.toSet());
    return now.equals(new HashSet<>(earlier.files()));
  }

  private Receipt publish(Draft draft, List<DataFile> files, long rows) {
    List<Landed> landed = files.stream().map(landing::landed).toList();
    return landing
        .publish(draft, () -> true)
        .map(
            publication ->
                landing.published(publication, landed, OptionalLong.of(rows), List.of(), List.of()))
        .orElseThrow(IllegalStateException::new);
  }

  private Receipt nothing() {
    try (Draft look = landing.look()) {
      return landing.unchanged(
          Outcome.NOTHING, look.base(), Optional.empty(), List.of(), List.of());
    }
  }
}
