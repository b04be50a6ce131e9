package io.lakesdk.security.aws;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.security.Grant;
import io.lakesdk.security.aws.GrantDocument.Kept;
import io.lakesdk.security.aws.GrantDocument.Unfinished;
import io.lakesdk.security.aws.GrantDocuments.Seen;
import io.lakesdk.security.decision.AuditKeeper;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import io.lakesdk.security.decision.GrantKeeper;
import io.lakesdk.security.decision.Grants;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The grants of a lake in one object, which changes only if nobody else changed it since it was
 * read; whoever lost such a race tries again.
 *
 * <p>Where Lake Formation has the grants too, it never gives more than the object says: a grant is
 * written down before it is given there, and taken back there before it is crossed out. A change on
 * its way stands in the object as {@link Unfinished}. Whatever interrupts it, the next change, or
 * {@link #reconcile}, goes on with it; other open lakes wait as long as its owner may still be at
 * work.
 */
final class GrantObject implements GrantKeeper {

  /** So many notes stay with the grants, where searches find them, before the audit gets them. */
  static final int NOTES = 50;

  private static final int ATTEMPTS = 40;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final double GROWTH = 1.5;
  private static final double JITTER = 0.5;

  private final GrantDocuments documents;
  private final AuditKeeper audit;
  private final Clock clock;
  private final Optional<LakeFormation> lakeFormation;
  private final Duration patience;
  private final long owner = new SecureRandom().nextLong();
  private final ReentrantLock changing = new ReentrantLock();
  private final Retry races =
      Retry.of(
          "grants",
          RetryConfig.custom()
              .maxAttempts(ATTEMPTS)
              .intervalFunction(
                  IntervalFunction.ofExponentialRandomBackoff(
                      FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE))
              .retryExceptions(ConflictException.class)
              .build());

  /**
   * @param lakeFormation has the grants too; empty if they hold in this SDK alone
   * @param patience how long another open lake may take for a change
   */
  GrantObject(
      GrantDocuments documents,
      AuditKeeper audit,
      Clock clock,
      Optional<LakeFormation> lakeFormation,
      Duration patience) {
    this.documents = documents;
    this.audit = audit;
    this.clock = clock;
    this.lakeFormation = lakeFormation;
    this.patience = patience;
  }

  @Override
  public Grants current() {
    return documents.look().grants();
  }

  @Override
  public void add(Grant grant, Function<String, Numbered> note) {
    List<Numbered> tried = new ArrayList<>();
    inTurn(
        () -> {
          Seen seen = settled();
          GrantDocument now = seen.document();
          if (tried.stream().anyMatch(now::has)) {
            return true;
          }
          Optional<Kept> known = now.find(grant);
          Numbered next = note.apply(known.isPresent() ? "had been granted before" : "granted");
          tried.add(next);
          if (known.isPresent() && (known.get().given() || lakeFormation.isEmpty())) {
            documents.replace(seen, roomy(now).noting(next));
          } else if (lakeFormation.isEmpty()) {
            documents.replace(seen, roomy(now.with(new Kept(grant, false))).noting(next));
          } else {
            give(seen, grant, Optional.of(next), lakeFormation.get());
          }
          return true;
        });
  }

  @Override
  public boolean remove(Grant grant, Function<String, Numbered> note) {
    List<Numbered> tried = new ArrayList<>();
    return inTurn(
        () -> {
          Seen seen = settled();
          GrantDocument now = seen.document();
          if (tried.stream().anyMatch(now::has)) {
            return true;
          }
          Optional<Kept> known = now.find(grant);
          if (known.isEmpty()) {
            return false;
          }
          Numbered next = note.apply("revoked");
          tried.add(next);
          if (known.get().given()) {
            take(seen, grant, next, lakeFormation.orElseThrow(() -> withoutLakeFormation(grant)));
          } else {
            documents.replace(seen, roomy(now.without(grant)).noting(next));
          }
          return true;
        });
  }

  /**
   * Goes on with a change that was interrupted, whoever made it, and gives Lake Formation whatever
   * grants it has not got, or lost.
   */
  void reconcile(LakeFormation formation) {
    inTurn(
        () -> {
          Seen seen = documents.look();
          seen = seen.document().unfinished().isPresent() ? finishedByNow(seen, formation) : seen;
          for (Kept kept : seen.document().grants()) {
            if (!kept.given()) {
              seen = give(seen, kept.grant(), Optional.empty(), formation);
            }
          }
          formation
              .move(List.of(), seen.document().grants().stream().map(Kept::grant).toList())
              .run();
          return true;
        });
  }

  private <T> T inTurn(Supplier<T> change) {
    changing.lock();
    try {
      return races.executeSupplier(change);
    } finally {
      changing.unlock();
    }
  }

  private Seen give(Seen seen, Grant grant, Optional<Numbered> note, LakeFormation formation) {
    GrantDocument before = seen.document();
    formation.require(grant, before.all());
    Unfinished change = new Unfinished(owner, clock.instant(), false, grant, note);
    Seen started = documents.replace(seen, before.with(new Kept(grant, true)).starting(change));
    LakeFormation.Move move = move(started.document(), change, formation);
    try {
      move.run();
    } catch (OutcomeUnknownException unknown) {
      throw unknown;
    } catch (LakeException refusal) {
      undo(started, before, change, move, formation, refusal);
      throw refusal;
    }
    return cross(started, change, formation);
  }

  /** Nothing was granted where Lake Formation refuses. */
  private void undo(
      Seen started,
      GrantDocument before,
      Unfinished change,
      LakeFormation.Move move,
      LakeFormation formation,
      LakeException refusal) {
    try {
      if (move.done() == 0) {
        documents.replace(started, before);
        return;
      }
      Seen undoing = documents.replace(started, started.document().starting(change.undone()));
      Seen undone = finish(undoing, formation);
      before
          .find(change.grant())
          .ifPresent(kept -> documents.replace(undone, undone.document().with(kept)));
    } catch (LakeException later) {
      refusal.addSuppressed(later);
    }
  }

  private void take(Seen seen, Grant grant, Numbered note, LakeFormation formation) {
    Unfinished change = new Unfinished(owner, clock.instant(), true, grant, Optional.of(note));
    Seen started = documents.replace(seen, seen.document().starting(change));
    LakeFormation.Move move = move(started.document(), change, formation);
    try {
      move.run();
    } catch (OutcomeUnknownException unknown) {
      throw unknown;
    } catch (LakeException refusal) {
      if (move.done() == 0) {
        documents.replace(started, seen.document());
      }
      throw refusal;
    }
    cross(started, change, formation);
  }

  /** The grants as they are, with nothing on its way. */
  private Seen settled() {
    Seen seen = documents.look();
    Optional<Unfinished> change = seen.document().unfinished();
    if (change.isEmpty()) {
      return seen;
    }
    LakeFormation formation =
        lakeFormation.orElseThrow(() -> withoutLakeFormation(change.get().grant()));
    boolean mayGoOn = clock.instant().isBefore(change.get().since().plus(patience));
    if (change.get().owner() != owner && mayGoOn) {
      throw new ConflictException(
          "change",
          Subject.of(Subject.Kind.GRANT, change.get().grant().summary()),
          "another process is changing it; try again, or if that process ended, call"
              + " LakeFormationSecurity.reconcile()");
    }
    return finishedByNow(seen, formation);
  }

  /** A grant that Lake Formation no longer takes is not given at all. */
  private Seen finishedByNow(Seen seen, LakeFormation formation) {
    Unfinished change = seen.document().unfinished().orElseThrow();
    try {
      return finish(seen, formation);
    } catch (NotFoundException | InvalidDefinitionException refusal) {
      if (change.revoking()) {
        throw refusal;
      }
      return finish(documents.replace(seen, seen.document().starting(change.undone())), formation);
    }
  }

  private Seen finish(Seen seen, LakeFormation formation) {
    Unfinished change = seen.document().unfinished().orElseThrow();
    move(seen.document(), change, formation).run();
    return cross(seen, change, formation);
  }

  private static LakeFormation.Move move(
      GrantDocument document, Unfinished change, LakeFormation formation) {
    return formation.move(
        document.given(change.grant(), change.revoking()),
        document.given(change.grant(), !change.revoking()));
  }

  /** Crosses the change out, which Lake Formation has. */
  private Seen cross(Seen seen, Unfinished change, LakeFormation formation) {
    GrantDocument now = seen.document();
    GrantDocument changed = change.revoking() ? now.without(change.grant()) : now;
    GrantDocument next = roomy(changed.finished());
    try {
      return documents.replace(seen, change.note().map(next::noting).orElse(next));
    } catch (ConflictException overtaken) {
      GrantDocument theirs = documents.look().document();
      if (theirs.find(change.grant()).isEmpty()) {
        formation
            .move(theirs.given(change.grant(), true), theirs.given(change.grant(), false))
            .run();
      }
      throw overtaken;
    }
  }

  private GrantDocument roomy(GrantDocument document) {
    if (document.changes().size() < NOTES) {
      return document;
    }
    audit.insert(document.changes());
    return document.noted();
  }

  private static InvalidDefinitionException withoutLakeFormation(Grant grant) {
    return new InvalidDefinitionException(
        "change",
        Subject.of(Subject.Kind.GRANT, grant.summary()),
        "Lake Formation has it too; open the lake with AwsSettings...lakeFormation(ON)");
  }
}
