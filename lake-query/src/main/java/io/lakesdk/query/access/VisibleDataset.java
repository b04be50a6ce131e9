package io.lakesdk.query.access;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.View;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.schema.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A dataset or a view as far as the lake's principal may see it. */
public final class VisibleDataset extends VisibleTable {

  private final Dataset dataset;
  private final Optional<SourceTable.ViewQuery> query;

  private VisibleDataset(Lake lake, Dataset dataset, Optional<SourceTable.ViewQuery> query) {
    super(
        lake,
        new Resource.OfDataset(dataset.id(), dataset.zone()),
        dataset.columns(),
        dataset.partitions().stream().map(Column::name).collect(Collectors.toSet()));
    this.dataset = dataset;
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

  @Override
  public boolean isView() {
    return query.isPresent();
  }

  @Override
  List<SourceColumn> apart() {
    return isView() || !view().isEverything()
        ? List.of()
        : HiddenColumn.of(dataset).stream()
            .map(
                hidden ->
                    new SourceColumn(
                        hidden.column().name(),
                        hidden.column().type(),
                        SourceColumn.Use.DATA,
                        SourceColumn.Visibility.APART))
            .toList();
  }

  @Override
  Optional<SourceTable.ViewQuery> query() {
    return query;
  }

  /** The dataset; of a view the table that it looks like. */
  public Dataset dataset() {
    return dataset;
  }
}
