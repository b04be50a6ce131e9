package io.lakesdk.publish.draft;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.Subject;

/** What publishing asks for before it does anything, whatever the lake runs on. */
public final class PublishAccess {

  private final Lake lake;

  public PublishAccess(Lake lake) {
    this.lake = lake;
  }

  /** Changes need WRITE on the dataset's zone. */
  public void requireWrite(Dataset dataset) {
    lake.access().require(Action.WRITE, Resource.zone(dataset.zone()));
  }

  /** Whoever looks must be able to see something of the dataset. */
  public void requireVisible(Dataset dataset) {
    if (lake.access().view(new Resource.OfDataset(dataset.id(), dataset.zone())).isNothing()) {
      throw new AccessDeniedException(
          "read",
          Subject.dataset(dataset.id()),
          lake.principal()
              + " may see nothing of it; grant select on it, or on some of its"
              + " columns");
    }
  }
}
