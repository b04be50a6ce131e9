package io.lakesdk.catalog.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.Views;
import io.lakesdk.catalog.definition.DefinedCatalog;
import io.lakesdk.catalog.definition.DefinedViews;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import java.util.Optional;

/**
 * The catalog of a lake on AWS: the tables of Glue whose files are in the lake's buckets, whoever
 * made them.
 */
public final class GlueCatalog {

  private GlueCatalog() {}

  public static Catalog of(Lake lake, AwsBackend backend) {
    return new DefinedCatalog(lake, definitionStore(lake, backend));
  }

  /** All definitions, whoever asks. */
  public static Definitions definitions(Lake lake, AwsBackend backend) {
    GlueDefinitions store = definitionStore(lake, backend);
    return new Definitions() {
      @Override
      public Optional<Dataset> find(DatasetId id) {
        return store.findDataset(id).map(Registered::dataset);
      }

      @Override
      public Optional<DatasetId> overlapping(Dataset dataset) {
        return store.overlapping(dataset);
      }
    };
  }

  /** The views that Athena knows. */
  public static Views views(Lake lake, AwsBackend backend) {
    return new DefinedViews(lake, new GlueViews(tables(backend)));
  }

  private static GlueDefinitions definitionStore(Lake lake, AwsBackend backend) {
    return new GlueDefinitions(lake, backend, tables(backend));
  }

  private static GlueTables tables(AwsBackend backend) {
    return new GlueTables(backend.connection());
  }
}
