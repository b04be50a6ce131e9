package io.lakesdk.security.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.AwsBackend;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.AuditSearch;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the audit lies in objects, and that searches read no others than they must. */
class AuditObjectsTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final AtomicInteger reads = new AtomicInteger();
  private final Lake lake =
      Lake.inMemory(
          with ->
              with.faults(Faults.on(Call.GET_OBJECT).before(subject -> reads.incrementAndGet())));
  private final ObjectStore store = lake.store(AwsBackend.METADATA);
  private final List<Numbered> notes = new ArrayList<>();
  private final AuditObjects audit = new AuditObjects(store, () -> List.copyOf(notes));
  private int sequence;

  @AfterEach
  void close() {
    lake.close();
  }

  private Numbered entry(Instant at, String key) {
    return new Numbered(
        -7,
        sequence++,
        new AuditEntry(
            at,
            Principal.user("ada"),
            Action.READ,
            Subject.object(Zone.RAW, key),
            Optional.of(Zone.RAW),
            Set.of("b", "a"),
            false,
            "no \"grant\"\nat all"),
        Optional.of(DatasetId.parse("x.y")));
  }

  private AuditSearch search() {
    return new AuditSearch(audit::list);
  }

  @Test
  void theKeyTellsDayTimesAndWriter() {
    audit.insert(List.of(entry(NOON, "a"), entry(NOON.plusMillis(1), "b")));
    assertThat(store.all("security/"))
        .extracting(ListedObject::key)
        .containsExactly(
            "security/audit/2026-01-31/120000.001000000-120000.000000000-fffffffffffffff9-0-2"
                + ".jsonl");
  }

  @Test
  void anEntryComesBackAsItWas() throws IOException {
    Numbered odd = entry(NOON.plusNanos(1), "Zürich/\ud83d\ude00/half \ud83d\n.csv");
    audit.insert(List.of(odd));
    assertThat(search().list()).containsExactly(odd.entry());
    String key = store.all("security/").findFirst().orElseThrow().key();
    String line = new String(store.get(key, ReadOptions.current()).readAllBytes(), UTF_8);
    assertThat(line)
        .isEqualTo(
            "{\"at\":\"2026-01-31T12:00:00.000000001Z\",\"principal\":\"user ada\","
                + "\"action\":\"read\",\"kind\":\"OBJECT\","
                + "\"resource\":\"raw/Z\\u00FCrich/\\uD83D\\uDE00/half \\uD83D\\n.csv\","
                + "\"dataset\":\"x.y\",\"zone\":\"raw\",\"columns\":[\"a\",\"b\"],"
                + "\"allowed\":false,\"reason\":\"no \\\"grant\\\"\\nat all\","
                + "\"writer\":-7,\"sequence\":0}\n");
  }

  @Test
  void whatWasWrittenAgainIsFoundOnce() {
    Numbered first = entry(NOON, "a");
    Numbered second = entry(NOON, "b");
    audit.insert(List.of(first));
    audit.insert(List.of(first));
    audit.insert(List.of(first, second));
    notes.add(second);
    assertThat(store.all("security/")).hasSize(2);
    assertThat(search().list()).containsExactly(second.entry(), first.entry());
  }

  @Test
  void aDayIsAFolderAndEntriesOfTwoDaysAreTwoObjects() {
    Instant midnight = Instant.parse("2026-02-01T00:00:00Z");
    audit.insert(List.of(entry(midnight.minusNanos(1), "a"), entry(midnight, "b")));
    assertThat(store.all("security/audit/2026-01-31/")).hasSize(1);
    assertThat(store.all("security/audit/2026-02-01/")).hasSize(1);
    assertThat(search().until(midnight).list()).hasSize(1);
    assertThat(search().since(midnight).list()).hasSize(1);
  }

  @Test
  void objectsOfOtherTimesAreNotRead() {
    for (int hour = 0; hour < 24; hour++) {
      audit.insert(List.of(entry(NOON.plusSeconds(3_600L * hour), "k" + hour)));
    }
    reads.set(0);
    assertThat(search().since(NOON.plusSeconds(7_200)).until(NOON.plusSeconds(14_400)).list())
        .hasSize(2);
    assertThat(reads.get()).isEqualTo(2);
  }

  @Test
  void theNewestAreFoundWithoutReadingAll() {
    for (int i = 0; i < 300; i++) {
      audit.insert(List.of(entry(NOON.plusSeconds(i), "k" + i)));
    }
    audit.insert(List.of(entry(NOON.minusSeconds(86_400), "the day before")));
    reads.set(0);
    assertThat(search().limit(10).list())
        .extracting(found -> found.resource().name())
        .startsWith("raw/k299", "raw/k298")
        .endsWith("raw/k290");
    assertThat(reads.get()).isEqualTo(64);
    assertThat(search().named("K7").limit(1).list()).hasSize(1);
  }

  @Test
  void whatSomebodyElsePutThereIsLeftAlone() {
    audit.insert(List.of(entry(NOON, "a")));
    for (String key : List.of("notes/x", "2026-01-31/notes", "2026-01-31/99-99-a-1-1.jsonl")) {
      store.put("security/audit/" + key, new byte[] {1}, PutOptions.defaults());
    }
    assertThat(search().list()).hasSize(1);
  }

  @Test
  void aDamagedObjectIsNamedAndNothingOfItIsShown() {
    audit.insert(List.of(entry(NOON, "a")));
    String key = store.all("security/").findFirst().orElseThrow().key();
    store.put(key, "{\"at\":\"secret".getBytes(UTF_8), PutOptions.defaults());
    assertThatExceptionOfType(BadDataException.class)
        .isThrownBy(() -> search().list())
        .withMessage(
            "Cannot read object lake-metadata/"
                + key
                + ": it was damaged, or written by a newer SDK; restore an earlier version of it")
        .withNoCause();
  }
}
