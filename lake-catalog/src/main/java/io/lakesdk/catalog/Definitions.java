package io.lakesdk.catalog;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.embedded.EmbeddedCatalog;
import java.util.Optional;

/**
 * Datasets as they were registered, whoever asks. For the layers, which decide by themselves what
 * to show; applications use {@link Catalog}.
 */
public interface Definitions {

  static Definitions of(Lake lake) {
    return EmbeddedCatalog.definitions(lake);
  }

  Optional<Dataset> find(DatasetId id);
}
