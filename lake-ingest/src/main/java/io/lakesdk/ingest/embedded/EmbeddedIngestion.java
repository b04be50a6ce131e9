package io.lakesdk.ingest.embedded;

import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.LakeException;
import io.lakesdk.ingest.FileSource;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.ingest.Load;
import io.lakesdk.ingest.LoadFailedEvent;
import io.lakesdk.ingest.LoadFinishedEvent;
import io.lakesdk.ingest.LoadStartedEvent;
import io.lakesdk.ingest.Receipt;
import io.lakesdk.ingest.RecordSource;

/** Ingestion that does its work in this process, into a lake of any backend. */
public final class EmbeddedIngestion implements Ingestion {

  private final Lake lake;

  public EmbeddedIngestion(Lake lake) {
    this.lake = lake;
  }

  @Override
  public Receipt load(IngestionSource source, Load load) {
    lake.access().require(Action.WRITE, Resource.zone(load.dataset().zone()));
    lake.emit(
        new LoadStartedEvent(
            lake.clock().instant(), lake.principal(), load.dataset().id(), source.description()));
    try {
      Receipt receipt = run(source, load);
      lake.emit(new LoadFinishedEvent(lake.clock().instant(), lake.principal(), receipt));
      return receipt;
    } catch (RuntimeException e) {
      lake.emit(
          new LoadFailedEvent(
              lake.clock().instant(),
              lake.principal(),
              load.dataset().id(),
              source.description(),
              e instanceof LakeException
                  ? String.valueOf(e.getMessage())
                  : e.getClass().getName()));
      throw e;
    }
  }

  private Receipt run(IngestionSource source, Load load) {
    Landing landing = new Landing(lake, lake.backend(), load, source.description());
    if (source instanceof FileSource files) {
      return new FileLoad(landing, files).run();
    }
    return new RecordLoad(landing, (RecordSource) source).run();
  }
}
