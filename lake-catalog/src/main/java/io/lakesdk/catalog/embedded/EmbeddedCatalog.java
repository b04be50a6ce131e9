package io.lakesdk.catalog.embedded;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.Views;
import io.lakesdk.catalog.definition.DefinedCatalog;
import io.lakesdk.catalog.definition.DefinedViews;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;

/** The catalog of an embedded lake. */
public final class EmbeddedCatalog {

  private EmbeddedCatalog() {}

  public static Catalog of(Lake lake, EmbeddedBackend backend) {
    return new DefinedCatalog(lake, new EmbeddedDefinitions(lake, backend));
  }

  /** All definitions, whoever asks. */
  public static Definitions definitions(Lake lake, EmbeddedBackend backend) {
    EmbeddedDefinitions store = new EmbeddedDefinitions(lake, backend);
    return id -> store.find(id).map(Registered::dataset);
  }

  public static Views views(Lake lake, EmbeddedBackend backend) {
    return new DefinedViews(lake, new EmbeddedViews(lake, backend));
  }
}
