package io.lakesdk.query.access;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.View;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A dataset or a view as far as the lake's principal may see it. */
public final class VisibleDataset {

  private final Lake lake;
  private final Dataset dataset;
  private final DatasetView view;
  private final Optional<SourceTable.ViewQuery> query;

  private VisibleDataset(Lake lake, Dataset dataset, Optional<SourceTable.ViewQuery> query) {
    this.lake = lake;
    this.dataset = dataset;
    this.view = lake.access().view(resource(dataset));
    this.query = query;
  }

  /** What the lake's principal may see of the dataset now. */
  public static VisibleDataset of(Lake lake, Dataset dataset) {
    return new VisibleDataset(lake, dataset, Optional.empty());
  }

  /** What the lake's principal may see of the view now, if it may see all that the view reads. */
  public static VisibleDataset of(Lake lake, View view) {
    return new VisibleDataset(
        lake, view.table(), Optional.of(new SourceTable.ViewQuery(view.sql(), view.database())));
  }

  /** Whether it is a view, and has no rows of its own. */
  public boolean isView() {
    return query.isPresent();
  }

  private static Resource.OfDataset resource(Dataset dataset) {
    return new Resource.OfDataset(dataset.id(), dataset.zone());
  }

  /** The dataset; of a view the table that it looks like. */
  public Dataset dataset() {
    return dataset;
  }

  public DatasetView view() {
    return view;
  }

  Resource.OfDataset resource() {
    return resource(dataset);
  }

  /** Whether the principal may see nothing of it. */
  public boolean isHidden() {
    boolean shown = dataset.columns().columns().stream().anyMatch(c -> view.shows(c.name()));
    return view.isNothing() || !(shown || view.isEverything());
  }

  /** The columns that the principal may see, in order. */
  public List<Column> columns() {
    return dataset.columns().columns().stream().filter(c -> view.shows(c.name())).toList();
  }

  /**
   * The table that statements name.
   *
   * @param handle what each use of the table gives back
   */
  public SourceTable table(Object handle) {
    List<SourceColumn> columns = new ArrayList<>();
    dataset.schema().columns().forEach(c -> columns.add(column(c, SourceColumn.Use.DATA)));
    dataset.partitions().forEach(c -> columns.add(column(c, SourceColumn.Use.PARTITION)));
    return new SourceTable(dataset.id().toString(), columns, handle, query);
  }

  private SourceColumn column(Column column, SourceColumn.Use use) {
    return new SourceColumn(
        column.name(),
        column.type(),
        use,
        view.shows(column.name())
            ? SourceColumn.Visibility.VISIBLE
            : SourceColumn.Visibility.HIDDEN);
  }

  /**
   * Asks whether a statement may refer to these columns, which is a decision in the audit.
   *
   * @throws AccessDeniedException naming the columns and the grant that is missing
   */
  public void authorize(Set<String> columns) {
    Decision decision = lake.access().decide(Action.SELECT, resource(), columns);
    if (decision instanceof Decision.Denied denied) {
      Set<String> hidden = new TreeSet<>(columns);
      hidden.removeIf(view::shows);
      Set<String> named = hidden.isEmpty() ? new TreeSet<>(columns) : hidden;
      throw new AccessDeniedException(
          named.isEmpty() ? "select from" : "select " + String.join(", ", named) + " from",
          Subject.dataset(dataset.id()),
          denied.reason() + "; " + denied.remedy());
    }
  }
}
