package io.lakesdk.ingest.embedded;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.ingest.Load;
import io.lakesdk.ingest.Receipt;

/** Ingestion into an embedded lake. */
public final class EmbeddedIngestion implements Ingestion {

  private final Lake lake;

  public EmbeddedIngestion(Lake lake, EmbeddedBackend backend) {
    this.lake = lake;
  }

  @Override
  public Receipt load(IngestionSource source, Load load) {
    throw new IllegalStateException("in the making for " + lake + source + load);
  }
}
