package io.lakesdk.query.embedded.workgroup;

import java.util.Optional;

/** Processes as they are kept: with their start, since numbers are used again. */
final class RunningProcess {

  /** What two processes may make of the start of one, where the clock is being set. */
  private static final long TOLERANCE_MILLIS = 2_000;

  private RunningProcess() {}

  static String current() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid() + "-" + start(self);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
  }

  /** Whether a process of this machine still runs. */
  static boolean isAlive(String name) {
    int dash = name.indexOf('-');
    Optional<ProcessHandle> process =
        ProcessHandle.of(Long.parseLong(name.substring(0, dash))).filter(ProcessHandle::isAlive);
    long start = Long.parseLong(name.substring(dash + 1));
    return process.isPresent() && Math.abs(start(process.get()) - start) <= TOLERANCE_MILLIS;
  }
}
