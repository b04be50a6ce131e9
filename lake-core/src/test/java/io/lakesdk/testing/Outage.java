package io.lakesdk.testing;

import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;

/** Lets a lake fail from a chosen call on, until it is mended. */
public final class Outage {

  private static final long NEVER = Long.MAX_VALUE;

  /** Whether the last call before the outage was still carried out, without an answer. */
  public enum LastAnswer {
    GIVEN,
    LOST
  }

  private long calls;
  private long last = NEVER;
  private LastAnswer answer = LastAnswer.GIVEN;

  /** To open the lake with. */
  public Faults faults() {
    Faults faults = Faults.none();
    for (Call call : Call.values()) {
      faults = faults.andOn(call).before(this::before).andOn(call).after(this::after);
    }
    return faults;
  }

  /** So many calls are carried out from now on. */
  public synchronized void after(long number, LastAnswer lastAnswer) {
    calls = 0;
    last = number;
    answer = lastAnswer;
  }

  /** All calls are carried out from now on. */
  public synchronized void mend() {
    last = NEVER;
  }

  /** The calls since the outage was planned. */
  public synchronized long calls() {
    return calls;
  }

  private synchronized void before(Subject subject) {
    calls++;
    if (calls > last) {
      throw new UnavailableException("reach", subject, "there is an outage");
    }
  }

  private synchronized void after(Subject subject) {
    if (calls == last && answer == LastAnswer.LOST) {
      throw new OutcomeUnknownException("hear of", subject, "an outage began");
    }
  }
}
