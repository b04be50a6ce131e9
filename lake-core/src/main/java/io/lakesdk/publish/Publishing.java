package io.lakesdk.publish;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.publish.embedded.EmbeddedPublishing;
import java.time.Duration;
import java.util.List;

/**
 * Makes files a table. A dataset is a sequence of versions; each is a set of immutable files. To
 * publish is one metadata transaction that adds a version: a reader sees the version before or the
 * version after, whole. Whoever lists the zone's objects, or opens an embedded lake's folder, finds
 * the files of the current version; those of earlier ones are hidden behind delete markers and are
 * read by their object version.
 *
 * <p>Changes need WRITE on the dataset's zone, and everything else needs that the asker may see
 * something of the dataset; {@link AccessDeniedException} otherwise. Implementations are
 * thread-safe and several processes may work on one lake at once.
 */
public interface Publishing {

  static Publishing of(Lake lake) {
    return lake.backend() instanceof AwsBackend aws
        ? new GluePublishing(lake, aws)
        : new EmbeddedPublishing(lake, (EmbeddedBackend) lake.backend());
  }

  /** Starts a load. The caller closes the draft. */
  Draft begin(Dataset dataset, Write write, LoadId load);

  /**
   * Makes the files of drafts visible, all of them or, if this throws, none. A load that was
   * published before, also by somebody else meanwhile, is left as it is, and its files here are
   * discarded. As part of a metadata transaction of the caller's they become visible with it, and
   * listeners are told then.
   *
   * <p>Where the outcome is not known, publishing the load again tells: from the same draft, or
   * from a new one of the same load.
   *
   * @return the receipts, in the order of the drafts
   * @throws ConflictException as {@link Write} says, or if a file to be published is gone
   */
  List<Publication> publish(List<Draft> drafts);

  /** {@link #publish(List)} of one. */
  default Publication publish(Draft draft) {
    return publish(List.of(draft)).get(0);
  }

  /** The current content; of version 0 and without files where nothing was ever published. */
  Snapshot snapshot(Dataset dataset);

  /**
   * The content at a version.
   *
   * @throws NotFoundException if there is no such version, or its files were vacuumed
   */
  Snapshot snapshot(Dataset dataset, long version);

  /** All versions, the newest first. */
  List<Version> history(Dataset dataset);

  /**
   * Makes a new version with the content of an earlier one. Loads that came after that one are
   * taken back and may be published again; loads that had been taken back and are part of it count
   * as published again. Never conflicts.
   *
   * @throws NotFoundException if there is no such version, or its files were vacuumed
   */
  Version rollback(Dataset dataset, long version);

  /**
   * Removes the files that no version within retention has and that a load wrote, for good; files
   * that others wrote and a load included are left as they are. Versions are within retention while
   * they are current, or were current at some moment of the last {@code retention}. Files that were
   * written and never published go too, once they are older than that and than a day, so a load
   * takes less than a day. Versions out of retention remain in the history. Whoever is interrupted
   * leaves the rest to the next vacuum. Not part of a transaction.
   */
  VacuumReport vacuum(Dataset dataset, Duration retention);

  /**
   * Removes the dataset's versions, and those of its files that a load wrote. Files that others
   * wrote and a load included are left as they are, and may be included again. Part of dropping it
   * from the catalog; as part of a transaction the files go when that is committed. A dataset
   * without versions is not an error.
   */
  void remove(Dataset dataset);

  /**
   * What a vacuum did.
   *
   * @param filesRemoved how many files
   * @param bytesRemoved their size
   * @param versionsRemoved how many versions can no longer be read or rolled back to
   */
  record VacuumReport(long filesRemoved, long bytesRemoved, long versionsRemoved) {}
}
