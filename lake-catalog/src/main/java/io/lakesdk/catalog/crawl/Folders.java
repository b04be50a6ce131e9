package io.lakesdk.catalog.crawl;

import io.lakesdk.catalog.Crawler;
import io.lakesdk.catalog.Finding;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes tables of the keys below a prefix. */
final class Folders {

  private final Crawler crawler;
  private final ObjectStore store;
  private final List<KnownDataset> known;
  private final List<Finding> findings;
  private final TreeMap<String, Folder> folders = new TreeMap<>();
  private final Set<String> broken = new HashSet<>();
  private long loaded;

  Folders(Crawler crawler, ObjectStore store, List<KnownDataset> known, List<Finding> findings) {
    this.crawler = crawler;
    this.store = store;
    this.known = known;
    this.findings = findings;
  }

  /** The tables by location, without those that have a problem, which is then a finding. */
  List<Folder> find() {
    Map<String, DataFile> published = new HashMap<>();
    for (KnownDataset dataset : known) {
      dataset.files().forEach(file -> published.put(file.object().key(), file));
    }
    try (Stream<ListedObject> objects = store.all(crawler.prefix())) {
      objects.forEach(listed -> place(listed, Optional.ofNullable(published.get(listed.key()))));
    }
    known.forEach(this::addPublished);
    if (loaded > 0) {
      findings.add(
          Finding.note(
              Subject.zone(crawler.zone()),
              loaded
                  + " objects are of loads that were replaced, taken back or are not published yet,"
                  + " and were left out"));
    }
    return folders.values().stream().filter(this::isWhole).toList();
  }

  private void place(ListedObject listed, Optional<DataFile> published) {
    Subject subject = Subject.object(crawler.zone(), listed.key());
    if (listed.key().endsWith("/")) {
      return;
    }
    if (isHidden(listed.key())) {
      if (published.isEmpty()) {
        findings.add(Finding.note(subject, "left out, since its name starts with _ or ."));
      }
      return;
    }
    Optional<ObjectInfo> current = current(listed.key());
    if (current.isEmpty()) {
      loaded++;
      return;
    }
    ObjectInfo info = current.get();
    ObjectRef object = new ObjectRef(crawler.zone(), info.key(), info.version());
    if (published.filter(file -> file.object().equals(object)).isPresent()) {
      return;
    }
    if (info.metadata().containsKey(Draft.OBJECT_MARK)) {
      // a load wrote it: it is in a dataset through that load, or not at all
      loaded++;
    } else if (info.size() == 0) {
      findings.add(Finding.note(subject, "left out, since it is empty"));
    } else {
      add(subject, object, info.size());
    }
  }

  /** The object as it is now; empty where it is gone since it was listed. */
  private Optional<ObjectInfo> current(String key) {
    try {
      return Optional.of(store.head(key, ReadOptions.current()));
    } catch (NotFoundException goneSinceListed) {
      return Optional.empty();
    }
  }

  private static boolean isHidden(String key) {
    for (String name : key.split("/", -1)) {
      if (name.startsWith("_") || name.startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private void add(Subject subject, ObjectRef object, long bytes) {
    Optional<KnownDataset> dataset =
        known.stream().filter(of -> of.holds(object.key())).findFirst();
    try {
      Place place =
          dataset.isPresent()
              ? Place.in(dataset.get().dataset().location(), object.key(), subject)
              : Place.of(object.key(), subject);
      if (place.location().isEmpty()) {
        throw new Unreadable(
            subject, "it lies at the top of the zone; a table is a folder, so move it into one");
      }
      folder(place.location(), dataset)
          .files()
          .add(new SourceFile(store, object, place.partition(), bytes));
    } catch (Unreadable e) {
      findings.add(e.finding());
      dataset.ifPresent(of -> broken.add(of.dataset().location()));
    }
  }

  private Folder folder(String location, Optional<KnownDataset> dataset) {
    return folders.computeIfAbsent(
        location, key -> new Folder(crawler.zone(), key, dataset, new ArrayList<>()));
  }

  /** Adds the files of the current version, but not those whose key has a new object now. */
  private void addPublished(KnownDataset dataset) {
    List<DataFile> below =
        dataset.files().stream()
            .filter(file -> file.object().key().startsWith(crawler.prefix()) && file.bytes() > 0)
            .toList();
    if (below.isEmpty()) {
      return;
    }
    Folder folder = folder(dataset.dataset().location(), Optional.of(dataset));
    Set<String> renewed = new HashSet<>();
    folder.files().forEach(file -> renewed.add(file.key()));
    for (DataFile file : below) {
      if (!renewed.contains(file.object().key())) {
        folder.files().add(new SourceFile(store, file.object(), file.partition(), file.bytes()));
      }
    }
  }

  private boolean isWhole(Folder folder) {
    Optional<String> inside =
        Stream.concat(folders.keySet().stream(), known.stream().map(of -> of.dataset().location()))
            .filter(folder::isAbove)
            .findFirst();
    inside.ifPresent(
        location ->
            findings.add(
                Finding.problem(
                    folder.subject(),
                    "files lie beside the folder "
                        + location
                        + ", which is a table of its own; move them into a folder")));
    return inside.isEmpty() && !broken.contains(folder.location());
  }
}
