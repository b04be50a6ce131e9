package io.lakesdk.catalog;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.aws.GlueCatalog;
import io.lakesdk.catalog.embedded.EmbeddedCatalog;
import java.util.Optional;

/**
 * Datasets as they were registered, whoever asks. For the layers, which decide by themselves what
 * to show; applications use {@link Catalog}.
 */
public interface Definitions {

  static Definitions of(Lake lake) {
    return lake.backend() instanceof AwsBackend aws
        ? GlueCatalog.definitions(lake, aws)
        : EmbeddedCatalog.definitions(lake, (EmbeddedBackend) lake.backend());
  }

  Optional<Dataset> find(DatasetId id);

  /**
   * A dataset of the same zone, but not of this name, of which the location contains this one's, or
   * lies in it.
   */
  Optional<DatasetId> overlapping(Dataset dataset);
}
