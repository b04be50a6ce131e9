package io.lakesdk.publish.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.aws.Part.Row;
import io.lakesdk.publish.draft.PartitionCheck;
import io.lakesdk.publish.draft.StagedDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A version of a dataset, which is looked up in its log when it is asked. */
final class LogSnapshot implements Snapshot {

  private static final String VERB = "read";

  private final Source source;
  private final DatasetId dataset;
  private final long birth;
  private final long version;
  private final Totals totals;

  /** Where the state is when it is asked for. */
  interface Source {
    <T> T look(Function<State, T> look);
  }

  LogSnapshot(Log log, State state, long version) {
    this(
        new Source() {
          @Override
          public <T> T look(Function<State, T> look) {
            return log.look(look);
          }
        },
        state,
        version);
  }

  /** Of a state that stays as it is. */
  LogSnapshot(State state, long version) {
    this(
        new Source() {
          @Override
          public <T> T look(Function<State, T> look) {
            return look.apply(state);
          }
        },
        state,
        version);
  }

  private LogSnapshot(Source source, State state, long version) {
    state.requireReadable(VERB, version);
    this.source = source;
    this.dataset = state.dataset;
    this.birth = state.birth;
    this.version = version;
    this.totals = state.totals(version);
  }

  @Override
  public DatasetId dataset() {
    return dataset;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Totals totals() {
    return totals;
  }

  @Override
  public List<DataFile> files(PartitionFilter filter) {
    return source.look(
        state -> {
          requireReadable(state);
          PartitionCheck condition = new PartitionCheck(dataset, state.layout(), filter);
          List<DataFile> files = new ArrayList<>();
          for (Part part : state.parts.values()) {
            if (condition.admits(part.values)) {
              part.rows.stream()
                  .filter(row -> row.isIn(version))
                  .forEach(row -> files.add(row.file));
            }
          }
          files.sort(StagedDraft.ORDER);
          return files;
        });
  }

  @Override
  public List<PartitionSummary> partitions(PartitionFilter filter) {
    return source.look(
        state -> {
          requireReadable(state);
          PartitionCheck condition = new PartitionCheck(dataset, state.layout(), filter);
          List<PartitionSummary> summaries = new ArrayList<>();
          for (Part part : state.parts.values()) {
            List<Row> rows = part.rows.stream().filter(row -> row.isIn(version)).toList();
            if (!rows.isEmpty() && condition.admits(part.values)) {
              summaries.add(new PartitionSummary(part.partition, Part.totals(rows)));
            }
          }
          return summaries;
        });
  }

  private void requireReadable(State state) {
    if (state.birth != birth) {
      throw new NotFoundException(VERB, state.subject(version), "the dataset was removed");
    }
    state.requireReadable(VERB, version);
  }
}
