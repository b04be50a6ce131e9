package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.fault.Seam;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;

/** The bytes and the metadata of an embedded lake. */
public abstract class EmbeddedStorage implements AutoCloseable {

  /** Storage that leaves nothing behind. */
  public static EmbeddedStorage inMemory(Clock clock, Seam seam) {
    throw new IllegalStateException("in the making");
  }

  /** Storage in a folder, made where it is absent. */
  public static EmbeddedStorage at(Path root, Clock clock, Seam seam) {
    throw new IllegalStateException("in the making");
  }

  public abstract MetadataStore metadata();

  public abstract LocalFiles files();

  /** The objects of a zone. */
  public abstract ObjectStore store(Zone zone);

  @Override
  public abstract void close();
}
