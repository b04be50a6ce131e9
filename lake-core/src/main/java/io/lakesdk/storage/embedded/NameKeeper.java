package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.metadata.Tx;

/** Keeps the names under which a person finds the current objects. */
@FunctionalInterface
interface NameKeeper {

  /** There are no such names. */
  NameKeeper NONE = (tx, zone, key) -> {};

  /** This transaction changes what a reader of the key sees. */
  void changed(Tx tx, Zone zone, byte[] key);
}
