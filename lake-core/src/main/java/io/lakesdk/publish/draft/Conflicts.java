package io.lakesdk.publish.draft;

import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Write;

/** Whether a draft may be published on top of what others published since it began. */
public final class Conflicts {

  private static final String BEGIN_AGAIN = "; begin again from what is there now";

  private Conflicts() {}

  /** The dataset as it is when the draft is to be published. */
  public interface Current {

    /** A number that it shares with no dataset that was removed earlier under its name. */
    long birth();

    /** Its current version. */
    long version();

    /** The version that changed a partition last, or one that is not before it. */
    long changed(Partition partition);
  }

  /**
   * Appends never conflict; what replaces something needs it to be as it was when the draft began.
   *
   * @throws ConflictException if it is not
   */
  public static void requireNone(StagedDraft draft, Current now) {
    if (draft.write() == Write.APPEND) {
      return;
    }
    if (draft.birth() != 0 && draft.birth() != now.birth()) {
      throw conflict(draft, "it was removed since load " + draft.load() + " began");
    }
    if (draft.write() == Write.OVERWRITE && now.version() != draft.base()) {
      throw conflict(
          draft,
          "load "
              + draft.load()
              + " began on version "
              + draft.base()
              + " and the current one is "
              + now.version()
              + BEGIN_AGAIN);
    }
    if (draft.write() == Write.OVERWRITE_PARTITIONS) {
      for (Partition partition : draft.partitions()) {
        if (now.changed(partition) > draft.base()) {
          throw conflict(
              draft,
              "partition "
                  + partition
                  + " was changed since load "
                  + draft.load()
                  + " began"
                  + BEGIN_AGAIN);
        }
      }
    }
  }

  private static ConflictException conflict(StagedDraft draft, String reason) {
    return new ConflictException("publish to", Subject.dataset(draft.dataset().id()), reason);
  }
}
