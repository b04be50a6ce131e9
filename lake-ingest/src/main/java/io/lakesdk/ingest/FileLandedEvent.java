package io.lakesdk.ingest;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.event.LakeEvent;
import java.time.Instant;

/**
 * One more file of a load was stored; it becomes visible with the load.
 *
 * @param at when
 * @param by on whose behalf
 * @param dataset where it goes
 * @param name the file's path below the source's folder
 * @param progress how far the load is with this file
 */
public record FileLandedEvent(
    Instant at, Principal by, DatasetId dataset, String name, Progress progress)
    implements LakeEvent {

  /**
   * How much of a load was stored.
   *
   * @param files files so far
   * @param allFiles files that the load will have
   * @param bytes bytes so far
   * @param allBytes bytes that the load will have
   */
  public record Progress(long files, long allFiles, long bytes, long allBytes) {}
}
