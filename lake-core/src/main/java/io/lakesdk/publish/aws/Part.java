package io.lakesdk.publish.aws;

import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Snapshot.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A partition of a dataset with all files that some version of it has. */
final class Part {

  final Partition partition;

  /** The values of its keys, numbers of integer keys as {@code Long}. */
  final List<@Nullable Object> values;

  final List<Row> rows = new ArrayList<>();

  /** The version that changed it last. */
  long changed;

  Part(Partition partition, List<@Nullable Object> values) {
    this.partition = partition;
    this.values = values;
  }

  /** The versions from {@code from} on, before {@code to}. */
  record Span(long from, long to) {
    boolean contains(long version) {
      return from <= version && version < to;
    }

    boolean isOpen() {
      return to == State.NO_END;
    }
  }

  /** A file, and the versions that have it. */
  static final class Row {
    final DataFile file;
    final boolean outside;

    /** The version that added it. */
    final long added;

    final List<Span> spans = new ArrayList<>(1);

    Row(DataFile file, boolean outside, long added) {
      this.file = file;
      this.outside = outside;
      this.added = added;
    }

    boolean isIn(long version) {
      return spans.stream().anyMatch(span -> span.contains(version));
    }

    boolean isOpen() {
      return !spans.isEmpty() && spans.get(spans.size() - 1).isOpen();
    }

    void end(long version) {
      Span last = spans.remove(spans.size() - 1);
      spans.add(new Span(last.from(), version));
    }

    void begin(long version) {
      spans.add(new Span(version, State.NO_END));
    }
  }

  Stream<Row> open() {
    return rows.stream().filter(Row::isOpen);
  }

  /** Ends all files, and says what they were. */
  Totals end(long version) {
    List<Row> ending = open().toList();
    ending.forEach(row -> row.end(version));
    if (!ending.isEmpty()) {
      changed = version;
    }
    return totals(ending);
  }

  static Totals totals(List<Row> rows) {
    return new Totals(
        rows.isEmpty() ? 0 : 1,
        rows.size(),
        rows.stream().mapToLong(row -> row.file.bytes()).sum(),
        rows.stream().mapToLong(row -> row.file.rows().orElse(0)).sum());
  }
}
