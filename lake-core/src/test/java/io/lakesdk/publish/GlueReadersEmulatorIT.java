package io.lakesdk.publish;

import static io.lakesdk.publish.Write.APPEND;
import static io.lakesdk.publish.Write.OVERWRITE;
import static io.lakesdk.publish.Write.OVERWRITE_PARTITIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import io.lakesdk.emulator.AlteredHttp;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.glue.model.Partition;

/** What readers find in the folders that Glue points at. */
@ExtendWith(TestAws.Fresh.class)
class GlueReadersEmulatorIT extends PublishingFixture {

  private final AtomicBoolean refusing = new AtomicBoolean();
  private AwsSettings settings;
  private GlueReader reader;
  private AlteredHttp http;

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    settings =
        TestAws.settings()
            .httpClient(
                () -> http = new AlteredHttp(ApacheHttpClient.create(), this::partialFailure))
            .build();
    TestAws.createBuckets(settings);
    reader = new GlueReader(settings);
    reader.createTable(ORDERS, GluePublishing.initialFolder(ORDERS));
    reader.createTable(FLIGHTS, GluePublishing.initialFolder(FLIGHTS));
    return Lake.onAws(settings, with);
  }

  private Optional<String> partialFailure(String operation) {
    return refusing.get() && operation.equals("AWSGlue.BatchUpdatePartition")
        ? Optional.of(
            "{\"Errors\": [{\"PartitionValueList\": [\"1\", \"SEA\"], \"ErrorDetail\":"
                + " {\"ErrorCode\": \"InternalServiceException\", \"ErrorMessage\": \"x\"}}]}")
        : Optional.empty();
  }

  @AfterEach
  void closeReader() {
    reader.close();
  }

  @Test
  void seeNothingOfALoadThatIsNotPublished() {
    try (Draft draft = draft(APPEND, "one", "a")) {
      assertThat(reader.texts(ORDERS)).isEmpty();
      publishing.publish(draft);
      assertThat(reader.texts(ORDERS)).containsExactly("a");
    }
    try (Draft draft = draft(APPEND, "two", "b")) {
      assertThat(reader.texts(ORDERS)).containsExactly("a");
      publishing.publish(draft);
      assertThat(reader.texts(ORDERS)).containsExactly("a", "b");
    }
    assertThat(reader.table(ORDERS).parameters()).containsEntry("made-by", "somebody else");
  }

  @Test
  void areSentToTheFilesOfALoadThemselvesWhereTheyAreAll() {
    publish(APPEND, "one", "a", "b");
    assertThat(objects()).isEqualTo(2);
    publish(OVERWRITE, "two", "c", "d");
    assertThat(objects()).isEqualTo(4);
    assertThat(reader.texts(ORDERS)).containsExactly("c", "d");
    publish(OVERWRITE, "three");
    assertThat(reader.texts(ORDERS)).isEmpty();
  }

  @Test
  void keepTheFolderThatTheyReadWhileFilesAreAppendedOneByOne() {
    publish(APPEND, "one", "a");
    Map<String, String> locations = reader.locations(ORDERS);
    publish(APPEND, "two", "b");
    publish(APPEND, "three", "c");
    assertThat(objects()).as("three files and copies of two").isEqualTo(5);
    assertThat(reader.locations(ORDERS)).isEqualTo(locations);
    assertThat(reader.texts(ORDERS)).containsExactly("a", "b", "c");
    publish(APPEND, "four", "d", "e");
    assertThat(reader.locations(ORDERS)).isNotEqualTo(locations);
    assertThat(reader.texts(ORDERS)).containsExactly("a", "b", "c", "d", "e");
    publishing.rollback(ORDERS, 2);
    assertThat(reader.texts(ORDERS)).containsExactly("a", "b");
    publishing.rollback(ORDERS, 1);
    assertThat(reader.texts(ORDERS)).containsExactly("a");
  }

  @Test
  void areSentToAFolderThatSomebodyElseFilled() {
    try (Draft draft = draft(APPEND, "one")) {
      for (String name : List.of("a.csv", "more/b.csv")) {
        ObjectInfo object =
            lake.store(Zone.CURATED)
                .put("landed/" + name, name.getBytes(UTF_8), PutOptions.defaults());
        draft.include(object, io.lakesdk.publish.Partition.none(), OptionalLong.empty());
      }
      publishing.publish(draft);
    }
    assertThat(reader.locations(ORDERS).values()).containsExactly(reader.uri(ORDERS, "landed/"));
    lake.store(Zone.CURATED).put("landed/not-yet.csv", new byte[1], PutOptions.defaults());
    publish(APPEND, "two", "c");
    assertThat(reader.texts(ORDERS)).containsExactly("a.csv", "c", "more/b.csv");
  }

  @Test
  void findPartitionsWhereTheirFilesAre() {
    publishFlights(APPEND, "one", 1, "a");
    publishFlights(APPEND, "two", 2, "b");
    publishFlights(OVERWRITE_PARTITIONS, "three", 1, "c");
    assertThat(reader.read(FLIGHTS))
        .isEqualTo(Map.of("1/SEA", List.of("c"), "2/SEA", List.of("b")));
    try (Draft draft = publishing.begin(FLIGHTS, OVERWRITE_PARTITIONS, LoadId.of("four"))) {
      draft.replace(flights(2, "SEA"));
      publishing.publish(draft);
    }
    assertThat(reader.read(FLIGHTS)).isEqualTo(Map.of("1/SEA", List.of("c")));
    publishing.rollback(FLIGHTS, 2);
    assertThat(reader.read(FLIGHTS))
        .isEqualTo(Map.of("1/SEA", List.of("a"), "2/SEA", List.of("b")));
  }

  @Test
  void findAgainWhatSomebodyPointedElsewhere() {
    publish(APPEND, "one", "a");
    publishFlights(APPEND, "one", 1, "f");
    lake.store(Zone.CURATED).put("elsewhere/x.csv", new byte[] {'x'}, PutOptions.defaults());
    var table = reader.table(FLIGHTS);
    Partition partition =
        reader
            .glue()
            .getPartition(
                request ->
                    request
                        .databaseName("aviation")
                        .tableName("flights")
                        .partitionValues("1", "SEA"))
            .partition();
    reader
        .glue()
        .updatePartition(
            request ->
                request
                    .databaseName("aviation")
                    .tableName("flights")
                    .partitionValueList("1", "SEA")
                    .partitionInput(
                        input ->
                            input
                                .values("1", "SEA")
                                .storageDescriptor(
                                    partition.storageDescriptor().toBuilder()
                                        .location(reader.uri(FLIGHTS, "elsewhere/"))
                                        .build())));
    assertThat(table.parameters()).containsEntry("lake.published-version", "1");
    assertThat(reader.texts(FLIGHTS)).containsExactly("x");
    publishing.vacuum(FLIGHTS, Duration.ofDays(1));
    assertThat(reader.texts(FLIGHTS)).containsExactly("f");
    assertThat(lake.store(Zone.CURATED).exists("elsewhere/x.csv")).isTrue();
  }

  @Test
  void findTheFilesOfTheirViewAfterAVacuum() {
    publish(APPEND, "one", "a");
    publish(APPEND, "two", "b");
    publish(APPEND, "three", "c", "d");
    clock.advance(Duration.ofDays(2));
    publishing.vacuum(ORDERS, Duration.ZERO);
    assertThat(reader.texts(ORDERS)).containsExactly("a", "b", "c", "d");
    assertThat(texts(ORDERS)).containsExactly("a", "b", "c", "d");
    assertThat(objects()).as("files and the newest view").isEqualTo(8);
    publish(OVERWRITE, "four", "e");
    clock.advance(Duration.ofDays(2));
    publishing.vacuum(ORDERS, Duration.ZERO);
    assertThat(objects()).isEqualTo(1);
    assertThat(reader.texts(ORDERS)).containsExactly("e");
  }

  @Test
  void leaveNoCopiesBehindWhenTheDatasetIsRemoved() {
    publish(APPEND, "one", "a");
    publish(APPEND, "two", "b", "c");
    publishing.remove(ORDERS);
    assertThat(objects()).isZero();
  }

  @Test
  void areNotLeftBehindByAPartialFailure() {
    publishFlights(APPEND, "one", 1, "a");
    refusing.set(true);
    try (Draft draft = flightsDraft(OVERWRITE_PARTITIONS, "two", 1, "b")) {
      assertThatThrownBy(() -> publishing.publish(draft))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot show in Glue the newest version of dataset aviation.flights: Glue refused to"
                  + " change 1 of its partitions (InternalServiceException); it is published, and"
                  + " publishing it again or a vacuum changes them");
      assertThat(texts(FLIGHTS)).containsExactly("b");
      assertThat(reader.texts(FLIGHTS)).containsExactly("a");
      refusing.set(false);
      assertThat(publishing.publish(draft).outcome()).isEqualTo(Outcome.REPEATED);
    }
    assertThat(reader.texts(FLIGHTS)).containsExactly("b");
    assertThat(http.operations()).contains("AWSGlue.BatchUpdatePartition");
  }

  @Test
  void areNotSentBackByALatecomer() {
    publishFlights(APPEND, "one", 1, "a");
    for (int call = 1; ; call++) {
      AtomicInteger left = new AtomicInteger(call);
      String name = "late-" + call;
      Faults faults =
          Faults.on(Call.WRITE_METADATA)
              .before(
                  subject -> {
                    int now = left.decrementAndGet();
                    if (now == 0) {
                      publishFlights(OVERWRITE, "then-" + name, 1, "then-" + name);
                    } else if (now < 0) {
                      throw new IllegalStateException("ended");
                    }
                  });
      boolean ended = false;
      try (Lake late = Lake.onAws(settings, with -> with.clock(clock).faults(faults));
          Draft draft = Publishing.of(late).begin(FLIGHTS, OVERWRITE_PARTITIONS, LoadId.of(name))) {
        add(draft, flights(1, "SEA"), name);
        add(draft, flights(2, "SEA"), name);
        Publishing.of(late).publish(draft);
      } catch (ConflictException | IllegalStateException e) {
        ended = true;
      }
      ((GluePublishing) publishing).show(FLIGHTS);
      assertThat(reader.texts(FLIGHTS)).as("overtaken at call " + call).isEqualTo(texts(FLIGHTS));
      if (!ended && left.get() > 0) {
        assertThat(call).isGreaterThan(4);
        return;
      }
    }
  }
}
