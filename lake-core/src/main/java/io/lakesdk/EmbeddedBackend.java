package io.lakesdk;

import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an embedded lake runs on.
 *
 * @param metadata the lake's one database
 * @param files its objects as files
 * @param stores the objects of each zone
 */
public record EmbeddedBackend(
    MetadataStore metadata, LocalFiles files, Function<Zone, ObjectStore> stores)
    implements Backend {

  @Override
  public ObjectStore store(Zone zone) {
    return stores.apply(zone);
  }

  @Override
  public <T> T atomically(Supplier<T> work) {
    return metadata.write(tx -> work.get());
  }
}
