package io.lakesdk.publish;

import static io.lakesdk.publish.Write.APPEND;
import static io.lakesdk.publish.Write.OVERWRITE;
import static io.lakesdk.publish.Write.OVERWRITE_PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.lakesdk.Dataset;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.event.DataPublishedEvent;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What writing to a dataset does; the rest of the contract is in what this extends. */
public abstract class PublishingContract extends PublishingOthersContract {

  @Nested
  class ADraft {

    @Test
    void isSeenByNobodyBeforeItIsPublished() {
      try (Draft draft = draft(APPEND, "one", "a")) {
        assertThat(texts(ORDERS)).isEmpty();
        assertThat(publishing.snapshot(ORDERS).version()).isZero();
        publishing.publish(draft);
        assertThat(texts(ORDERS)).containsExactly("a");
      }
    }

    @Test
    void leavesNothingWhenItIsClosedWithoutPublishing() {
      try (Draft draft = draft(APPEND, "one", "a", "b")) {
        upload(draft, Partition.none(), "drop.csv", "c");
      }
      assertThat(objects()).isZero();
      assertThat(publishing.history(ORDERS)).isEmpty();
    }

    @Test
    void keepsOnlyWhatWasIncluded() throws Exception {
      try (Draft draft = draft(APPEND, "one", "a")) {
        try (var upload = draft.upload("spare.csv", Partition.none())) {
          upload.write('x');
          upload.complete();
        }
        publishing.publish(draft);
      }
      assertThat(objects()).isEqualTo(1);
    }

    @Test
    void namesFilesAfterLocationPartitionLoadAttemptAndPart() {
      try (Draft draft = publishing.begin(FLIGHTS, APPEND, LoadId.of("july"))) {
        assertThat(add(draft, flights(7, "SEA"), "a").object().key())
            .matches(
                "aviation/flights/month=7/origin=SEA/"
                    + folderOfADraft()
                    + "july-[0-9a-f]{8}-00000\\.csv");
        assertThat(add(draft, flights(7, "SEA"), "b").object().key()).endsWith("-00001.csv");
      }
    }

    @Test
    void keepsTheNameOfAFileThatIsStoredAsItComes() {
      try (Draft draft = draft(APPEND, "one")) {
        DataFile file = upload(draft, Partition.none(), "Übersicht 2001.csv", "a");
        assertThat(file.object().key())
            .matches(
                "sales/orders/" + folderOfADraft() + "one-[0-9a-f]{8}-00000-Übersicht 2001\\.csv");
        assertThat(upload(draft, Partition.none(), "../x\n.csv", "b").object().key())
            .matches("sales/orders/" + folderOfADraft() + "one-[0-9a-f]{8}-00001-\\.\\._x_\\.csv");
        String longName = "ü".repeat(2000) + ".csv";
        String key = upload(draft, Partition.none(), longName, "c").object().key();
        assertThat(key).endsWith("üü.csv");
        assertThat(key.getBytes(StandardCharsets.UTF_8).length).isBetween(1020, 1024);
      }
    }

    @Test
    void tellsWhatAFileIs() {
      try (Draft draft = draft(APPEND, "one")) {
        DataFile file = add(draft, Partition.none(), "a\nb");
        assertThat(file.bytes()).isEqualTo(3);
        assertThat(file.rows()).hasValue(2);
        assertThat(file.sha256())
            .contains(Hashing.sha256().hashString("a\nb", StandardCharsets.UTF_8).toString());
        assertThat(upload(draft, Partition.none(), "b.csv", "b").rows()).isEmpty();
      }
    }

    @Test
    void takesFilesFromItsFolder() throws Exception {
      try (Draft draft = draft(APPEND, "one")) {
        Optional<Path> folder = draft.folder();
        if (folder.isPresent()) {
          Path file = folder.get().resolve("data_0.csv");
          MoreFiles.asCharSink(file, StandardCharsets.UTF_8).write("a");
          draft.add(file, Partition.none(), 1);
          publishing.publish(draft);
          assertThat(texts(ORDERS)).containsExactly("a");
        }
      }
    }

    @Test
    void takesAnObjectThatIsInTheZoneAlready() {
      ObjectInfo object =
          lake.store(Zone.CURATED).put("landed/x.csv", new byte[] {'a'}, PutOptions.defaults());
      try (Draft draft = draft(APPEND, "one")) {
        draft.include(object, Partition.none(), OptionalLong.of(1));
        assertThatThrownBy(() -> draft.include(object, Partition.none(), OptionalLong.of(1)))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot add a file to object curated/landed/x.csv: it is a file of load one"
                    + " already");
        publishing.publish(draft);
      }
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void leavesAnObjectThatItDidNotWriteWhenItIsDiscarded() {
      ObjectInfo object =
          lake.store(Zone.CURATED).put("landed/x.csv", new byte[] {'a'}, PutOptions.defaults());
      try (Draft draft = draft(APPEND, "one")) {
        draft.include(object, Partition.none(), OptionalLong.of(1));
      }
      assertThat(lake.store(Zone.CURATED).exists("landed/x.csv")).isTrue();
    }

    @Test
    void refusesAPartitionThatIsNotTheDatasets() {
      try (Draft draft = publishing.begin(FLIGHTS, APPEND, LoadId.of("one"))) {
        assertThatThrownBy(() -> add(draft, Partition.none(), "a"))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot add a file to dataset aviation.flights: the file's partition has the keys"
                    + " [] and the dataset [month, origin]");
        Partition july = Partition.parse("month=July/origin=SEA");
        assertThatThrownBy(() -> add(draft, july, "a"))
            .isInstanceOf(BadDataException.class)
            .hasMessage(
                "Cannot add a file to dataset aviation.flights: the value of partition key month"
                    + " is not a whole number, as its type is");
      }
      assertThat(objects()).isZero();
    }

    @Test
    void isOfNoUseOnceItIsClosed() {
      Draft draft = draft(APPEND, "one", "a");
      draft.close();
      draft.close();
      assertThatThrownBy(() -> publishing.publish(draft))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot write load one: the draft was closed; begin another");
      assertThatThrownBy(draft::newFile).isInstanceOf(InvalidDefinitionException.class);
    }

    @Test
    void knowsTheVersionThatItBeganOn() {
      try (Draft draft = draft(APPEND, "zero")) {
        assertThat(draft.base()).isZero();
      }
      publish(APPEND, "one", "a");
      try (Draft draft = draft(APPEND, "two")) {
        assertThat(draft.base()).isEqualTo(1);
      }
    }
  }

  @Nested
  class ALoad {

    @Test
    void isPublishedOnce() {
      Publication first = publish(APPEND, "one", "a", "b\nc");
      Publication second = publish(APPEND, "one", "a", "b\nc");

      assertThat(first.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(first.version()).isEqualTo(1);
      assertThat(first.bytes()).isEqualTo(4);
      assertThat(first.rows()).hasValue(3);
      assertThat(second.outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(second.version()).isEqualTo(1);
      assertThat(second.files()).isEqualTo(first.files());
      assertThat(texts(ORDERS)).containsExactly("a", "b\nc");
      assertThat(publishing.history(ORDERS)).hasSize(1);
      assertThat(objects()).isEqualTo(2);
      assertThat(events).hasSize(1);
    }

    @Test
    void isKnownToTheNextDraftOfIt() {
      Publication first = publish(OVERWRITE, "one", "a");
      try (Draft draft = draft(APPEND, "one")) {
        Publication earlier = draft.earlier().orElseThrow();
        assertThat(earlier.outcome()).isEqualTo(Outcome.REPEATED);
        assertThat(earlier.write()).isEqualTo(OVERWRITE);
        assertThat(earlier.files()).isEqualTo(first.files());
      }
      try (Draft draft = draft(APPEND, "two")) {
        assertThat(draft.earlier()).isEmpty();
      }
    }

    @Test
    void mayBePublishedAgainFromTheSameDraft() {
      try (Draft draft = draft(APPEND, "one", "a")) {
        publishing.publish(draft);
        assertThat(publishing.publish(draft).outcome()).isEqualTo(Outcome.REPEATED);
      }
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void isOneOfItsDatasetOnly() {
      publish(APPEND, "one", "a");
      assertThat(publishFlights(APPEND, "one", 1, "f").outcome()).isEqualTo(Outcome.PUBLISHED);
    }

    @Test
    void isStillKnownAfterItsRowsWereReplaced() {
      publish(APPEND, "one", "a");
      publish(OVERWRITE, "two", "b");
      assertThat(publish(APPEND, "one", "a").outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(texts(ORDERS)).containsExactly("b");
    }

    @Test
    void tellsTheListeners() {
      Publication publication = publish(APPEND, "one", "a");
      assertThat(events)
          .containsExactly(new DataPublishedEvent(clock.instant(), lake.principal(), publication));
    }
  }

  @Nested
  class Appending {

    @Test
    void addsRowsAndNeverConflicts() {
      try (Draft one = draft(APPEND, "one", "a");
          Draft two = draft(APPEND, "two", "b")) {
        publishing.publish(one);
        publishing.publish(two);
      }
      assertThat(texts(ORDERS)).containsExactly("a", "b");
      assertThat(publishing.snapshot(ORDERS).totals()).isEqualTo(new Snapshot.Totals(1, 2, 2, 2));
    }

    @Test
    void ofNothingIsAVersionToo() {
      assertThat(publish(APPEND, "one").version()).isEqualTo(1);
      assertThat(texts(ORDERS)).isEmpty();
      assertThat(publish(APPEND, "one").outcome()).isEqualTo(Outcome.REPEATED);
    }
  }

  @Nested
  class Overwriting {

    @Test
    void replacesAllRows() {
      publish(APPEND, "one", "a", "b");
      publish(OVERWRITE, "two", "c");
      assertThat(texts(ORDERS)).containsExactly("c");
      assertThat(publishing.snapshot(ORDERS).totals()).isEqualTo(new Snapshot.Totals(1, 1, 1, 1));
    }

    @Test
    void withNothingEmptiesTheDataset() {
      publish(APPEND, "one", "a");
      publish(OVERWRITE, "two");
      assertThat(texts(ORDERS)).isEmpty();
      assertThat(publishing.snapshot(ORDERS).totals()).isEqualTo(new Snapshot.Totals(0, 0, 0, 0));
    }

    @Test
    void conflictsWithEveryOtherChange() {
      publish(APPEND, "one", "a");
      try (Draft draft = draft(OVERWRITE, "two", "b")) {
        publish(APPEND, "three", "c");
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(ConflictException.class)
            .hasMessage(
                "Cannot publish to dataset sales.orders: load two began on version 1 and the"
                    + " current one is 2; begin again from what is there now");
      }
      assertThat(texts(ORDERS)).containsExactly("a", "c");
      assertThat(objects()).isEqualTo(2);
      publish(OVERWRITE, "two", "b");
      assertThat(texts(ORDERS)).containsExactly("b");
    }

    @Test
    void conflictsWithTheRemovalOfTheDataset() {
      publish(APPEND, "one", "a");
      try (Draft draft = draft(OVERWRITE, "two", "b")) {
        publishing.remove(ORDERS);
        publish(APPEND, "three", "c");
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(ConflictException.class)
            .hasMessage(
                "Cannot publish to dataset sales.orders: it was removed since load two began");
      }
      assertThat(texts(ORDERS)).containsExactly("c");
    }
  }

  @Nested
  class OverwritingPartitions {

    @Test
    void replacesTheRowsOfExactlyThose() {
      publishFlights(APPEND, "one", 1, "january");
      publishFlights(APPEND, "two", 2, "february");
      publishFlights(APPEND, "three", 2, "more february");
      publishFlights(OVERWRITE_PARTITIONS, "four", 2, "new february");
      assertThat(texts(FLIGHTS)).containsExactly("january", "new february");
      assertThat(publishing.snapshot(FLIGHTS).totals()).isEqualTo(new Snapshot.Totals(2, 2, 19, 2));
    }

    @Test
    void ofDifferentOnesBothLand() {
      try (Draft one = flightsDraft(OVERWRITE_PARTITIONS, "one", 1, "january");
          Draft two = flightsDraft(OVERWRITE_PARTITIONS, "two", 2, "february")) {
        publishing.publish(one);
        publishing.publish(two);
      }
      assertThat(texts(FLIGHTS)).containsExactly("february", "january");
    }

    @Test
    void conflictsWithEveryOtherChangeOfTheSame() {
      try (Draft one = flightsDraft(OVERWRITE_PARTITIONS, "one", 1, "a");
          Draft two = flightsDraft(OVERWRITE_PARTITIONS, "two", 1, "b")) {
        publishing.publish(one);
        assertThatThrownBy(() -> publishing.publish(two))
            .isInstanceOf(ConflictException.class)
            .hasMessage(
                "Cannot publish to dataset aviation.flights: partition month=1/origin=SEA was"
                    + " changed since load two began; begin again from what is there now");
      }
      assertThat(texts(FLIGHTS)).containsExactly("a");

      for (Write change : List.of(APPEND, OVERWRITE)) {
        try (Draft draft = flightsDraft(OVERWRITE_PARTITIONS, "late-" + change, 1, "c")) {
          publishFlights(change, "early-" + change, 1, "d");
          assertThatThrownBy(() -> publishing.publish(draft)).isInstanceOf(ConflictException.class);
        }
      }
    }

    @Test
    void conflictsWithARollbackAndWithAnEmptying() {
      publishFlights(APPEND, "one", 1, "a");
      publishFlights(APPEND, "two", 1, "b");
      try (Draft draft = flightsDraft(OVERWRITE_PARTITIONS, "three", 1, "c")) {
        publishing.rollback(FLIGHTS, 1);
        assertThatThrownBy(() -> publishing.publish(draft)).isInstanceOf(ConflictException.class);
      }
      try (Draft draft = flightsDraft(OVERWRITE_PARTITIONS, "four", 1, "d");
          Draft empty = publishing.begin(FLIGHTS, OVERWRITE, LoadId.of("five"))) {
        publishing.publish(empty);
        clock.advance(Duration.ofHours(1));
        publishing.vacuum(FLIGHTS, Duration.ZERO);
        assertThatThrownBy(() -> publishing.publish(draft)).isInstanceOf(ConflictException.class);
      }
    }

    @Test
    void withNothingChangesNothingAndIsAVersion() {
      publishFlights(APPEND, "one", 1, "a");
      try (Draft draft = publishing.begin(FLIGHTS, OVERWRITE_PARTITIONS, LoadId.of("two"))) {
        assertThat(publishing.publish(draft).version()).isEqualTo(2);
      }
      assertThat(texts(FLIGHTS)).containsExactly("a");
    }

    @Test
    void knowsNullFromText() {
      Partition none = Partition.of(Map.of("month", Optional.of("1"), "origin", Optional.empty()));
      try (Draft draft = publishing.begin(FLIGHTS, OVERWRITE_PARTITIONS, LoadId.of("one"))) {
        add(draft, none, "a");
        add(draft, flights(1, "__HIVE_DEFAULT_PARTITION__"), "b");
        publishing.publish(draft);
      }
      assertThat(publishing.snapshot(FLIGHTS).files(new PartitionFilter.IsNull("origin")))
          .singleElement()
          .satisfies(file -> assertThat(text(file)).isEqualTo("a"));
    }
  }

  @Nested
  class SeveralDrafts {

    @Test
    void arePublishedTogether() {
      try (Draft orders = draft(APPEND, "one", "a");
          Draft flights = flightsDraft(APPEND, "one", 1, "f")) {
        List<Publication> receipts = publishing.publish(List.of(orders, flights));
        assertThat(receipts)
            .extracting(Publication::dataset)
            .containsExactly(ORDERS.id(), FLIGHTS.id());
      }
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(texts(FLIGHTS)).containsExactly("f");
    }

    @Test
    void areAllOrNothing() {
      try (Draft orders = draft(APPEND, "one", "a");
          Draft flights = flightsDraft(OVERWRITE, "one", 1, "f")) {
        publishFlights(APPEND, "other", 1, "g");
        events.clear();
        assertThatThrownBy(() -> publishing.publish(List.of(orders, flights)))
            .isInstanceOf(ConflictException.class);
        assertThat(publishing.snapshot(ORDERS).version()).isZero();
        assertThat(events).isEmpty();
      }
      assertThat(objects()).isEqualTo(1);
    }

    @Test
    void mayBeNone() {
      assertThat(publishing.publish(List.of())).isEmpty();
    }
  }

  @Nested
  class ADataset {

    @Test
    void keepsItsPartitionKeys() {
      publishFlights(APPEND, "one", 1, "a");
      Dataset other = FLIGHTS.toBuilder().partitionedBy("year", DataType.INT).build();
      assertThatThrownBy(() -> publishing.begin(other, APPEND, LoadId.of("two")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot publish to dataset aviation.flights: its files are partitioned by month,"
                  + " origin and it is now described as partitioned by month, origin, year;"
                  + " partition keys and their types stay the same, so publish to a new dataset");
    }

    @Test
    void losesNoFileThatIsGoneUnnoticed() {
      try (Draft draft = draft(APPEND, "one")) {
        DataFile file = add(draft, Partition.none(), "a");
        lake.store(Zone.CURATED).deleteVersion(file.object().key(), file.object().version());
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(ConflictException.class)
            .hasMessage(
                "Cannot publish object curated/"
                    + file.object().key()
                    + ": the file is gone; load it again");
      }
      assertThat(publishing.snapshot(ORDERS).version()).isZero();
    }
  }
}
