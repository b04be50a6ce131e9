package io.lakesdk.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a dataset that a principal may see: the union of slices, one for each grant. A cell
 * is visible where at least one slice has its column and admits its row; therefore a statement that
 * refers to several columns sees the rows that are visible in every one of them.
 *
 * @param slices none means nothing at all
 */
public record DatasetView(List<Slice> slices) {

  private static final DatasetView NOTHING = new DatasetView(List.of());
  private static final DatasetView EVERYTHING =
      new DatasetView(List.of(new Slice(Optional.empty(), Optional.empty())));

  public DatasetView {
    slices = List.copyOf(slices);
  }

  /**
   * What one grant shows.
   *
   * @param columns lower-case names; empty for all columns, those added later included
   * @param rows a boolean expression in Athena's SQL over the dataset's columns, or empty for all
   *     rows
   */
  public record Slice(Optional<Set<String>> columns, Optional<String> rows) {
    public Slice {
      columns = columns.map(Set::copyOf);
    }

    boolean covers(String column) {
      return columns.isEmpty() || columns.get().contains(column);
    }
  }

  public static DatasetView nothing() {
    return NOTHING;
  }

  public static DatasetView everything() {
    return EVERYTHING;
  }

  public boolean isNothing() {
    return slices.isEmpty();
  }

  public boolean isEverything() {
    return slices.stream().anyMatch(slice -> slice.columns().isEmpty() && slice.rows().isEmpty());
  }

  /** Whether any row of this column may be seen. {@code column} is lower-case. */
  public boolean shows(String column) {
    return slices.stream().anyMatch(slice -> slice.covers(column));
  }

  /**
   * The condition on rows for a statement that refers to these columns: a conjunction of
   * disjunctions of the slices' row expressions. An empty list admits every row; each element is a
   * non-empty set of alternatives, of which one must hold. What another element implies is left
   * out.
   *
   * @param columns lower-case, each one {@linkplain #shows shown}; empty for a statement that needs
   *     only the rows' existence
   */
  public List<Set<String>> rowsFor(Collection<String> columns) {
    Set<Set<String>> all = new LinkedHashSet<>();
    if (columns.isEmpty()) {
      alternatives(slices).ifPresent(all::add);
    }
    for (String column : columns) {
      List<Slice> covering = slices.stream().filter(slice -> slice.covers(column)).toList();
      alternatives(covering).ifPresent(all::add);
    }
    return all.stream().filter(one -> all.stream().noneMatch(other -> isMore(one, other))).toList();
  }

  /** Whether {@code alternatives} has all of {@code fewer} and others, and so follows from it. */
  private static boolean isMore(Set<String> alternatives, Set<String> fewer) {
    return alternatives.size() > fewer.size() && alternatives.containsAll(fewer);
  }

  private static Optional<Set<String>> alternatives(List<Slice> covering) {
    Set<String> rows = new LinkedHashSet<>();
    for (Slice slice : covering) {
      if (slice.rows().isEmpty()) {
        return Optional.empty();
      }
      rows.add(slice.rows().get());
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a column that no grant shows has no rows to admit");
    }
    return Optional.of(rows);
  }
}
