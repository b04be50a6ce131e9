package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Resource;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lake's principal may see of datasets. */
final class Sight {

  private final Lake lake;

  Sight(Lake lake) {
    this.lake = lake;
  }

  DatasetView view(Dataset dataset) {
    return lake.access().view(new Resource.OfDataset(dataset.id(), dataset.zone()));
  }

  boolean sees(Dataset dataset) {
    return show(dataset).isPresent();
  }

  /** The dataset with its visible columns; nothing if it has columns and none is visible. */
  Optional<Dataset> show(Dataset dataset) {
    DatasetView view = view(dataset);
    if (view.isNothing()) {
      return Optional.empty();
    }
    Dataset shown = through(view, dataset);
    boolean blank = shown.columns().columns().isEmpty() && !dataset.columns().columns().isEmpty();
    return blank ? Optional.empty() : Optional.of(shown);
  }

  /** The dataset with the columns that a view shows. */
  static Dataset through(DatasetView view, Dataset dataset) {
    return new Dataset(
        dataset.id(),
        dataset.zone(),
        dataset.location(),
        dataset.format(),
        Schema.of(visible(view, dataset.schema().columns())),
        visible(view, dataset.partitions()),
        dataset.description(),
        dataset.steward(),
        seesPartitions(view, dataset) ? dataset.projection() : Map.of(),
        dataset.bucketing().filter(b -> b.columns().stream().allMatch(view::shows)));
  }

  /** The values of partition keys are data. */
  private static boolean seesPartitions(DatasetView view, Dataset dataset) {
    List<String> keys = dataset.partitions().stream().map(Column::name).toList();
    return keys.stream().allMatch(view::shows) && view.rowsFor(keys).isEmpty();
  }

  private static List<Column> visible(DatasetView view, List<Column> columns) {
    return columns.stream().filter(column -> view.shows(column.name())).toList();
  }
}
