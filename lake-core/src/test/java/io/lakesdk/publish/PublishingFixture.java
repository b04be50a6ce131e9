package io.lakesdk.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.fault.Faults;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lake in virtual time, and short words to publish texts as files and to read them back. */
public abstract class PublishingFixture {

  protected static final Dataset ORDERS =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .build();

  protected static final Dataset FLIGHTS =
      Dataset.named("aviation.flights")
          .in(Zone.CURATED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .partitionedBy("month", DataType.INT)
          .partitionedBy("origin", DataType.STRING)
          .build();

  protected final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");
  protected final List<LakeEvent> events = new CopyOnWriteArrayList<>();
  protected Lake lake;
  protected Publishing publishing;

  /** Opens a lake that shares nothing with the others that this opened. */
  protected abstract Lake open(Consumer<LakeOptions> with);

  @BeforeEach
  void openLake() {
    openWith(Faults.none());
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  /** Opens another lake in place of the one before, in which these faults happen. */
  protected final void openWith(Faults faults) {
    if (lake != null) {
      lake.close();
    }
    lake = open(with -> with.clock(clock).faults(faults).listener(this::heard));
    publishing = Publishing.of(lake);
  }

  private void heard(LakeEvent event) {
    if (!(event instanceof AccessDecidedEvent)) {
      events.add(event);
    }
  }

  protected static Partition flights(int month, String origin) {
    return new Partition(
        ImmutableMap.of(
            "month", Optional.of(String.valueOf(month)), "origin", Optional.of(origin)));
  }

  /** Adds a text as a file of as many rows as it has lines. */
  protected static DataFile add(Draft draft, Partition partition, String text) {
    try {
      Path file = draft.newFile();
      Files.writeString(file, text);
      return draft.add(file, partition, text.lines().count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a text under a name, as a file whose rows nobody counted. */
  protected static DataFile upload(Draft draft, Partition partition, String name, String text) {
    try (ObjectUpload upload = draft.upload(name, partition)) {
      upload.write(text.getBytes(UTF_8));
      ObjectInfo object = upload.complete();
      return draft.include(object, partition, OptionalLong.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected final Draft draft(Write write, String load, String... texts) {
    Draft draft = publishing.begin(ORDERS, write, LoadId.of(load));
    for (String text : texts) {
      add(draft, Partition.none(), text);
    }
    return draft;
  }

  /** Publishes texts to the orders, each as a file. */
  protected final Publication publish(Write write, String load, String... texts) {
    try (Draft draft = draft(write, load, texts)) {
      return publishing.publish(draft);
    }
  }

  protected final Draft flightsDraft(Write write, String load, int month, String text) {
    Draft draft = publishing.begin(FLIGHTS, write, LoadId.of(load));
    add(draft, flights(month, "SEA"), text);
    return draft;
  }

  /** Publishes a text to the flights of a month from Seattle. */
  protected final Publication publishFlights(Write write, String load, int month, String text) {
    try (Draft draft = flightsDraft(write, load, month, text)) {
      return publishing.publish(draft);
    }
  }

  /** The texts of a version, sorted. */
  protected final List<String> texts(Snapshot snapshot) {
    return snapshot.files(PartitionFilter.any()).stream().map(this::text).sorted().toList();
  }

  protected final List<String> texts(Dataset dataset) {
    return texts(publishing.snapshot(dataset));
  }

  protected final String text(DataFile file) {
    return text(lake, file);
  }

  protected static String text(Lake lake, DataFile file) {
    ReadOptions version = ReadOptions.current().version(file.object().version());
    try (ObjectContent content =
        lake.store(file.object().zone()).get(file.object().key(), version)) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many objects there are in the zone of the orders, hidden ones included. */
  protected final long objects() {
    return versions(ObjectVersion.Kind.CONTENT);
  }

  /** How many versions of this kind there are in the zone of the orders. */
  protected final long versions(ObjectVersion.Kind kind) {
    try (var versions = lake.store(Zone.CURATED).versions("")) {
      return versions.filter(version -> version.kind() == kind).count();
    }
  }

  /** What a draft's own folder looks like, as a pattern; empty where it has none. */
  protected String folderOfADraft() {
    return "";
  }

  /**
   * The texts that somebody finds, sorted, who does not use this SDK: in an embedded lake whoever
   * lists the zone.
   */
  protected List<String> foundByOthers(Dataset dataset) {
    return listed().stream()
        .filter(key -> key.startsWith(dataset.location()))
        .map(key -> text(dataset.zone(), key))
        .sorted()
        .toList();
  }

  /** The text of a current object. */
  protected final String text(Zone zone, String key) {
    try (ObjectContent content = lake.store(zone).get(key, ReadOptions.current())) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys that somebody finds who lists the zone of the orders. */
  protected final List<String> listed() {
    try (var objects = lake.store(Zone.CURATED).all("")) {
      return objects.map(ListedObject::key).toList();
    }
  }
}
