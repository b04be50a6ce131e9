package io.lakesdk.aws;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.lakesdk.aws.AwsConnection.Errors;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Calls that are tried again where that is safe. */
final class RetriedCalls implements AwsConnection.Calls {

  private final Seam seam;
  private final Attempts attempts;
  private final Errors errors;

  RetriedCalls(Seam seam, Attempts attempts, Errors errors) {
    this.seam = seam;
    this.attempts = attempts;
    this.errors = errors;
  }

  /** What to do when the answer to an attempt was lost. */
  private enum Lost {
    TRY_AGAIN_AS_NOTHING_CHANGES,
    TRY_AGAIN,
    GIVE_UP
  }

  @Override
  public <T> T read(Call call, String verb, Subject subject, Supplier<T> work) {
    return seam.call(
        call, subject, () -> tried(verb, subject, work, Lost.TRY_AGAIN_AS_NOTHING_CHANGES));
  }

  @Override
  public <T> T repeat(Call call, String verb, Subject subject, Supplier<T> work) {
    return seam.call(call, subject, () -> tried(verb, subject, work, Lost.TRY_AGAIN));
  }

  @Override
  public <T> T once(Call call, String verb, Subject subject, Supplier<T> work) {
    return seam.call(call, subject, () -> tried(verb, subject, work, Lost.GIVE_UP));
  }

  @Override
  public <T> T settle(
      Call call, String verb, Subject subject, Supplier<T> work, Supplier<Optional<T>> done) {
    return seam.call(call, subject, () -> settled(verb, subject, work, done));
  }

  /** An attempt that may have been made is looked for before the next one. */
  private <T> T settled(
      String verb, Subject subject, Supplier<T> work, Supplier<Optional<T>> done) {
    AtomicBoolean lost = new AtomicBoolean();
    return run(
        verb,
        subject,
        lost,
        () -> {
          if (lost.get()) {
            Optional<T> earlier = done(verb, subject, done);
            if (earlier.isPresent()) {
              return earlier.get();
            }
            lost.set(false);
          }
          return attempt(verb, subject, work, Lost.TRY_AGAIN);
        });
  }

  /** While it cannot be found out, the outcome stays unknown. */
  private <T> Optional<T> done(String verb, Subject subject, Supplier<Optional<T>> done) {
    try {
      return attempt(verb, subject, done, Lost.TRY_AGAIN);
    } catch (Attempts.AgainException again) {
      throw new Attempts.AgainException(
          new OutcomeUnknownException(
              verb, subject, "the answer was lost, and it cannot be found out", again.error()),
          true);
    }
  }

  private <T> T tried(String verb, Subject subject, Supplier<T> work, Lost lost) {
    return run(verb, subject, new AtomicBoolean(), () -> attempt(verb, subject, work, lost));
  }

  /**
   * Tries an attempt.
   *
   * @param lost whether the answer to one that may have been made was lost, which is then what is
   *     told if no other succeeds
   */
  private <T> T run(String verb, Subject subject, AtomicBoolean lost, Supplier<T> attempt) {
    try {
      return attempts.run(
          () -> {
            try {
              return attempt.get();
            } catch (Attempts.AgainException again) {
              if (again.error() instanceof OutcomeUnknownException) {
                lost.set(true);
              }
              throw again;
            }
          });
    } catch (UnavailableException last) {
      throw lost.get() ? unknown(verb, subject, last) : last;
    } catch (CallNotPermittedException resting) {
      throw lost.get()
          ? unknown(verb, subject, resting)
          : new UnavailableException(
              verb,
              subject,
              attempts.service() + " fails most calls; it is left alone for some seconds",
              resting);
    }
  }

  private OutcomeUnknownException unknown(String verb, Subject subject, RuntimeException last) {
    return new OutcomeUnknownException(
        verb,
        subject,
        attempts.service()
            + " did not answer an attempt and took no other; it may have been done or not",
        last);
  }

  private <T> T attempt(String verb, Subject subject, Supplier<T> work, Lost lost) {
    try {
      return work.get();
    } catch (AwsServiceException e) {
      Failure failure = errors.failure(e).orElseGet(() -> CommonErrors.of(attempts.service(), e));
      throw thrown(failure, verb, subject, lost, e);
    } catch (SdkClientException | UncheckedIOException e) {
      // the SDK throws the latter where an answer breaks off before the first byte of its body
      throw thrown(CommonErrors.of(attempts.service(), e), verb, subject, lost, e);
    }
  }

  private static RuntimeException thrown(
      Failure failure, String verb, Subject subject, Lost lost, RuntimeException e) {
    LakeException error = translated(failure, verb, subject, lost, e);
    boolean again =
        failure.kind() == Kind.THROTTLED
            || (failure.kind() == Kind.UNKNOWN && lost != Lost.GIVE_UP);
    return again ? new Attempts.AgainException(error, failure.kind() == Kind.UNKNOWN) : error;
  }

  private static LakeException translated(
      Failure failure, String verb, Subject subject, Lost lost, RuntimeException e) {
    String reason = failure.reason();
    return switch (failure.kind()) {
      case NOT_FOUND -> new NotFoundException(verb, subject, reason, e);
      case ALREADY_EXISTS -> new AlreadyExistsException(verb, subject, reason, e);
      case CONFLICT -> new ConflictException(verb, subject, reason, e);
      case DENIED -> new AccessDeniedException(verb, subject, reason, e);
      case INVALID -> new InvalidDefinitionException(verb, subject, reason, e);
      case BAD_DATA -> new BadDataException(verb, subject, reason, e);
      case UNAVAILABLE, THROTTLED -> new UnavailableException(verb, subject, reason, e);
      case UNKNOWN ->
          lost == Lost.TRY_AGAIN_AS_NOTHING_CHANGES
              ? new UnavailableException(verb, subject, reason, e)
              : new OutcomeUnknownException(
                  verb, subject, reason + "; it may have been done or not", e);
    };
  }
}
