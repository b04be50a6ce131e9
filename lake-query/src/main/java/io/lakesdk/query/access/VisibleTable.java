package io.lakesdk.query.access;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.Condition;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A table as far as the lake's principal may see it: a dataset, a view, or one of a source. */
public sealed class VisibleTable permits VisibleDataset {

  private final Lake lake;
  private final Resource.OfDataset resource;
  private final Schema columns;
  private final Set<String> partitions;
  private final DatasetView view;

  /**
   * @param columns all of them, in order
   * @param partitions those of them that tell partitions apart
   */
  VisibleTable(Lake lake, Resource.OfDataset resource, Schema columns, Set<String> partitions) {
    this.lake = lake;
    this.resource = resource;
    this.columns = columns;
    this.partitions = Set.copyOf(partitions);
    this.view = lake.access().view(resource);
  }

  /** What the lake's principal may see now of a table of a federated source. */
  public static VisibleTable federated(Lake lake, DatasetId id, Schema columns) {
    return new VisibleTable(lake, federated(id), columns, Set.of());
  }

  /**
   * Whether the lake's principal may see nothing of a table of a federated source, there or not.
   */
  public static boolean isHidden(Lake lake, DatasetId id) {
    return lake.access().view(federated(id)).isNothing();
  }

  private static Resource.OfDataset federated(DatasetId id) {
    return new Resource.OfDataset(id, Optional.empty());
  }

  public DatasetId id() {
    return resource.dataset();
  }

  Resource.OfDataset resource() {
    return resource;
  }

  public DatasetView view() {
    return view;
  }

  /** Whether it is a view, and has no rows of its own. */
  public boolean isView() {
    return false;
  }

  /** Whether the principal may see nothing of it. */
  public boolean isHidden() {
    boolean shown = columns.columns().stream().anyMatch(c -> view.shows(c.name()));
    return view.isNothing() || !(shown || view.isEverything());
  }

  /** The columns that the principal may see, in order. */
  public List<Column> columns() {
    return columns.columns().stream().filter(c -> view.shows(c.name())).toList();
  }

  /**
   * The table that statements name.
   *
   * @param handle what each use of the table gives back
   */
  public SourceTable table(Object handle) {
    List<SourceColumn> all = new ArrayList<>();
    columns.columns().stream()
        .map(
            column ->
                new SourceColumn(
                    column.name(),
                    column.type(),
                    partitions.contains(column.name())
                        ? SourceColumn.Use.PARTITION
                        : SourceColumn.Use.DATA,
                    view.shows(column.name())
                        ? SourceColumn.Visibility.VISIBLE
                        : SourceColumn.Visibility.HIDDEN))
        .forEach(all::add);
    all.addAll(apart());
    return new SourceTable(id().toString(), all, handle, query());
  }

  /** Columns that are no part of {@code *}. */
  List<SourceColumn> apart() {
    return List.of();
  }

  /** The query of a view. */
  Optional<SourceTable.ViewQuery> query() {
    return Optional.empty();
  }

  /**
   * Asks whether a statement may refer to these columns, which is a decision in the audit.
   *
   * @throws AccessDeniedException naming the columns and the grant that is missing
   */
  public void authorize(Set<String> used) {
    Decision decision = lake.access().decide(Action.SELECT, resource, used);
    if (decision instanceof Decision.Denied denied) {
      Set<String> hidden = new TreeSet<>(used);
      hidden.removeIf(view::shows);
      Set<String> named = hidden.isEmpty() ? new TreeSet<>(used) : hidden;
      throw new AccessDeniedException(
          named.isEmpty() ? "select from" : "select " + String.join(", ", named) + " from",
          Subject.dataset(id()),
          denied.reason() + "; " + denied.remedy());
    }
  }

  /**
   * The rows that a statement sees that refers to these columns; all, if empty.
   *
   * @throws AccessDeniedException if a grant's filter cannot be applied
   */
  public Optional<Condition> rowFilter(Set<String> used) {
    List<Set<String>> all = view.rowsFor(used);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    SourceTable table = table(this);
    Translator translator = new Translator((database, name) -> Optional.empty(), "", lake.clock());
    List<String> sql = new ArrayList<>();
    List<RowCondition> rows = new ArrayList<>();
    Set<String> about = new TreeSet<>();
    for (Set<String> alternatives : all) {
      List<Condition> each =
          alternatives.stream().map(text -> predicate(translator, text, table)).toList();
      sql.add(
          each.stream()
              .map(condition -> "(" + condition.sql() + ")")
              .collect(Collectors.joining(" OR ", "(", ")")));
      rows.add(new RowCondition.Or(each.stream().map(Condition::rows).toList()));
      each.forEach(condition -> about.addAll(condition.columns()));
    }
    return Optional.of(new Condition(String.join(" AND ", sql), new RowCondition.And(rows), about));
  }

  /** A filter that cannot be applied shows nothing, and its text is told to nobody. */
  private Condition predicate(Translator translator, String rows, SourceTable table) {
    try {
      return translator.predicate(rows, table);
    } catch (InvalidDefinitionException filterHoldsValues) {
      throw new AccessDeniedException(
          "select from",
          Subject.dataset(id()),
          "the row filter of a grant to "
              + lake.principal()
              + " does not fit the dataset's columns; whoever opened the lake can grant anew");
    }
  }
}
