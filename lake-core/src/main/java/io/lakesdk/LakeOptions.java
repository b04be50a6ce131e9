package io.lakesdk;

import io.lakesdk.event.LakeListener;
import io.lakesdk.fault.Faults;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What may be chosen when a lake is opened. */
public final class LakeOptions {

  private Clock clock = SystemTime.clock();
  private Faults faults = Faults.none();
  private MeterRegistry metrics = new SimpleMeterRegistry();
  private final List<LakeListener> listeners = new ArrayList<>();

  LakeOptions() {}

  /** The time that the lake lives in; the machine's unless told otherwise. */
  public LakeOptions clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** Faults that happen at the lake's calls to storage and metadata. */
  public LakeOptions faults(Faults faults) {
    this.faults = Objects.requireNonNull(faults, "faults");
    return this;
  }

  /** Adds somebody who is told what happens. */
  public LakeOptions listener(LakeListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /** Where the lake's metrics go; into a registry of its own unless told otherwise. */
  public LakeOptions metrics(MeterRegistry metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    return this;
  }

  Clock clock() {
    return clock;
  }

  Faults faults() {
    return faults;
  }

  MeterRegistry metrics() {
    return metrics;
  }

  List<LakeListener> listeners() {
    return List.copyOf(listeners);
  }
}
