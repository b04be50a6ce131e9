package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the audit keeps and finds, wherever it is kept. */
public abstract class AuditContract extends SecurityFixture {

  private static final Grant SEATTLE =
      Grant.select("origin").on("aviation.flights").where("origin = 'SEA'").to(ANALYST);

  private List<AuditEntry> ofAnalyst() {
    return security.audit().by(ANALYST).list();
  }

  /** Where a layer may be reading when it decides; on AWS there is no such place. */
  private void whileReading(Runnable work) {
    if (lake.backend() instanceof EmbeddedBackend embedded) {
      embedded
          .metadata()
          .read(
              tx -> {
                work.run();
                return true;
              });
    } else {
      work.run();
    }
  }

  @Nested
  class Keeping {

    @Test
    void aRefusalIsKeptWithItsReason() {
      select(ANALYST, "origin", "destination");
      assertThat(ofAnalyst())
          .containsExactly(
              new AuditEntry(
                  clock.instant(),
                  ANALYST,
                  Action.SELECT,
                  Subject.dataset("aviation.flights"),
                  Optional.of(Zone.CURATED),
                  Set.of("origin", "destination"),
                  false,
                  "role analyst has no grant of select on aviation.flights"));
    }

    @Test
    void aPermissionIsKeptWithTheGrantAndWithoutTheValuesInItsFilter() {
      security.grant(SEATTLE);
      select(ANALYST, "origin");
      assertThat(ofAnalyst()).hasSize(1);
      assertThat(ofAnalyst().get(0))
          .hasToString(
              "2026-01-01T00:00:00Z role analyst allowed select of dataset aviation.flights:"
                  + " granted select (origin) on aviation.flights, rows filtered, to role analyst");
      assertThat(security.audit().list()).noneMatch(entry -> entry.toString().contains("SEA"));
    }

    @Test
    void theAdministratorIsKeptToo() {
      decide(Principal.ADMINISTRATOR, Action.WRITE, Resource.object(Zone.RAW, "a/b"));
      AuditEntry entry = security.audit().list().get(0);
      assertThat(entry.principal()).isEqualTo(Principal.ADMINISTRATOR);
      assertThat(entry.resource()).isEqualTo(Subject.object(Zone.RAW, "a/b"));
      assertThat(entry.reason()).isEqualTo("opened the lake");
    }

    @Test
    void changesOfGrantsAreKeptWithWhatTheyDid() {
      security.grant(SEATTLE);
      security.grant(SEATTLE);
      security.revoke(SEATTLE);
      assertThat(security.audit().on("aviation.flights").list())
          .extracting(AuditEntry::reason)
          .containsExactly("revoked", "had been granted before", "granted");
      AuditEntry entry = security.audit().named("(origin)").limit(1).list().get(0);
      assertThat(entry.action()).isEqualTo(Action.ADMINISTER);
      assertThat(entry.resource())
          .hasToString("grant select (origin) on aviation.flights, rows filtered, to role analyst");
    }

    @Test
    void refusedAdministrationIsKept() {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> as(ANALYST).grant(SEATTLE));
      assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> as(ANALYST).audit());
      assertThat(ofAnalyst()).extracting(AuditEntry::action).containsOnly(Action.ADMINISTER);
      assertThat(ofAnalyst()).hasSize(2).noneMatch(AuditEntry::allowed);
    }

    @Test
    void readingTheAuditIsKeptForTheNextReader() {
      assertThat(security.audit().list()).isEmpty();
      assertThat(security.audit().list())
          .singleElement()
          .satisfies(entry -> assertThat(entry.resource().kind()).isEqualTo(Subject.Kind.LAKE));
    }

    @Test
    void explainingIsNoDecisionOfThePrincipal() {
      security.explain(ANALYST, Action.SELECT, "aviation.flights", "origin");
      as(ANALYST).explain(ANALYST, Action.SELECT, "aviation.flights", "origin");
      assertThat(ofAnalyst()).isEmpty();
    }

    @Test
    void everythingIsThereWhenTheLakeIsOpenedAgain() {
      assumeTrue(isDurable(), "a lake in memory does not outlive its closing");
      security.grant(SEATTLE);
      for (int i = 0; i < 300; i++) {
        select(ANALYST, "origin");
      }
      lake.close();
      lake = open(with -> with.clock(clock));
      security = Security.of(lake);
      assertThat(ofAnalyst()).hasSize(300);
    }
  }

  @Nested
  class Searching {

    @Test
    void theNewestIsFirst() {
      for (String column : List.of("a", "b")) {
        select(ANALYST, column);
      }
      clock.advance(Duration.ofSeconds(1));
      select(ANALYST, "c");
      assertThat(ofAnalyst())
          .extracting(AuditEntry::columns)
          .containsExactly(Set.of("c"), Set.of("b"), Set.of("a"));
      assertThat(security.audit().by(ANALYST).limit(2).list()).hasSize(2);
    }

    @Test
    void timesAreFromInclusiveToExclusive() {
      Instant start = clock.instant();
      for (int i = 0; i < 3; i++) {
        select(ANALYST);
        clock.advance(Duration.ofSeconds(1));
      }
      AuditSearch search = security.audit().by(ANALYST);
      assertThat(search.since(start.plusSeconds(1)).list()).hasSize(2);
      assertThat(search.until(start.plusSeconds(1)).list()).hasSize(1);
      assertThat(search.since(start.plusSeconds(1)).until(start.plusSeconds(2)).list()).hasSize(1);
      assertThat(search.since(Instant.MIN).until(Instant.MAX).list()).hasSize(3);
    }

    @Test
    void aZoneHasItsDatasetsAndObjects() {
      security.grant(Grant.read().on(Zone.CURATED).to(ANALYST));
      select(ANALYST, "origin");
      decide(ANALYST, Action.READ, Resource.object(Zone.CURATED, "k"));
      decide(ANALYST, Action.READ, Resource.zone(Zone.CURATED));
      decide(ANALYST, Action.READ, Resource.zone(Zone.RAW));
      assertThat(security.audit().on(Zone.CURATED).by(ANALYST).list()).hasSize(3);
      assertThat(security.audit().on(Zone.CURATED).action(Action.ADMINISTER).list()).hasSize(1);
      assertThat(security.audit().on("aviation.flights").list()).hasSize(1);
      assertThat(security.audit().by(ANALYST).denied().list()).hasSize(1);
      assertThat(security.audit().by(ANALYST).allowed().list()).hasSize(3);
      assertThat(security.audit().by(ADA).list()).isEmpty();
    }

    @Test
    void namesAreFoundByAPartOfThemInAnyCase() {
      decide(ANALYST, Action.READ, Resource.object(Zone.RAW, "100%_sure!.csv"));
      decide(ANALYST, Action.READ, Resource.object(Zone.RAW, "100 is sure.csv"));
      assertThat(security.audit().named("100%_SURE!").list()).hasSize(1);
      assertThat(security.audit().named("sure").list()).hasSize(2);
    }

    @Test
    void aLimitBelowOneIsRefused() {
      assertThatExceptionOfType(InvalidDefinitionException.class)
          .isThrownBy(() -> security.audit().limit(0))
          .withMessage("Cannot search the audit with option limit: it is 1 or more");
    }

    @Test
    void onlyTheAdministratorReadsTheAudit() {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> as(ANALYST).audit())
          .withMessageContaining("only whoever opened the lake");
    }
  }

  @Nested
  class Writing {

    @Test
    void aRefusalIsWrittenBeforeItIsTold() {
      int before = writes.get();
      select(ANALYST, "origin");
      assertThat(writes.get()).isEqualTo(before + 1);
    }

    @Test
    void permissionsAreWrittenTogether() {
      security.grant(SEATTLE);
      int before = writes.get();
      for (int i = 0; i < 200; i++) {
        select(ANALYST, "origin");
      }
      assertThat(ofAnalyst()).hasSize(200);
      // At most one write by the search, and one each quarter of a second on a slow machine.
      assertThat(writes.get() - before).isLessThan(50);
    }

    @Test
    void permissionsAreWrittenBeforeLongByThemselves() throws InterruptedException {
      int before = writes.get();
      lake.access().decide(Action.READ, Resource.zone(Zone.RAW), Set.of());
      for (int i = 0; i < 300 && writes.get() == before; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(writes.get()).isGreaterThan(before);
    }

    @Test
    void decisionsInsideATransactionAreKeptWhetherItCommitsOrNot() {
      whileReading(() -> select(ANALYST, "while_reading"));
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  lake.backend()
                      .atomically(
                          () -> {
                            select(ANALYST, "while_writing");
                            throw new IllegalStateException("the layer's change fails");
                          }));
      assertThat(ofAnalyst())
          .extracting(AuditEntry::columns)
          .containsExactly(Set.of("while_writing"), Set.of("while_reading"));
    }

    @Test
    void whatCannotBeWrittenIsWrittenLaterAndOnce() {
      security.grant(SEATTLE);
      writesFail.set(true);
      assertThat(select(ANALYST, "origin").isAllowed()).isTrue();
      assertThat(select(ANALYST, "destination").isAllowed()).isFalse();
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(AuditContract.this::ofAnalyst);
      writesFail.set(false);
      answersGetLost.set(true);
      select(ANALYST, "delay_minutes");
      answersGetLost.set(false);
      assertThat(ofAnalyst())
          .extracting(AuditEntry::columns)
          .containsExactly(Set.of("delay_minutes"), Set.of("destination"), Set.of("origin"));
    }

    @Test
    void nothingMoreIsDecidedWhenTooMuchCouldNotBeWritten() {
      security.grant(SEATTLE);
      writesFail.set(true);
      Resource raw = Resource.zone(Zone.RAW);
      for (int i = 0; i < 66_000; i++) {
        lake.access().decide(Action.READ, raw, Set.of());
      }
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> select(ANALYST, "origin"))
          .withMessage(
              "Cannot decide in lake "
                  + lake.name()
                  + ": its audit could not be written for a while; see to where it is kept and try again");
      writesFail.set(false);
      assertThat(security.audit().on(Zone.RAW).limit(100_000).list()).hasSize(66_000);
      assertThat(select(ANALYST, "origin").isAllowed()).isTrue();
    }

    @Test
    void refusalsGoOnWhileTheAuditCannotBeWrittenAndAreKeptInOrder() {
      writesFail.set(true);
      for (int i = 0; i < 5_000; i++) {
        assertThat(select(ANALYST, "c" + i).isAllowed()).isFalse();
      }
      writesFail.set(false);
      List<AuditEntry> kept = security.audit().by(ANALYST).limit(10_000).list();
      assertThat(kept).hasSize(5_000);
      assertThat(kept.get(0).columns()).containsExactly("c4999");
      assertThat(kept.get(4_999).columns()).containsExactly("c0");
    }

    @Test
    void theAuditsOfTwoOpenLakesAreOne() {
      assumeTrue(isDurable(), "a lake in memory does not outlive its closing");
      try (Lake other = open(with -> with.clock(clock))) {
        Security theirs = Security.of(other);
        other.as(ANALYST).access().decide(Action.SELECT, FLIGHTS, Set.of("theirs"));
        select(ANALYST, "ours");
        assertThat(ofAnalyst()).hasSize(2);
        assertThat(theirs.audit().by(ANALYST).on("aviation.flights").list()).hasSize(2);
        assertThat(theirs.audit().on(DatasetId.parse("a.b").toString()).list()).isEmpty();
      }
    }
  }
}
