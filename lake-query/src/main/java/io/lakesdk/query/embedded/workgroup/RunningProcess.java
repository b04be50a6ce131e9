package io.lakesdk.query.embedded.workgroup;

import java.util.Optional;

/** Processes as they are kept: with their start, since numbers are used again. */
final class RunningProcess {

  private RunningProcess() {}

  static String current() {
    return named(ProcessHandle.current());
  }

  private static String named(ProcessHandle process) {
    long start = process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
    return process.pid() + "-" + start;
  }

  /** Whether a process of this machine still runs. */
  static boolean isAlive(String name) {
    long pid = Long.parseLong(name.substring(0, name.indexOf('-')));
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && named(process.get()).equals(name);
  }
}
