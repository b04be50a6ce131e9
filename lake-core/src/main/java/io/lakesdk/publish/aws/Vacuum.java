package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.concurrent.Parallel;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Publishing.VacuumReport;
import io.lakesdk.publish.draft.Origin;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.ReadOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Removes what one dataset no longer needs. What goes is first noted in the log, then removed, then
 * forgotten by the log; whoever is interrupted in between leaves it to the next vacuum.
 */
final class Vacuum {

  /** How long a load may take before its files count as left behind. */
  private static final Duration LONGEST_LOAD = Duration.ofDays(1);

  private static final int MOST_AT_ONCE = 1000;

  private final AwsBackend backend;
  private final Transactions transactions;
  private final Dataset dataset;
  private final Log log;
  private final Instant now;

  Vacuum(AwsBackend backend, Transactions transactions, Dataset dataset, Instant now) {
    this.backend = backend;
    this.transactions = transactions;
    this.dataset = dataset;
    this.log = transactions.log(dataset.id());
    this.now = now;
  }

  /** Makes versions unreadable that were last current longer than {@code retention} ago. */
  long retire(Duration retention) {
    Instant oldest = now.minus(retention);
    return transactions.inOne(
        List.of(dataset.id()),
        transaction -> {
          List<Long> retired = transaction.look(log, state -> retired(state, oldest));
          if (!retired.isEmpty()) {
            transaction.add(log, Entry.of(Entry.Kind.VACUUM).giving(retired, List.of()));
          }
          return (long) retired.size();
        });
  }

  private static List<Long> retired(State state, Instant oldest) {
    List<Long> retired = new ArrayList<>();
    for (long number = 1; number < state.version(); number++) {
      Instant replaced = state.made(number + 1).version().at();
      if (state.made(number).readable() && !replaced.isAfter(oldest)) {
        retired.add(number);
      }
    }
    return retired;
  }

  /**
   * Gives up the files that drafts wrote and nobody published in the time of {@code retention}.
   *
   * @param shown folders that Glue points at, in which views have files that no version has
   */
  void collectUnpublished(Duration retention, Set<String> shown) {
    Instant oldest = now.minus(retention.compareTo(LONGEST_LOAD) > 0 ? retention : LONGEST_LOAD);
    collect(shown, oldest, oldest);
  }

  /** Gives up what is left of a dataset that was removed: also the copies for readers of Glue. */
  void collectRemoved() {
    collect(Set.of(), now.minus(LONGEST_LOAD), now.plusMillis(1));
  }

  private void collect(Set<String> shown, Instant oldest, Instant oldestCopy) {
    Set<ObjectRef> known =
        log.look(
            state -> {
              Set<ObjectRef> all = state.objects();
              all.addAll(state.garbage.keySet());
              return all;
            });
    ObjectStore store = backend.store(dataset.zone());
    List<Entry.Item> unpublished = new ArrayList<>();
    try (Stream<ObjectVersion> versions = store.versions(dataset.location())) {
      versions
          .filter(version -> version.kind() == ObjectVersion.Kind.CONTENT)
          .filter(version -> !known.contains(reference(version)))
          .filter(version -> !shown.contains(folder(version.key())))
          .filter(version -> isLeft(store, version, oldest, oldestCopy))
          .forEach(
              version -> {
                unpublished.add(Entry.Item.of(reference(version), version.size()));
                if (unpublished.size() == MOST_AT_ONCE) {
                  note(unpublished);
                }
              });
    }
    note(unpublished);
  }

  private static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  private ObjectRef reference(ObjectVersion version) {
    return new ObjectRef(dataset.zone(), version.key(), version.version());
  }

  private static boolean isLeft(
      ObjectStore store, ObjectVersion version, Instant oldest, Instant oldestCopy) {
    try {
      ObjectInfo info = store.head(version.key(), ReadOptions.current().version(version.version()));
      Map<String, String> marks = info.metadata();
      return marks.containsKey(Draft.OBJECT_MARK)
          && Optional.ofNullable(marks.get(GlueDraft.WRITTEN_AT))
              .map(Instant::parse)
              .orElse(info.modified())
              .isBefore(Views.COPY.equals(marks.get(Draft.OBJECT_MARK)) ? oldestCopy : oldest);
    } catch (NotFoundException goneMeanwhile) {
      return false;
    }
  }

  private void note(List<Entry.Item> unpublished) {
    if (unpublished.isEmpty()) {
      return;
    }
    List<Entry.Item> items = List.copyOf(unpublished);
    unpublished.clear();
    transactions.inOne(
        List.of(dataset.id()),
        transaction -> {
          transaction.look(log, state -> state.entry);
          transaction.add(log, Entry.of(Entry.Kind.VACUUM).giving(List.of(), items));
          return items;
        });
  }

  /** Removes what was given up and a load wrote; what others wrote stays as it is. */
  VacuumReport remove(long versions) {
    Map<ObjectRef, Long> noted = log.refresh().look(state -> Map.copyOf(state.garbage));
    List<Entry.Item> items =
        noted.entrySet().stream()
            .map(item -> Entry.Item.of(item.getKey(), item.getValue()))
            .toList();
    Set<ObjectRef> spared = ConcurrentHashMap.newKeySet();
    spared.addAll(borrowed(noted.keySet()));
    Parallel.eachCall(
        items.stream().map(Entry.Item::object).filter(one -> !spared.contains(one)).toList(),
        object -> {
          ObjectStore store = backend.store(object.zone());
          if (Origin.of(store, object) == Origin.OTHERS) {
            spared.add(object);
          } else {
            store.deleteVersion(object.key(), object.version());
          }
        });
    if (items.isEmpty()) {
      return new VacuumReport(0, 0, versions);
    }
    List<Entry.Item> forgotten = forget(items);
    return new VacuumReport(
        forgotten.stream().filter(item -> !spared.contains(item.object())).count(),
        forgotten.stream()
            .filter(item -> !spared.contains(item.object()))
            .mapToLong(Entry.Item::bytes)
            .sum(),
        versions);
  }

  /** Several may do so at once; each item is one of those that one of them forgot. */
  private List<Entry.Item> forget(List<Entry.Item> items) {
    return transactions.inOne(
        List.of(dataset.id()),
        transaction -> {
          List<Entry.Item> left =
              transaction.look(
                  log,
                  state ->
                      items.stream()
                          .filter(item -> state.garbage.containsKey(item.object()))
                          .toList());
          if (!left.isEmpty()) {
            transaction.add(log, Entry.of(Entry.Kind.CLEARED).giving(List.of(), left));
          }
          return left;
        });
  }

  /** Those that another dataset has a file of. */
  private Set<ObjectRef> borrowed(Set<ObjectRef> objects) {
    Set<ObjectRef> borrowed = new HashSet<>();
    Set<Zone> zones = new HashSet<>();
    objects.forEach(object -> zones.add(object.zone()));
    for (Zone zone : zones) {
      for (DatasetId other : transactions.objects().borrowers(zone, dataset.location())) {
        if (!other.equals(dataset.id())) {
          borrowed.addAll(transactions.log(other).refresh().look(State::objects));
        }
      }
    }
    borrowed.retainAll(objects);
    return borrowed;
  }
}
