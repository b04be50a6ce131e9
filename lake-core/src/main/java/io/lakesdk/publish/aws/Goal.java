package io.lakesdk.publish.aws;

import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.aws.Part.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Glue is to show of a dataset, as far as it may differ from what it shows.
 *
 * @param content the log's entry that is the newest to be shown
 * @param version the version that it made
 * @param wanted partitions that have files; a dataset without keys is one partition
 * @param known those of them that Glue had before
 * @param emptied partitions that have none
 * @param complete whether {@code wanted} are all that there are
 */
record Goal(
    long content,
    long version,
    List<Views.Wanted> wanted,
    Set<String> known,
    List<String> emptied,
    boolean complete) {

  /**
   * From what Glue shows to what is.
   *
   * @param shown the log's entry that Glue shows
   * @param also partitions that may be behind all the same
   * @param all whether all may be
   */
  static Goal of(State state, Places places, long shown, Collection<String> also, Scope all) {
    long from = shown < state.birth ? 0 : state.versionAt(shown);
    boolean complete = all == Scope.ALL || from == 0 || state.forgotten > from;
    Set<String> paths = new TreeSet<>(also);
    for (Part part : state.parts.values()) {
      if (complete || part.changed > from) {
        paths.add(part.partition.path());
      }
    }
    List<Views.Wanted> wanted = new ArrayList<>();
    List<String> emptied = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (String path : paths) {
      Part part = state.parts.get(path);
      List<Row> rows = part == null ? List.of() : part.open().toList();
      if (part == null || rows.isEmpty()) {
        emptied.add(path);
        continue;
      }
      wanted.add(wanted(state, places, part, rows));
      if (part.rows.stream().anyMatch(row -> row.isIn(from))) {
        known.add(path);
      }
    }
    return new Goal(state.content, state.version(), wanted, known, emptied, complete);
  }

  /** How much is looked at. */
  enum Scope {
    CHANGED,
    ALL
  }

  /** A load's own folder is known to hold its files alone while nothing came after the load. */
  private static Views.Wanted wanted(State state, Places places, Part part, List<Row> rows) {
    String path = part.partition.path();
    List<DataFile> files = rows.stream().map(row -> row.file).toList();
    Set<String> drafts = new TreeSet<>();
    boolean exact = true;
    for (Row row : rows) {
      State.Made made = state.made(row.added);
      Optional<String> draft =
          made.attempt()
              .map(attempt -> places.draft(path, attempt))
              .filter(folder -> row.file.object().key().startsWith(folder));
      draft.ifPresent(drafts::add);
      exact &= draft.isPresent() && !made.spares() && row.added == part.changed;
    }
    return new Views.Wanted(
        path,
        files,
        List.copyOf(drafts),
        exact ? Optional.of(drafts.iterator().next()) : Optional.empty());
  }
}
