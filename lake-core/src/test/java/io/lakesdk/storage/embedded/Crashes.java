package io.lakesdk.storage.embedded;

import io.lakesdk.VirtualClock;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/**
 * Ends a "process" before one of the changes that it makes to the disk or to the metadata: none of
 * the later ones happens, those of cleaning up included.
 */
final class Crashes implements Disk.Steps {

  static final VirtualClock CLOCK = VirtualClock.at("2026-01-01T00:00:00Z");

  private int left;
  private boolean armed;
  private boolean crashed;

  private Crashes(int left) {
    this.left = left;
  }

  static Crashes never() {
    return new Crashes(Integer.MAX_VALUE);
  }

  /** Crashes before the step with this number, counted from 0, once it is armed. */
  static Crashes before(int step) {
    return new Crashes(step);
  }

  /** The end of the process. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void before(String step) {
    if (crashed || (armed && left-- == 0)) {
      crashed = true;
      throw new Crash();
    }
  }

  boolean happened() {
    return crashed;
  }

  Seam seam() {
    Faults faults =
        Faults.on(Call.WRITE_METADATA)
            .before(subject -> before("commit"))
            .andOn(Call.WRITE_METADATA)
            .after(subject -> before("committed"));
    return new Seam(faults, new SimpleMeterRegistry());
  }

  /** Opens the storage as another process would. */
  EmbeddedStorage open(Path root, String process) {
    return new FolderOpening(CLOCK, seam(), this, process).open(root);
  }

  /** What the process does before the crash that is to come, and what it does then. */
  void run(Path root, Doing before, Doing then) throws Exception {
    try {
      EmbeddedStorage storage = open(root, "1-1");
      try {
        before.with(storage);
        armed = true;
        then.with(storage);
      } finally {
        storage.close();
      }
    } catch (Crash expected) {
      // the next process finds what is left
    }
  }

  /** Crashes while the lake is opened. */
  void runOpening(Path root) {
    armed = true;
    try {
      open(root, "1-1").close();
    } catch (Crash expected) {
      // the next process finds what is left
    }
  }

  /** Code with a storage. */
  interface Doing {
    void with(EmbeddedStorage storage) throws Exception;
  }
}
