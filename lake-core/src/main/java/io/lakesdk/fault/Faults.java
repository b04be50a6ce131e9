package io.lakesdk.fault;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Faults that a lake lets happen at its calls to storage and metadata, for tests of what an
 * application does then. {@code Faults.on(Call.PUT_OBJECT).throttle(0.2)} refuses a fifth of the
 * writes. Faults are drawn from a fixed seed, so that a failing test fails again. Thread-safe.
 */
public final class Faults {

  private static final long SEED = 20_260_101L;

  private final List<Rule> rules;

  private Faults(List<Rule> rules) {
    this.rules = rules;
  }

  private record Rule(Call call, Consumer<Subject> before, Consumer<Subject> after) {}

  /** No faults. */
  public static Faults none() {
    return new Faults(List.of());
  }

  /** Starts a fault at one sort of call. */
  public static At on(Call call) {
    return new At(call, none());
  }

  /** Adds a fault at another sort of call. */
  public At andOn(Call call) {
    return new At(call, this);
  }

  /** Which fault happens at a call. */
  public static final class At {
    private final Call call;
    private final Faults others;

    private At(Call call, Faults others) {
      this.call = call;
      this.others = others;
    }

    /**
     * Refuses this share of the calls, before anything was done, with {@link UnavailableException}.
     *
     * @param share from 0 (none) to 1 (all)
     */
    public Faults throttle(double share) {
      return before(with(share, subject -> throwUnavailable("throttled", subject)));
    }

    /** Refuses the next {@code times} calls, before anything was done. */
    public Faults failNext(int times) {
      return before(next(times, subject -> throwUnavailable("failed", subject)));
    }

    /**
     * Does what was asked in this share of the calls and then reports {@link
     * OutcomeUnknownException}, as when the answer is lost on its way.
     *
     * @param share from 0 (none) to 1 (all)
     */
    public Faults loseAnswer(double share) {
      return after(with(share, this::throwUnknown));
    }

    /** {@link #loseAnswer(double)} for the next {@code times} calls. */
    public Faults loseNextAnswer(int times) {
      return after(next(times, this::throwUnknown));
    }

    /** Runs code before each call: to pause it, to count it, to throw. */
    public Faults before(Consumer<Subject> code) {
      return others.plus(new Rule(call, code, subject -> {}));
    }

    /** Runs code after each call has done its work and before its caller learns of it. */
    public Faults after(Consumer<Subject> code) {
      return others.plus(new Rule(call, subject -> {}, code));
    }

    private void throwUnavailable(String what, Subject subject) {
      throw new UnavailableException(
          "call " + call + " for", subject, what + " by an injected fault");
    }

    private void throwUnknown(Subject subject) {
      throw new OutcomeUnknownException(
          "learn the outcome of " + call + " for",
          subject,
          "the answer was lost by an injected fault");
    }

    private static Consumer<Subject> with(double share, Consumer<Subject> fault) {
      if (!(share >= 0 && share <= 1)) {
        throw new InvalidDefinitionException(
            "inject faults with", Subject.option("share"), "it is from 0 to 1");
      }
      Random random = new Random(SEED);
      return subject -> {
        if (random.nextDouble() < share) {
          fault.accept(subject);
        }
      };
    }

    private static Consumer<Subject> next(int times, Consumer<Subject> fault) {
      AtomicInteger left = new AtomicInteger(times);
      return subject -> {
        if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          fault.accept(subject);
        }
      };
    }
  }

  private Faults plus(Rule rule) {
    return new Faults(Stream.concat(rules.stream(), Stream.of(rule)).toList());
  }

  void before(Call call, Subject subject) {
    for (Rule rule : rules) {
      if (rule.call() == call) {
        rule.before().accept(subject);
      }
    }
  }

  void after(Call call, Subject subject) {
    for (Rule rule : rules) {
      if (rule.call() == call) {
        rule.after().accept(subject);
      }
    }
  }
}
