package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many threads grant, revoke and decide at once, where it is durable on two open lakes. */
public abstract class GrantConcurrencyContract extends SecurityFixture {

  private static final int THREADS = 8;

  /** How often each thread grants and revokes. */
  protected int rounds() {
    return 25;
  }

  @Test
  void everyThreadSeesItsOwnChangesAtOnceAndEveryDecisionIsKept() throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    try (Lake other = isDurable() ? open(with -> with.clock(clock)) : Lake.inMemory()) {
      for (int thread = 0; thread < THREADS; thread++) {
        Principal principal = Principal.role("role-" + thread);
        Lake mine = isDurable() && thread % 2 == 0 ? other : lake;
        work.add(() -> grantAndRevoke(mine, principal));
      }
      inParallel(work);
    }
    assertThat(security.grants().list()).isEmpty();
    for (int thread = 0; thread < THREADS; thread++) {
      AuditSearch search = security.audit().by(Principal.role("role-" + thread));
      assertThat(search.allowed().list()).hasSize(rounds());
      assertThat(search.denied().list()).hasSize(rounds());
    }
  }

  @Test
  void theSameGrantGivenByManyIsGivenOnce() throws Exception {
    Grant grant = Grant.read().on(Zone.RAW).to(ANALYST);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      work.add(
          () -> {
            repeated(() -> Security.of(lake).grant(grant));
            return 0;
          });
    }
    inParallel(work);
    assertThat(security.grants().list()).containsExactly(grant);
  }

  private int grantAndRevoke(Lake lake, Principal principal) {
    Security security = Security.of(lake);
    Resource dataset = Resource.dataset(DatasetId.parse("a.b"), Zone.RAW);
    Grant grant = Grant.select("c").on("a.b").to(principal);
    for (int round = 0; round < rounds(); round++) {
      repeated(() -> security.grant(grant));
      assertThat(
              lake.as(principal).access().decide(Action.SELECT, dataset, Set.of("c")).isAllowed())
          .isTrue();
      repeated(() -> security.revoke(grant));
      assertThat(
              lake.as(principal).access().decide(Action.SELECT, dataset, Set.of("c")).isAllowed())
          .isFalse();
    }
    return rounds();
  }

  /** What may have been done is done again; a grant that is gone then had been revoked. */
  private static void repeated(Runnable change) {
    boolean unknown = false;
    while (true) {
      try {
        change.run();
        return;
      } catch (OutcomeUnknownException lost) {
        unknown = true;
      } catch (NotFoundException gone) {
        if (unknown) {
          return;
        }
        throw gone;
      }
    }
  }

  private static void inParallel(List<Callable<Integer>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Integer> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
