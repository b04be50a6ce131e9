package io.lakesdk.aws;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries calls of one service: with exponential, jittered pauses, until the deadline, and not at all
 * while the service fails most calls. One for each service and lake; thread-safe.
 */
final class Attempts {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final double GROWTH = 2;
  private static final double JITTER = 0.5;
  private static final int WINDOW = 50;
  private static final float MOST_FAILING = 80;
  private static final Duration REST = Duration.ofSeconds(10);

  private final AwsService service;
  private final Duration deadline;
  private final Clock clock;
  private final Retry retry;
  private final CircuitBreaker breaker;

  /** Thrown by an attempt of which another one may follow. */
  static final class AgainException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RuntimeException error;
    private final boolean serviceFailed;

    AgainException(RuntimeException cause, boolean serviceFailed) {
      super(cause);
      this.error = cause;
      this.serviceFailed = serviceFailed;
    }

    RuntimeException error() {
      return error;
    }
  }

  Attempts(AwsService service, AwsSettings.Limits limits, Clock clock) {
    this.service = service;
    this.deadline = limits.deadline();
    this.clock = clock;
    this.retry =
        Retry.of(
            service.toString(),
            RetryConfig.custom()
                .maxAttempts(limits.attempts())
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE))
                .retryExceptions(AgainException.class)
                .build());
    this.breaker =
        CircuitBreaker.of(
            service.toString(),
            CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(WINDOW)
                .failureRateThreshold(MOST_FAILING)
                .waitDurationInOpenState(REST)
                .currentTimestampFunction(c -> clock.millis(), TimeUnit.MILLISECONDS)
                .clock(clock)
                .recordException(e -> e instanceof AgainException again && again.serviceFailed)
                .build());
  }

  AwsService service() {
    return service;
  }

  /**
   * Tries until an attempt does not ask for another.
   *
   * @throws CallNotPermittedException while the service fails most calls
   */
  <T> T run(Supplier<T> attempt) {
    Instant end = clock.instant().plus(deadline);
    try {
      return retry.executeSupplier(
          () -> {
            try {
              return breaker.executeSupplier(attempt);
            } catch (AgainException again) {
              if (clock.instant().isBefore(end)) {
                throw again;
              }
              throw again.error();
            }
          });
    } catch (AgainException last) {
      throw last.error();
    }
  }
}
