package io.lakesdk.publish.aws;

import io.lakesdk.DatasetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The notes of those who bring a dataset's partitions forward in Glue, or were interrupted in that.
 *
 * @param paths the partitions that may be behind, or not as they should be
 * @param all whether any may be
 * @param old notes of which nobody is at work any more
 */
record Notes(
    LogObjects objects, DatasetId dataset, Set<String> paths, boolean all, List<String> old) {

  private static final String ALL = "*";
  private static final int MOST = 1000;
  private static final Duration LAST = Duration.ofHours(1);

  static Notes of(LogObjects objects, DatasetId dataset, Instant now) {
    Set<String> paths = new TreeSet<>();
    List<String> old = new ArrayList<>();
    for (String id : objects.syncing(dataset)) {
      List<String> lines =
          objects.syncing(dataset, id).map(text -> List.of(text.split("\n", -1))).orElse(List.of());
      if (lines.isEmpty()) {
        continue;
      }
      paths.addAll(lines.subList(1, lines.size()));
      if (Instant.parse(lines.get(0)).isBefore(now.minus(LAST))) {
        old.add(id);
      }
    }
    boolean all = paths.remove(ALL);
    return new Notes(objects, dataset, paths, all, old);
  }

  boolean isEmpty() {
    return paths.isEmpty() && !all;
  }

  /** Forgets those of which everything was done. */
  void forgetOld() {
    old.forEach(id -> objects.forgetSyncing(dataset, id));
  }

  /** The note of one who begins. */
  static final class Own {
    private final LogObjects objects;
    private final DatasetId dataset;
    private final Goal goal;
    private final Instant now;
    private Optional<String> id = Optional.empty();

    Own(LogObjects objects, DatasetId dataset, Goal goal, Instant now) {
      this.objects = objects;
      this.dataset = dataset;
      this.goal = goal;
      this.now = now;
    }

    /** Says which partitions are to be changed, once. */
    void write() {
      if (id.isEmpty()) {
        String made = UUID.randomUUID().toString();
        Set<String> paths = new HashSet<>(goal.emptied());
        goal.wanted().forEach(wanted -> paths.add(wanted.path()));
        String lines = goal.complete() || paths.size() > MOST ? ALL : String.join("\n", paths);
        objects.noteSyncing(dataset, made, now + "\n" + lines);
        id = Optional.of(made);
      }
    }

    void forget() {
      id.ifPresent(made -> objects.forgetSyncing(dataset, made));
    }
  }
}
