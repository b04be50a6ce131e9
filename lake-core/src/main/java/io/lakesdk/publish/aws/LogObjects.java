package io.lakesdk.publish.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The objects in which publishing keeps what it knows: entries of logs, checkpoints, transactions,
 * and notes. Keys:
 *
 * <pre>{@code
 * publish/logs/<dataset>/entries/<number>             put once, never changed, never removed
 * publish/logs/<dataset>/checkpoints/<most - number>  so that the newest is listed first
 * publish/logs/<dataset>/syncing/<id>                 partitions that somebody brings forward in Glue
 * publish/transactions/<id>                           "committed" or "aborted"
 * publish/made/<source>/<target>                      the target has rows of the source
 * publish/borrowed/<zone>/<folder>/<dataset>          the dataset has files in a foreign folder
 * }</pre>
 */
final class LogObjects {

  private static final String ROOT = "publish/";
  private static final String VERB = "keep versions of";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST = 999_999_999_999L;
  private static final int LONGEST_FOLDER = 600;

  private final ObjectStore store;
  private final AwsConnection.Calls calls;

  LogObjects(AwsBackend backend) {
    this.store = backend.store(AwsBackend.METADATA);
    this.calls = backend.connection().calls(AwsService.S3, error -> Optional.empty());
  }

  private static String log(DatasetId dataset) {
    return ROOT + "logs/" + dataset + "/";
  }

  private static String number(long number) {
    return "%012d".formatted(number);
  }

  Optional<Entry> entry(DatasetId dataset, long number) {
    return get(Subject.dataset(dataset), log(dataset) + "entries/" + number(number))
        .map(bytes -> parse(Subject.dataset(dataset), bytes, Entry.class));
  }

  /**
   * Adds an entry to a log.
   *
   * @param sending run when it is about to leave, after which nobody knows until this returns
   * @return whether it was added; otherwise the place is taken
   */
  boolean add(DatasetId dataset, long number, Entry entry, Runnable sending) {
    byte[] content = print(entry);
    return putIfAbsent(
        Subject.dataset(dataset), log(dataset) + "entries/" + number(number), content, sending);
  }

  /** The newest checkpoint. */
  Optional<State> checkpoint(DatasetId dataset) {
    String prefix = log(dataset) + "checkpoints/";
    Subject subject = Subject.dataset(dataset);
    for (; ; ) {
      List<ListedObject> newest =
          calls.read(
              Call.READ_METADATA,
              "read versions of",
              subject,
              () -> store.list(ListOptions.prefix(prefix).pageSize(1)).objects());
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      Optional<byte[]> content = get(subject, newest.get(0).key());
      if (content.isPresent()) {
        return Optional.of(parse(subject, unzip(content.get()), Checkpoint.class).state(dataset));
      }
    }
  }

  void addCheckpoint(DatasetId dataset, Checkpoint checkpoint) {
    byte[] content = zip(print(checkpoint));
    String key = log(dataset) + "checkpoints/" + number(MOST - checkpoint.entry());
    putIfAbsent(Subject.dataset(dataset), key, content, () -> {});
  }

  /** Removes checkpoints but the two newest. */
  void removeOldCheckpoints(DatasetId dataset) {
    List<ObjectVersion> all;
    try (Stream<ObjectVersion> versions = store.versions(log(dataset) + "checkpoints/")) {
      all = versions.toList();
    }
    all.stream().skip(2).forEach(old -> store.deleteVersion(old.key(), old.version()));
  }

  /** How a transaction ended; empty while it has not. */
  Optional<Boolean> committed(String transaction) {
    return get(Subject.of(Subject.Kind.METADATA, transaction), transaction(transaction))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).equals("committed"));
  }

  /**
   * Ends a transaction, unless it has ended.
   *
   * @return whether it is committed
   */
  boolean end(String transaction, boolean commit, Runnable sending) {
    byte[] outcome = (commit ? "committed" : "aborted").getBytes(StandardCharsets.UTF_8);
    Subject subject = Subject.of(Subject.Kind.METADATA, transaction);
    return putIfAbsent(subject, transaction(transaction), outcome, sending)
        ? commit
        : committed(transaction).orElse(false);
  }

  private static String transaction(String id) {
    return ROOT + "transactions/" + id;
  }

  /** Notes that rows of a dataset were made from another's. */
  void noteMade(String source, DatasetId target) {
    note(Subject.dataset(target), ROOT + "made/" + source + "/" + target);
  }

  /** The datasets that may have been made from one. */
  List<DatasetId> madeFrom(DatasetId source) {
    return names(ROOT + "made/" + source + "/").map(DatasetId::parse).toList();
  }

  /** Notes that a dataset has files in a folder outside of its location. */
  void noteBorrowed(Zone zone, String folder, DatasetId dataset) {
    String kept = folder.substring(0, Math.min(folder.length(), LONGEST_FOLDER));
    note(Subject.dataset(dataset), ROOT + "borrowed/" + zone + "/" + kept + "/" + dataset);
  }

  /** The datasets that may have files of a folder, or one below it, that is not theirs. */
  Set<DatasetId> borrowers(Zone zone, String folder) {
    return names(ROOT + "borrowed/" + zone + "/" + folder)
        .map(DatasetId::parse)
        .collect(Collectors.toSet());
  }

  /** Notes that somebody brings partitions forward in Glue; one path a line. */
  void noteSyncing(DatasetId dataset, String id, String paths) {
    write(
        Subject.dataset(dataset),
        log(dataset) + "syncing/" + id,
        paths.getBytes(StandardCharsets.UTF_8));
  }

  /** Who brings partitions forward in Glue, or was interrupted in that. */
  List<String> syncing(DatasetId dataset) {
    return names(log(dataset) + "syncing/").toList();
  }

  Optional<String> syncing(DatasetId dataset, String id) {
    return get(Subject.dataset(dataset), log(dataset) + "syncing/" + id)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  void forgetSyncing(DatasetId dataset, String id) {
    String key = log(dataset) + "syncing/" + id;
    calls.repeat(
        Call.WRITE_METADATA,
        VERB,
        Subject.dataset(dataset),
        () -> {
          try {
            store.deleteVersion(key, store.head(key, ReadOptions.current()).version());
          } catch (NotFoundException forgotten) {
            // nothing is left to be done
          }
          return id;
        });
  }

  private Stream<String> names(String prefix) {
    return calls
        .read(
            Call.READ_METADATA,
            "read",
            Subject.object(AwsBackend.METADATA, prefix),
            () -> store.all(prefix).map(ListedObject::key).toList())
        .stream()
        .map(key -> key.substring(key.lastIndexOf('/') + 1));
  }

  private void note(Subject subject, String key) {
    if (!store.exists(key)) {
      write(subject, key, new byte[] {'\n'});
    }
  }

  private void write(Subject subject, String key, byte[] content) {
    calls.repeat(
        Call.WRITE_METADATA, VERB, subject, () -> store.put(key, content, PutOptions.defaults()));
  }

  private boolean putIfAbsent(Subject subject, String key, byte[] content, Runnable sending) {
    return calls.once(
        Call.WRITE_METADATA,
        VERB,
        subject,
        () -> {
          try {
            sending.run();
            store.put(key, content, PutOptions.defaults().ifAbsent());
            return true;
          } catch (AlreadyExistsException taken) {
            return false;
          }
        });
  }

  private Optional<byte[]> get(Subject subject, String key) {
    return calls.read(
        Call.READ_METADATA,
        "read versions of",
        subject,
        () -> {
          try (ObjectContent content = store.get(key, ReadOptions.current())) {
            return Optional.of(content.readAllBytes());
          } catch (NotFoundException absent) {
            return Optional.empty();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static byte[] print(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T parse(Subject subject, byte[] content, Class<T> type) {
    try {
      return JSON.readValue(content, type);
    } catch (IOException e) {
      throw new BadDataException(
          "read versions of",
          subject,
          "an object of its log is not as this SDK writes it; it was damaged, or written by a"
              + " newer SDK",
          e);
    }
  }

  private static byte[] zip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] unzip(byte[] content) {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return zip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
