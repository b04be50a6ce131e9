package io.lakesdk.query.sql;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One place in a statement where a view is read. What its query reads are uses of their own.
 *
 * @param view which one
 * @param columns those that the statement needs, lower-case, hidden ones too; may be empty
 * @param depth how many views stand inside each other here, this one included
 * @param within the view that the statement names, where this one is named by its query or by that
 *     of a view in it
 */
public record ViewUse(SourceTable view, Set<String> columns, int depth, Optional<String> within) {

  /** How many views may stand inside each other. */
  public static final int MOST_NESTED = 32;

  /** Why somebody is refused who may not see everything that a view reads. */
  public static final String REFUSED =
      "the view reads tables or columns that you may not see, and a view shows nothing that its"
          + " tables do not show; whoever opened the lake can grant select on them";

  public ViewUse {
    Objects.requireNonNull(view, "view");
    columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
    Objects.requireNonNull(within, "within");
  }
}
