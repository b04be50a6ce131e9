package io.lakesdk.publish.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import java.time.Duration;
import java.util.List;

/** Publishing on the metadata of an embedded lake. */
public final class EmbeddedPublishing implements Publishing {

  public EmbeddedPublishing(Lake lake, EmbeddedBackend backend) {
    throw new IllegalStateException("in the making " + lake + backend);
  }

  @Override
  public Draft begin(Dataset dataset, Write write, LoadId load) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public List<Publication> publish(List<Draft> drafts) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public Snapshot snapshot(Dataset dataset) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public Snapshot snapshot(Dataset dataset, long version) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public List<Version> history(Dataset dataset) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public Version rollback(Dataset dataset, long version) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public VacuumReport vacuum(Dataset dataset, Duration retention) {
    throw new IllegalStateException("in the making");
  }

  @Override
  public void remove(Dataset dataset) {
    throw new IllegalStateException("in the making");
  }
}
