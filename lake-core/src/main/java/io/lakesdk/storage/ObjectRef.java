package io.lakesdk.storage;

import io.lakesdk.Zone;

/**
 * Points at one version of one object of the lake.
 *
 * @param zone where
 * @param key what
 * @param version which
 */
public record ObjectRef(Zone zone, String key, String version) {
  @Override
  public String toString() {
    return zone + "/" + key;
  }
}
