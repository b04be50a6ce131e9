package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What grants do, whatever keeps them. */
public abstract class SecurityContract extends SecurityFixture {

  private static final Grant TWO_COLUMNS =
      Grant.select("origin", "delay_minutes").on("aviation.flights").to(ANALYST);
  private static final Grant SEATTLE =
      Grant.select("origin", "delay_minutes")
          .on("aviation.flights")
          .where("origin = 'SEA'")
          .to(ANALYST);

  @Nested
  class Granting {

    @Test
    void aGrantIsInForceAtTheNextDecision() {
      assertThat(select(ANALYST, "origin").isAllowed()).isFalse();
      security.grant(TWO_COLUMNS);
      assertThat(select(ANALYST, "origin").isAllowed()).isTrue();
    }

    @Test
    void aGrantMayBeGivenBeforeTheDatasetExists() {
      security.grant(Grant.select().on("nobody.made_this").to(ANALYST));
      assertThat(security.grants().on("nobody.made_this").list()).hasSize(1);
    }

    @Test
    void grantingTwiceChangesNothing() {
      security.grant(TWO_COLUMNS);
      security.grant(Grant.select("DELAY_MINUTES", "origin").on("AVIATION.FLIGHTS").to(ANALYST));
      assertThat(security.grants().list()).containsExactly(TWO_COLUMNS);
    }

    @Test
    void revokingTakesBackExactlyThisGrant() {
      security.grant(TWO_COLUMNS);
      security.grant(SEATTLE);
      security.revoke(TWO_COLUMNS);
      assertThat(security.grants().list()).containsExactly(SEATTLE);
      security.revoke(SEATTLE);
      assertThat(select(ANALYST, "origin").isAllowed()).isFalse();
    }

    @Test
    void whatWasNotGrantedCannotBeRevoked() {
      security.grant(SEATTLE);
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(() -> security.revoke(TWO_COLUMNS))
          .withMessage(
              "Cannot revoke grant select (delay_minutes, origin) on aviation.flights to role"
                  + " analyst: it was not granted; security.grants().list() shows what was");
      assertThat(security.grants().list()).containsExactly(SEATTLE);
    }

    @Test
    void onlyTheAdministratorChangesGrants() {
      security.grant(TWO_COLUMNS);
      Grant more = Grant.write().on(Zone.RAW).to(ANALYST);
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> as(ANALYST).grant(more))
          .withMessage(
              "Cannot administer grant write on zone raw to role analyst: only whoever opened the"
                  + " lake may change grants, and read the grants of others and the audit; ask"
                  + " them to");
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> as(ANALYST).revoke(TWO_COLUMNS));
      assertThat(security.grants().list()).containsExactly(TWO_COLUMNS);
    }

    @Test
    void aRowFilterThatWasNotCheckedBeforeIsCheckedNow() {
      Grant unchecked =
          new Grant.Select(
              DatasetId.parse("a.b"), Optional.empty(), Optional.of("rand() < 1"), ANALYST);
      assertThatExceptionOfType(InvalidDefinitionException.class)
          .isThrownBy(() -> security.grant(unchecked))
          .withMessageContaining("it has the function rand at line 1, column 1");
      assertThat(security.grants().list()).isEmpty();
    }

    @Test
    void theAdministratorListsGrantsByPrincipalAndPlace() {
      Grant raw = Grant.read().on(Zone.RAW).to(ADA);
      security.grant(SEATTLE);
      security.grant(raw);
      security.grant(Grant.select().on("sales.orders").to(ADA));
      assertThat(security.grants().list()).hasSize(3).startsWith(SEATTLE, raw);
      assertThat(security.grants().to(ADA).on(Zone.RAW).list()).containsExactly(raw);
      assertThat(security.grants().on("aviation.flights").list()).containsExactly(SEATTLE);
      assertThat(security.grants().to(ADA).on("aviation.flights").list()).isEmpty();
      assertThat(security.grants().on(Zone.CLEANED).list()).isEmpty();
    }

    @Test
    void othersListTheirOwnGrantsOnly() {
      security.grant(SEATTLE);
      security.grant(Grant.read().on(Zone.RAW).to(ADA));
      assertThat(as(ANALYST).grants().list()).containsExactly(SEATTLE);
      assertThat(as(ANALYST).grants().on(Zone.RAW).list()).isEmpty();
      assertThat(as(ANALYST).grants().to(ANALYST).list()).containsExactly(SEATTLE);
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> as(ANALYST).grants().to(ADA).list())
          .withMessageStartingWith("Cannot administer lake " + lake.name());
    }

    @Test
    void grantsOutliveTheLakeThatIsOpen() {
      assumeTrue(isDurable(), "a lake in memory does not outlive its closing");
      security.grant(SEATTLE);
      security.grant(Grant.write().on(Zone.named("own-zone")).to(ADA));
      lake.close();
      lake = open(with -> with.clock(clock));
      assertThat(lake.as(ANALYST).access().view((Resource.OfDataset) FLIGHTS).isNothing())
          .as("before Security.of")
          .isTrue();
      assertThat(Security.of(lake).grants().list())
          .containsExactly(SEATTLE, Grant.write().on(Zone.named("own-zone")).to(ADA));
      assertThat(select(ANALYST, "origin").isAllowed()).isTrue();
    }

    @Test
    void anyViewMayPutTheGrantsInForce() {
      assumeTrue(isDurable(), "a lake in memory does not outlive its closing");
      security.grant(SEATTLE);
      lake.close();
      lake = open(with -> with.clock(clock));
      assertThat(Security.of(lake.as(ANALYST)).grants().list()).containsExactly(SEATTLE);
      assertThat(select(ANALYST, "origin").isAllowed()).isTrue();
      assertThat(select(ADA, "origin").isAllowed()).isFalse();
    }

    @Test
    void aClosedLakeGrantsNothing() {
      lake.close();
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> security.grant(SEATTLE))
          .withMessageContaining("the lake was closed");
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> select(ANALYST, "origin"));
      assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> Security.of(lake));
    }

    @Test
    void aGrantThatCouldNotBeWrittenWasNotGranted() {
      security.grant(TWO_COLUMNS);
      writesFail.set(true);
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> security.grant(Grant.read().on(Zone.RAW).to(ANALYST)));
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> security.revoke(TWO_COLUMNS));
      writesFail.set(false);
      assertThat(security.grants().list()).containsExactly(TWO_COLUMNS);
      assertThat(security.audit().named("zone raw").list()).isEmpty();
    }

    @Test
    void aGrantWhoseOutcomeIsUnknownMayBeRepeated() {
      answersGetLost.set(true);
      assertThatExceptionOfType(OutcomeUnknownException.class)
          .isThrownBy(() -> security.grant(TWO_COLUMNS));
      answersGetLost.set(false);
      security.grant(TWO_COLUMNS);
      assertThat(security.grants().list()).containsExactly(TWO_COLUMNS);
    }
  }

  @Nested
  class Deciding {

    @Test
    void withoutSecurityEverybodyButTheAdministratorIsRefusedEverything() {
      try (Lake bare = Lake.inMemory()) {
        assertThatExceptionOfType(AccessDeniedException.class)
            .isThrownBy(() -> bare.as(ANALYST).access().require(Action.SELECT, FLIGHTS))
            .withMessage(
                "Cannot select dataset aviation.flights: no grants are in force in this lake; open"
                    + " lake-security with Security.of(lake) and grant what is wanted");
        for (Action action : Action.values()) {
          assertThat(bare.as(ADA).access().decide(action, FLIGHTS, Set.of()).isAllowed()).isFalse();
          assertThat(bare.access().decide(action, FLIGHTS, Set.of()).isAllowed()).isTrue();
        }
      }
    }

    @Test
    void theAdministratorMayDoEverything() {
      for (Action action : Action.values()) {
        Decision decision = decide(Principal.ADMINISTRATOR, action, FLIGHTS, "origin");
        assertThat(decision).isEqualTo(new Decision.Allowed("opened the lake"));
      }
    }

    @Test
    void whoeverHasNoGrantIsToldWhichOneIsMissing() {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(
              () -> lake.as(ANALYST).access().require(Action.SELECT, FLIGHTS, Set.of("origin")))
          .withMessage(
              "Cannot select dataset aviation.flights: role analyst has no grant of select on"
                  + " aviation.flights; whoever opened the lake can give it: security.grant("
                  + "Grant.select(\"origin\").on(\"aviation.flights\")"
                  + ".to(Principal.role(\"analyst\")))");
    }

    @Test
    void theColumnsThatNoGrantCoversAreNamed() {
      security.grant(SEATTLE);
      assertThat(select(ANALYST, "origin", "distance", "destination"))
          .isEqualTo(
              new Decision.Denied(
                  "role analyst has no grant of select on columns destination, distance of"
                      + " aviation.flights",
                  "whoever opened the lake can give it: security.grant("
                      + "Grant.select(\"destination\", \"distance\").on(\"aviation.flights\")"
                      + ".to(Principal.role(\"analyst\")))"));
    }

    @Test
    void severalGrantsCoverTheColumnsTogether() {
      security.grant(SEATTLE);
      security.grant(Grant.select("destination").on("aviation.flights").to(ANALYST));
      assertThat(select(ANALYST, "origin", "destination"))
          .isEqualTo(
              new Decision.Allowed(
                  "granted select (delay_minutes, origin) on aviation.flights, rows filtered, to"
                      + " role analyst; select (destination) on aviation.flights to role analyst"));
    }

    @Test
    void countingRowsNeedsAnyGrantOnTheDataset() {
      assertThat(select(ANALYST).isAllowed()).isFalse();
      security.grant(SEATTLE);
      assertThat(select(ANALYST).isAllowed()).isTrue();
    }

    @Test
    void aGrantIsForItsPrincipalAndDatasetAlone() {
      security.grant(Grant.select().on("aviation.flights").to(ANALYST));
      assertThat(select(Principal.user("analyst"), "origin").isAllowed()).isFalse();
      assertThat(select(Principal.role("ANALYST"), "origin").isAllowed()).isFalse();
      Resource other = Resource.dataset(DatasetId.parse("aviation.airports"), Zone.CURATED);
      assertThat(decide(ANALYST, Action.SELECT, other).isAllowed()).isFalse();
    }

    @Test
    void readOnAZoneShowsAllOfEveryDatasetInIt() {
      security.grant(SEATTLE);
      security.grant(Grant.read().on(Zone.CURATED).to(ANALYST));
      assertThat(select(ANALYST, "destination").isAllowed()).isTrue();
      assertThat(lake.as(ANALYST).access().view((Resource.OfDataset) FLIGHTS))
          .isEqualTo(DatasetView.everything());
      Resource elsewhere = Resource.dataset(DatasetId.parse("aviation.flights"), Zone.RAW);
      assertThat(decide(ANALYST, Action.SELECT, elsewhere, "destination").isAllowed()).isFalse();
    }

    @Test
    void writeOnAZoneDoesNotIncludeReadingIt() {
      security.grant(Grant.write().on(Zone.CURATED).to(ANALYST));
      assertThat(decide(ANALYST, Action.WRITE, FLIGHTS).isAllowed()).isTrue();
      assertThat(decide(ANALYST, Action.READ, FLIGHTS).isAllowed()).isFalse();
      assertThat(select(ANALYST, "origin").isAllowed()).isFalse();
      assertThat(decide(ANALYST, Action.WRITE, Resource.zone(Zone.RAW)).isAllowed()).isFalse();
    }

    @Test
    void nobodyIsGrantedAdministration() {
      security.grant(Grant.write().on(Zone.CURATED).to(ANALYST));
      security.grant(Grant.read().on(Zone.CURATED).to(ANALYST));
      assertThat(decide(ANALYST, Action.ADMINISTER, FLIGHTS).isAllowed()).isFalse();
      Resource whole = new Resource.OfLake(lake.name());
      assertThat(decide(ANALYST, Action.READ, whole).reason())
          .isEqualTo("read is granted on zones and datasets and not on lake " + lake.name());
    }

    @Test
    void aWorkgroupIsUsedByThoseToWhomItIsGranted() {
      Resource analysts = Resource.workgroup("analysts");
      Decision refused = decide(ANALYST, Action.USE, analysts);
      assertThat(refused.isAllowed()).isFalse();
      assertThat(refused.reason())
          .isEqualTo("role analyst has no grant of use on workgroup analysts");

      Grant grant = Grant.use().on("analysts").to(ANALYST);
      security.grant(grant);
      assertThat(decide(ANALYST, Action.USE, analysts).reason())
          .isEqualTo("granted use on workgroup analysts to role analyst");
      assertThat(decide(ANALYST, Action.USE, Resource.workgroup("others")).isAllowed()).isFalse();
      assertThat(decide(ADA, Action.USE, analysts).isAllowed()).isFalse();
      assertThat(decide(ANALYST, Action.READ, analysts).isAllowed()).isFalse();
      assertThat(select(ANALYST, "origin").isAllowed()).isFalse();
      assertThat(as(ANALYST).grants().list()).containsExactly(grant);
      assertThat(security.explain(ADA, Action.USE, "analysts").missing())
          .containsExactly(Grant.use().on("analysts").to(ADA));

      security.revoke(grant);
      assertThat(decide(ANALYST, Action.USE, analysts).isAllowed()).isFalse();
    }

    @Test
    void rawObjectsNeedTheZone() {
      lake.store(Zone.RAW).put("a/b.csv", new byte[] {1}, PutOptions.defaults());
      security.grant(Grant.select().on("a.b").to(ANALYST));
      ObjectStore store = lake.as(ANALYST).store(Zone.RAW);
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> store.head("a/b.csv", ReadOptions.current()))
          .withMessage(
              "Cannot read object raw/a/b.csv: role analyst has no grant of read on zone raw;"
                  + " whoever opened the lake can give it: security.grant("
                  + "Grant.read().on(Zone.RAW).to(Principal.role(\"analyst\")))");
      security.grant(Grant.read().on(Zone.RAW).to(ANALYST));
      assertThat(store.head("a/b.csv", ReadOptions.current()).size()).isEqualTo(1);
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> store.delete("a/b.csv"));
      assertThat(lake.store(Zone.RAW).exists("a/b.csv")).isTrue();
    }

    @Test
    void whatCannotBeLookedUpIsNotAllowed() {
      security.grant(SEATTLE);
      readsFail.set(true);
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> select(ANALYST, "origin"));
    }

    @Test
    void aChangeByAnotherOpenLakeIsInForceAtTheNextDecision() {
      assumeTrue(isDurable(), "a lake in memory does not outlive its closing");
      try (Lake other = open(with -> with.clock(clock))) {
        for (int i = 0; i < 20; i++) {
          Security.of(other).grant(SEATTLE);
          assertThat(select(ANALYST, "origin").isAllowed()).isTrue();
          Security.of(other).revoke(SEATTLE);
          assertThat(select(ANALYST, "origin").isAllowed()).isFalse();
        }
      }
    }
  }

  @Nested
  class Explaining {

    @Test
    void aRefusalComesWithTheMissingGrant() {
      security.grant(SEATTLE);
      Explanation refused =
          security.explain(ANALYST, Action.SELECT, "aviation.flights", "Destination");
      assertThat(refused.isAllowed()).isFalse();
      assertThat(refused.missing())
          .containsExactly(Grant.select("destination").on("aviation.flights").to(ANALYST));
      assertThat(refused)
          .hasToString(
              """
              role analyst may not select destination of dataset aviation.flights: role analyst \
              has no grant of select on column destination of aviation.flights.
                missing is Grant.select("destination").on("aviation.flights")\
              .to(Principal.role("analyst"))""");
      refused.missing().forEach(security::grant);
      assertThat(select(ANALYST, "destination").isAllowed()).isTrue();
    }

    @Test
    void aPermissionComesWithItsGrantsAndRowFilters() {
      Grant portland =
          Grant.select("origin").on("aviation.flights").where("origin = 'PDX'").to(ANALYST);
      security.grant(SEATTLE);
      security.grant(portland);
      Explanation allowed =
          security.explain(ANALYST, Action.SELECT, "aviation.flights", "origin", "delay_minutes");
      assertThat(allowed.isAllowed()).isTrue();
      assertThat(allowed.grants()).containsExactly(SEATTLE, portland);
      assertThat(allowed.rows()).containsExactly(Set.of("origin = 'SEA'"));
      assertThat(security.explain(ANALYST, Action.SELECT, "aviation.flights", "origin").rows())
          .containsExactly(Set.of("origin = 'SEA'", "origin = 'PDX'"));
      assertThat(security.explain(ANALYST, Action.SELECT, "aviation.flights", "delay_minutes"))
          .hasToString(
              """
              role analyst may select delay_minutes of dataset aviation.flights: granted select \
              (delay_minutes, origin) on aviation.flights, rows filtered, to role analyst.
                allowed by Grant.select("delay_minutes", "origin").on("aviation.flights")\
              .where("origin = 'SEA'").to(Principal.role("analyst"))
                only rows where origin = 'SEA'""");
    }

    @Test
    void zonesWhereItWouldMakeADifferenceAreNamed() {
      security.grant(Grant.read().on(Zone.CURATED).to(ANALYST));
      Explanation byName = security.explain(ANALYST, Action.SELECT, "aviation.flights");
      assertThat(byName.isAllowed()).isFalse();
      assertThat(byName.unless()).containsExactly(Zone.CURATED);
      assertThat(byName.toString())
          .endsWith("it may read zones curated, and so all of the dataset if it lives there");
      Explanation exact =
          security.explain(new AccessRequest(ANALYST, Action.SELECT, FLIGHTS, Set.of("origin")));
      assertThat(exact.isAllowed()).isTrue();
      assertThat(exact.grants()).containsExactly(Grant.read().on(Zone.CURATED).to(ANALYST));
      assertThat(exact.unless()).isEmpty();
    }

    @Test
    void zonesAndAdministrationAreExplainedToo() {
      assertThat(security.explain(ADA, Action.WRITE, "cleaned").missing())
          .containsExactly(Grant.write().on(Zone.CLEANED).to(ADA));
      assertThat(security.explain(ADA, Action.ADMINISTER, "anything").missing()).isEmpty();
      Explanation administrator =
          security.explain(Principal.ADMINISTRATOR, Action.SELECT, "a.b", "c");
      assertThat(administrator)
          .hasToString("administrator may select c of dataset a.b: opened the lake.");
    }

    @Test
    void aResourceThatCannotBeIsRefused() {
      assertThatExceptionOfType(InvalidDefinitionException.class)
          .isThrownBy(() -> security.explain(ADA, Action.READ, "aviation.flights"))
          .withMessage(
              "Cannot explain read on dataset aviation.flights: read is granted on zones; name the"
                  + " zone that the dataset lives in");
      assertThatExceptionOfType(InvalidDefinitionException.class)
          .isThrownBy(() -> security.explain(ADA, Action.SELECT, "flights"))
          .withMessageContaining("write database.table");
    }

    @Test
    void onesOwnRightsAreExplainedToOneself() {
      security.grant(SEATTLE);
      Security own = as(ANALYST);
      assertThat(own.explain(ANALYST, Action.SELECT, "aviation.flights", "origin").isAllowed())
          .isTrue();
      assertThat(own.explain(ANALYST, Action.READ, "raw").isAllowed()).isFalse();
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> own.explain(ADA, Action.SELECT, "aviation.flights"));
    }

    @Test
    void anExplanationAgreesWithTheDecision() {
      security.grant(SEATTLE);
      for (List<String> columns :
          List.of(List.of("origin"), List.of("x", "origin"), List.<String>of())) {
        AccessRequest request =
            new AccessRequest(ANALYST, Action.SELECT, FLIGHTS, Set.copyOf(columns));
        assertThat(security.explain(request).decision())
            .isEqualTo(select(ANALYST, columns.toArray(new String[0])));
      }
    }
  }
}
