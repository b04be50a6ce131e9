package io.lakesdk.catalog.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.Views;
import io.lakesdk.catalog.definition.DefinedCatalog;
import io.lakesdk.catalog.definition.DefinedViews;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import java.util.Optional;

/** The catalog of an embedded lake. */
public final class EmbeddedCatalog {

  private EmbeddedCatalog() {}

  public static Catalog of(Lake lake, EmbeddedBackend backend) {
    return new DefinedCatalog(lake, new EmbeddedDefinitions(lake, backend));
  }

  /** All definitions, whoever asks. */
  public static Definitions definitions(Lake lake, EmbeddedBackend backend) {
    EmbeddedDefinitions store = new EmbeddedDefinitions(lake, backend);
    return new Definitions() {
      @Override
      public Optional<Dataset> find(DatasetId id) {
        return store.find(id).map(Registered::dataset);
      }

      @Override
      public Optional<DatasetId> overlapping(Dataset dataset) {
        return store.overlapping(dataset);
      }
    };
  }

  public static Views views(Lake lake, EmbeddedBackend backend) {
    return new DefinedViews(lake, new EmbeddedViews(lake, backend));
  }
}
