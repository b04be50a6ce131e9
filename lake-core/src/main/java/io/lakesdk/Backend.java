package io.lakesdk;

import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.util.function.Supplier;

/**
 * What a lake runs on, for the layers to choose their implementation by. For the layers, not for
 * applications: nothing that is reached through it asks for permission.
 */
public sealed interface Backend permits EmbeddedBackend, AwsBackend {

  /** The lake's objects as files of this machine. */
  LocalFiles files();

  /** The objects of a zone. */
  ObjectStore store(Zone zone);

  /**
   * Makes what is published inside visible together, or not at all. What the work looks at is still
   * so when it becomes visible: if somebody changed it meanwhile, the work is done again.
   *
   * @param work may run several times; what it does besides publishing must bear that
   */
  <T> T atomically(Supplier<T> work);
}
