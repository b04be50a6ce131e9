package io.lakesdk.fault;

import io.lakesdk.error.Subject;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What every call to storage or metadata passes: faults are injected here, and calls are timed as
 * {@code lake.calls} with the tags {@code call} and {@code outcome}. One for each lake;
 * thread-safe.
 */
public final class Seam {

  private final Faults faults;
  private final Map<Call, Timer> succeeded = new EnumMap<>(Call.class);
  private final Map<Call, Timer> failed = new EnumMap<>(Call.class);

  public Seam(Faults faults, MeterRegistry metrics) {
    this.faults = faults;
    for (Call call : Call.values()) {
      succeeded.put(call, metrics.timer("lake.calls", "call", call.name(), "outcome", "done"));
      failed.put(call, metrics.timer("lake.calls", "call", call.name(), "outcome", "failed"));
    }
  }

  /** Does the work, with the faults that are to happen at such a call. */
  @SuppressWarnings("NullAway") // the timer of every call was made in the constructor
  public <T> T call(Call call, Subject subject, Supplier<T> work) {
    Timer.Sample sample = Timer.start();
    boolean done = false;
    try {
      faults.before(call, subject);
      T result = work.get();
      faults.after(call, subject);
      done = true;
      return result;
    } finally {
      sample.stop(done ? succeeded.get(call) : failed.get(call));
    }
  }

  /** {@link #call} for work that has no result. */
  public void run(Call call, Subject subject, Runnable work) {
    call(
        call,
        subject,
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }
}
