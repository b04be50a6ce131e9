package io.lakesdk.publish;

import static io.lakesdk.publish.Write.APPEND;
import static io.lakesdk.publish.Write.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.event.DataRemovedEvent;
import io.lakesdk.event.DataRolledBackEvent;
import io.lakesdk.event.DataVacuumedEvent;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.publish.Publishing.VacuumReport;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.PutOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What time does to a dataset: versions, going back, cleaning up, and who may do so. */
public abstract class PublishingHistoryContract extends PublishingConcurrencyContract {

  private static final Dataset ORDERS_TOO =
      Dataset.named("sales.orders_too")
          .in(Zone.CURATED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .build();

  @Nested
  class TheHistory {

    @Test
    void isEmptyBeforeAnythingIsPublished() {
      assertThat(publishing.history(ORDERS)).isEmpty();
      Snapshot snapshot = publishing.snapshot(ORDERS);
      assertThat(snapshot.version()).isZero();
      assertThat(snapshot.dataset()).isEqualTo(ORDERS.id());
      assertThat(snapshot.totals()).isEqualTo(new Snapshot.Totals(0, 0, 0, 0));
      assertThat(snapshot.partitions(PartitionFilter.any())).isEmpty();
    }

    @Test
    void tellsWhatMadeEachVersionTheNewestFirst() {
      Version.Source source = new Version.Source("raw.orders", OptionalLong.of(7), "clean-orders");
      Version.Source outside = new Version.Source("drop folder", OptionalLong.empty(), "landing");
      try (Draft draft = draft(APPEND, "one", "a", "b\nc")) {
        draft.derivedFrom(source);
        draft.derivedFrom(outside);
        draft.derivedFrom(source);
        publishing.publish(draft);
      }
      clock.advance(Duration.ofMinutes(1));
      try (Draft draft = draft(OVERWRITE, "two")) {
        upload(draft, Partition.none(), "x.csv", "d");
        publishing.publish(draft);
      }
      clock.advance(Duration.ofMinutes(1));
      publishing.rollback(ORDERS, 1);

      Principal admin = Principal.ADMINISTRATOR;
      assertThat(publishing.history(ORDERS))
          .containsExactly(
              new Version(
                  ORDERS.id(),
                  3,
                  Version.Change.ROLLBACK,
                  Optional.empty(),
                  OptionalLong.of(1),
                  clock.instant(),
                  admin,
                  2,
                  1,
                  OptionalLong.of(3),
                  List.of()),
              new Version(
                  ORDERS.id(),
                  2,
                  Version.Change.OVERWRITE,
                  Optional.of(LoadId.of("two")),
                  OptionalLong.empty(),
                  clock.instant().minus(Duration.ofMinutes(1)),
                  admin,
                  1,
                  2,
                  OptionalLong.empty(),
                  List.of()),
              new Version(
                  ORDERS.id(),
                  1,
                  Version.Change.APPEND,
                  Optional.of(LoadId.of("one")),
                  OptionalLong.empty(),
                  clock.instant().minus(Duration.ofMinutes(2)),
                  admin,
                  2,
                  0,
                  OptionalLong.of(3),
                  List.of(source, outside)));
    }

    @Test
    void givesEveryVersionAgain() {
      publish(APPEND, "one", "a");
      publish(APPEND, "two", "b");
      publish(OVERWRITE, "three", "c");
      assertThat(texts(publishing.snapshot(ORDERS, 1))).containsExactly("a");
      assertThat(texts(publishing.snapshot(ORDERS, 2))).containsExactly("a", "b");
      assertThat(texts(publishing.snapshot(ORDERS, 3))).containsExactly("c");
      assertThat(publishing.snapshot(ORDERS, 2).totals())
          .isEqualTo(new Snapshot.Totals(1, 2, 2, 2));
    }

    @Test
    void hasNoVersionThatWasNotMade() {
      assertThatThrownBy(() -> publishing.snapshot(ORDERS, 1))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot read version sales.orders@1: nothing was published to the dataset yet");
      publish(APPEND, "one", "a");
      for (long version : new long[] {0, 2, -1}) {
        assertThatThrownBy(() -> publishing.snapshot(ORDERS, version))
            .isInstanceOf(NotFoundException.class)
            .hasMessage(
                "Cannot read version sales.orders@"
                    + version
                    + ": there is no such version; the dataset has versions 1 to 1");
      }
    }

    @Test
    void leavesASnapshotAsItWas() {
      publish(APPEND, "one", "a");
      Snapshot snapshot = publishing.snapshot(ORDERS);
      publish(APPEND, "two", "b");
      publish(OVERWRITE, "three", "c");
      assertThat(texts(snapshot)).containsExactly("a");
      assertThat(snapshot.totals().files()).isEqualTo(1);
    }
  }

  @Nested
  class ARollback {

    @Test
    void restoresWhatWasAndTakesLaterLoadsBack() {
      publish(APPEND, "one", "a");
      publish(APPEND, "two", "b");
      publish(OVERWRITE, "three", "c");
      Version version = publishing.rollback(ORDERS, 1);
      assertThat(version.number()).isEqualTo(4);
      assertThat(version.filesAdded()).isEqualTo(1);
      assertThat(version.filesRemoved()).isEqualTo(1);
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(publishing.snapshot(ORDERS).totals()).isEqualTo(new Snapshot.Totals(1, 1, 1, 1));
      assertThat(texts(publishing.snapshot(ORDERS, 3))).containsExactly("c");

      assertThat(publish(APPEND, "one", "a").outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(publish(APPEND, "two", "b").outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(texts(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void canItselfBeRolledBackAndBringsLoadsBackWithIt() {
      publish(APPEND, "one", "a");
      publish(APPEND, "two", "b");
      publishing.rollback(ORDERS, 1);
      publishing.rollback(ORDERS, 2);
      assertThat(texts(ORDERS)).containsExactly("a", "b");
      assertThat(publish(APPEND, "two", "b").outcome()).isEqualTo(Outcome.REPEATED);
      publishing.rollback(ORDERS, 3);
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(publish(APPEND, "two", "bb").outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(texts(ORDERS)).containsExactly("a", "bb");
      publishing.rollback(ORDERS, 4);
      assertThat(texts(ORDERS)).containsExactly("a", "b");
    }

    @Test
    void toTheCurrentVersionChangesNothing() {
      publish(APPEND, "one", "a");
      Version version = publishing.rollback(ORDERS, 1);
      assertThat(version.number()).isEqualTo(2);
      assertThat(version.filesAdded() + version.filesRemoved()).isZero();
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void tellsTheListeners() {
      publish(APPEND, "one", "a");
      Version version = publishing.rollback(ORDERS, 1);
      assertThat(events)
          .last()
          .isEqualTo(new DataRolledBackEvent(clock.instant(), lake.principal(), version));
    }

    @Test
    void toNowhereIsRefused() {
      assertThatThrownBy(() -> publishing.rollback(ORDERS, 1))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot roll back to version sales.orders@1: nothing was published to the dataset"
                  + " yet");
      publish(APPEND, "one", "a");
      assertThatThrownBy(() -> publishing.rollback(ORDERS, 5))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot roll back to version sales.orders@5: there is no such version; the dataset"
                  + " has versions 1 to 1");
      assertThat(publishing.history(ORDERS)).hasSize(1);
    }
  }

  @Nested
  class WhoeverListsTheObjects {

    @Test
    void findsTheCurrentFilesOnly() {
      publish(APPEND, "one", "a");
      publish(APPEND, "two", "b");
      publish(OVERWRITE, "three", "c");
      assertThat(foundByOthers(ORDERS)).containsExactly("c");
      publishing.rollback(ORDERS, 2);
      assertThat(foundByOthers(ORDERS)).containsExactly("a", "b");
      publishing.rollback(ORDERS, 3);
      publishing.rollback(ORDERS, 1);
      assertThat(foundByOthers(ORDERS)).containsExactly("a");
    }

    @Test
    void findsNoTraceOfWhatWasVacuumed() {
      publish(APPEND, "one", "a");
      publish(OVERWRITE, "two", "b");
      publishing.rollback(ORDERS, 1);
      publishing.rollback(ORDERS, 2);
      clock.advance(Duration.ofDays(1));
      publishing.vacuum(ORDERS, Duration.ZERO);
      assertThat(versions(ObjectVersion.Kind.DELETE_MARKER)).isZero();
      assertThat(objects()).isEqualTo(1);
    }

    @Test
    void findsAnObjectThatSomebodyWroteAnewOrAnotherDatasetHas() {
      ObjectInfo object =
          lake.store(Zone.CURATED).put("shared.csv", new byte[] {'a'}, PutOptions.defaults());
      for (Dataset dataset : List.of(ORDERS, ORDERS_TOO)) {
        try (Draft draft = publishing.begin(dataset, APPEND, LoadId.of("one"))) {
          draft.include(object, Partition.none(), OptionalLong.of(1));
          publishing.publish(draft);
        }
      }
      publish(OVERWRITE, "two");
      assertThat(listed()).containsExactly("shared.csv");
      publishing.rollback(ORDERS, 1);
      lake.store(Zone.CURATED).put("shared.csv", new byte[] {'b'}, PutOptions.defaults());
      publishing.remove(ORDERS_TOO);
      publish(OVERWRITE, "three");
      assertThat(listed()).containsExactly("shared.csv");
      assertThat(objects()).isEqualTo(2);
    }
  }

  @Nested
  class AVacuum {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void keepsWhatWasCurrentAtSomeMomentWithinRetention() {
      publish(APPEND, "one", "a");
      clock.advance(Duration.ofDays(30));
      publish(OVERWRITE, "two", "b");
      clock.advance(Duration.ofDays(6));
      publish(OVERWRITE, "three", "c");

      assertThat(publishing.vacuum(ORDERS, WEEK)).isEqualTo(new VacuumReport(0, 0, 0));
      assertThat(texts(publishing.snapshot(ORDERS, 1))).containsExactly("a");

      clock.advance(Duration.ofDays(2));
      assertThat(publishing.vacuum(ORDERS, WEEK)).isEqualTo(new VacuumReport(1, 1, 1));
      assertThat(texts(publishing.snapshot(ORDERS, 2))).containsExactly("b");
      assertThat(texts(ORDERS)).containsExactly("c");
      assertThat(objects()).isEqualTo(2);
      assertThatThrownBy(() -> publishing.snapshot(ORDERS, 1))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "Cannot read version sales.orders@1: its files were vacuumed; vacuum with a longer"
                  + " retention to keep versions longer");
      assertThatThrownBy(() -> publishing.rollback(ORDERS, 1))
          .isInstanceOf(NotFoundException.class)
          .hasMessageStartingWith("Cannot roll back to version sales.orders@1: its files were");
      assertThat(publishing.history(ORDERS)).hasSize(3);
    }

    @Test
    void keepsTheFilesThatAVersionWithinRetentionShares() {
      publish(APPEND, "one", "a");
      publish(APPEND, "two", "b");
      publish(OVERWRITE, "three", "c");
      publishing.rollback(ORDERS, 1);
      clock.advance(WEEK);
      assertThat(publishing.vacuum(ORDERS, Duration.ZERO)).isEqualTo(new VacuumReport(2, 2, 3));
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(publishing.vacuum(ORDERS, Duration.ZERO)).isEqualTo(new VacuumReport(0, 0, 0));
    }

    @Test
    void endsASnapshotOfAVersionOutOfRetention() {
      publish(APPEND, "one", "a");
      Snapshot snapshot = publishing.snapshot(ORDERS);
      publish(OVERWRITE, "two", "b");
      clock.advance(WEEK);
      publishing.vacuum(ORDERS, Duration.ZERO);
      assertThatThrownBy(() -> snapshot.files(PartitionFilter.any()))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("its files were vacuumed");
    }

    @Test
    void keepsLoadsKnown() {
      publish(APPEND, "one", "a");
      publish(OVERWRITE, "two", "b");
      clock.advance(WEEK);
      publishing.vacuum(ORDERS, Duration.ZERO);
      Publication again = publish(APPEND, "one", "a");
      assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(again.files()).isEmpty();
    }

    @Test
    void removesWhatDraftsLeftBehindAndNothingElse() {
      Draft lost = draft(APPEND, "lost", "a");
      lake.store(Zone.CURATED).put("sales/orders/mine.txt", new byte[3], PutOptions.defaults());
      publish(APPEND, "one", "b");
      clock.advance(Duration.ofHours(23));
      publishing.vacuum(ORDERS, Duration.ZERO);
      assertThat(objects()).isEqualTo(3);
      clock.advance(Duration.ofHours(2));
      publishing.vacuum(ORDERS, WEEK);
      assertThat(objects()).isEqualTo(3);
      assertThat(publishing.vacuum(ORDERS, Duration.ZERO)).isEqualTo(new VacuumReport(1, 1, 0));
      assertThat(objects()).isEqualTo(2);
      assertThatThrownBy(() -> publishing.publish(lost))
          .hasMessageContaining("the file is gone; load it again");
      lost.close();
    }

    @Test
    void tellsTheListenersAndRefusesANegativeRetention() {
      VacuumReport report = publishing.vacuum(ORDERS, WEEK);
      assertThat(events)
          .containsExactly(
              new DataVacuumedEvent(clock.instant(), lake.principal(), ORDERS.id(), report));
      assertThatThrownBy(() -> publishing.vacuum(ORDERS, WEEK.negated()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot vacuum dataset sales.orders: a retention is not negative");
    }
  }

  @Nested
  class ARemoval {

    @Test
    void removesVersionsAndFilesOfThisDatasetOnly() {
      publish(APPEND, "one", "a");
      publish(OVERWRITE, "two", "b");
      publishFlights(APPEND, "one", 1, "f");
      Snapshot snapshot = publishing.snapshot(ORDERS);
      publishing.remove(ORDERS);
      assertThat(publishing.history(ORDERS)).isEmpty();
      assertThat(publishing.snapshot(ORDERS).version()).isZero();
      assertThat(texts(FLIGHTS)).containsExactly("f");
      assertThat(objects()).isEqualTo(1);
      assertThat(events)
          .last()
          .isEqualTo(new DataRemovedEvent(clock.instant(), lake.principal(), ORDERS.id()));
      assertThatThrownBy(() -> snapshot.files(PartitionFilter.any()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Cannot read version sales.orders@2: the dataset was removed");
      assertThat(publish(APPEND, "one", "again").version()).isEqualTo(1);
    }

    @Test
    void ofWhatIsNotThereChangesNothing() {
      publishing.remove(ORDERS);
      assertThat(events).isEmpty();
    }
  }

  @Nested
  class Somebody {

    private final Principal ada = Principal.user("ada");

    private final AccessPolicy writesToRawOnly =
        new AccessPolicy() {
          @Override
          public Decision decide(AccessRequest request) {
            return request.resource().equals(Resource.zone(Zone.RAW))
                ? new Decision.Allowed("grant 1")
                : new Decision.Denied("there is no grant", "grant write on the zone");
          }

          @Override
          public DatasetView view(Principal principal, Resource.OfDataset dataset) {
            return dataset.dataset().equals(FLIGHTS.id())
                ? new DatasetView(
                    List.of(new DatasetView.Slice(Optional.of(Set.of("line")), Optional.empty())))
                : DatasetView.nothing();
          }
        };

    private Publishing asAda() {
      lake.enforce(writesToRawOnly);
      Lake view = lake.as(ada);
      return Publishing.of(view);
    }

    @Test
    void withoutGrantsMayNothing() {
      publish(APPEND, "one", "a");
      Publishing hers = asAda();
      List<Runnable> changes =
          List.of(
              () -> hers.begin(ORDERS, APPEND, LoadId.of("two")).close(),
              () -> hers.rollback(ORDERS, 1),
              () -> hers.vacuum(ORDERS, Duration.ZERO),
              () -> hers.remove(ORDERS));
      for (Runnable change : changes) {
        assertThatThrownBy(change::run)
            .isInstanceOf(AccessDeniedException.class)
            .hasMessage("Cannot write zone curated: there is no grant; grant write on the zone");
      }
      try (Draft draft = draft(APPEND, "two", "b")) {
        assertThatThrownBy(() -> hers.publish(draft)).isInstanceOf(AccessDeniedException.class);
      }
      List<Runnable> looks =
          List.of(
              () -> hers.snapshot(ORDERS),
              () -> hers.snapshot(ORDERS, 1),
              () -> hers.history(ORDERS));
      for (Runnable look : looks) {
        assertThatThrownBy(look::run)
            .isInstanceOf(AccessDeniedException.class)
            .hasMessage(
                "Cannot read dataset sales.orders: user ada may see nothing of it; grant select"
                    + " on it, or on some of its columns");
      }
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void whoMaySeeAColumnMaySeeTheVersions() {
      publishFlights(APPEND, "one", 1, "a");
      Publishing hers = asAda();
      assertThat(hers.snapshot(FLIGHTS).totals().files()).isEqualTo(1);
      assertThat(hers.history(FLIGHTS)).hasSize(1);
    }

    @Test
    void isNamedInTheVersionsThatSheMade() {
      var raw = ORDERS.toBuilder().in(Zone.RAW).build();
      Publishing hers = asAda();
      try (Draft draft = hers.begin(raw, APPEND, LoadId.of("one"))) {
        add(draft, Partition.none(), "a");
        hers.publish(draft);
      }
      assertThat(publishing.history(raw)).singleElement().extracting(Version::by).isEqualTo(ada);
    }
  }
}
