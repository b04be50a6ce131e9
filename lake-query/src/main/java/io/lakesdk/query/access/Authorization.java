package io.lakesdk.query.access;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.ViewUse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Authorises a statement: the columns that it refers to of each dataset and view, and all that the
 * queries of views refer to, whoever made them. Source: "Considerations and limitations for Athena
 * views" of the Athena user guide.
 */
public final class Authorization {

  private Authorization() {}

  private record Asked(Optional<String> within, VisibleTable dataset) {}

  /**
   * Asks once for each dataset with the columns of all its uses, and once for each view that reads
   * it.
   *
   * @param datasets what handles of tables stand for; nothing for what everybody may read
   * @throws AccessDeniedException naming the grant that is missing; or the view, where it reads
   *     what the principal may not see
   */
  public static void require(
      Translation translation, Function<Object, Optional<? extends VisibleTable>> datasets) {
    columns(translation, datasets).forEach(Authorization::require);
  }

  /**
   * Whether the principal may see every column that a statement refers to, of all rows or of some.
   * This is no decision, and not in the audit.
   *
   * @param datasets as in {@link #require}
   */
  public static boolean isShown(
      Translation translation, Function<Object, Optional<? extends VisibleTable>> datasets) {
    return columns(translation, datasets).entrySet().stream()
        .allMatch(
            use ->
                !use.getKey().dataset().isHidden()
                    && use.getValue().stream().allMatch(use.getKey().dataset().view()::shows));
  }

  private static Map<Asked, Set<String>> columns(
      Translation translation, Function<Object, Optional<? extends VisibleTable>> datasets) {
    Map<Asked, Set<String>> columns = new LinkedHashMap<>();
    translation
        .tables()
        .forEach(
            use ->
                datasets
                    .apply(use.table().handle())
                    .ifPresent(dataset -> add(columns, use.within(), dataset, use.columns())));
    translation
        .views()
        .forEach(
            use -> add(columns, use.within(), (VisibleDataset) use.view().handle(), use.columns()));
    return columns;
  }

  private static void add(
      Map<Asked, Set<String>> columns,
      Optional<String> within,
      VisibleTable dataset,
      Set<String> used) {
    columns
        .computeIfAbsent(new Asked(within, dataset), asked -> new LinkedHashSet<>())
        .addAll(used);
  }

  private static void require(Asked asked, Set<String> columns) {
    try {
      asked.dataset().authorize(columns);
    } catch (AccessDeniedException e) {
      if (asked.within().isPresent()) {
        throw new AccessDeniedException(
            "query", Subject.dataset(asked.within().get()), ViewUse.REFUSED);
      }
      throw e;
    }
    if (asked.dataset().isView() && !asked.dataset().view().rowsFor(columns).isEmpty()) {
      throw new AccessDeniedException(
          "query",
          Subject.dataset(asked.within().orElse(asked.dataset().id().toString())),
          "a grant on a view has a row filter, and views have none; whoever opened the lake can"
              + " grant the rows of its tables instead");
    }
  }
}
