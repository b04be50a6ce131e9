package io.lakesdk.publish.aws;

import com.google.common.hash.Hashing;
import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.concurrent.Parallel;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Finds, or makes, a folder that holds exactly the files of a partition, for those who read
 * folders: the folder of the draft that wrote them all, or the one that they read now with copies
 * of what came since, or one that has them and no others, or else a view, a folder of copies.
 */
final class Views {

  /** Above this many bytes, a folder gets several new files one after the other. */
  private static final long MOST_COPIED_AGAIN = 1L << 30;

  /** The mark of copies. */
  static final String COPY = "view";

  private static final int ID_CHARACTERS = 8;
  private static final int LONGEST_NAME = 200;

  private final ObjectStore store;
  private final AwsBackend backend;
  private final Dataset dataset;
  private final Places places;
  private final Instant now;

  Views(AwsBackend backend, Dataset dataset, Places places, Instant now) {
    this.backend = backend;
    this.store = backend.store(dataset.zone());
    this.dataset = dataset;
    this.places = places;
    this.now = now;
  }

  /**
   * The files that a partition has now.
   *
   * @param path the partition
   * @param files not empty
   * @param drafts the folders of drafts that some of them lie in
   * @param exact the one that holds them all and nothing else, where that is known
   */
  record Wanted(String path, List<DataFile> files, List<String> drafts, Optional<String> exact) {}

  /**
   * The folder with exactly these files.
   *
   * @param current what Glue points at
   */
  String folder(Wanted wanted, Optional<String> current) {
    if (wanted.exact().isPresent()) {
      return wanted.exact().get();
    }
    Map<String, DataFile> names = new HashMap<>();
    wanted.files().forEach(file -> names.put(name(wanted, file), file));
    Optional<String> own =
        current.filter(
            folder -> places.isView(wanted.path(), folder) || wanted.drafts().contains(folder));
    if (own.isPresent() && isExtended(own.get(), names)) {
      return own.get();
    }
    return commonFolder(wanted)
        .filter(folder -> holdsExactly(folder, wanted.files()))
        .orElseGet(() -> make(wanted.path(), names));
  }

  /** Whether a folder holds these files, some of which it may have been given just now. */
  private boolean isExtended(String folder, Map<String, DataFile> names) {
    List<String> there = visible(folder).map(key -> key.substring(folder.length())).toList();
    if (!names.keySet().containsAll(there)) {
      return false;
    }
    Map<String, DataFile> missing = new HashMap<>(names);
    missing.keySet().removeAll(there);
    long bytes = names.values().stream().mapToLong(DataFile::bytes).sum();
    if (missing.size() > 1 && bytes <= MOST_COPIED_AGAIN) {
      return false;
    }
    copy(folder, missing);
    return true;
  }

  private String make(String path, Map<String, DataFile> names) {
    String id = UUID.randomUUID().toString().substring(0, ID_CHARACTERS);
    String view = places.view(path, id);
    copy(view, names);
    return view;
  }

  /** The deepest folder of all files, unless drafts write in it. */
  private static Optional<String> commonFolder(Wanted wanted) {
    String common = parent(wanted.files().get(0).object().key());
    for (DataFile file : wanted.files()) {
      while (!file.object().key().startsWith(common)) {
        common = parent(common.substring(0, common.length() - 1));
      }
    }
    String folder = common;
    boolean aboveDrafts = wanted.drafts().stream().anyMatch(draft -> !folder.startsWith(draft));
    return folder.isEmpty() || aboveDrafts ? Optional.empty() : Optional.of(folder);
  }

  private static String parent(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  private boolean holdsExactly(String folder, List<DataFile> files) {
    if (!files.stream().allMatch(file -> file.object().zone().equals(dataset.zone()))) {
      return false;
    }
    List<String> wanted = files.stream().map(file -> file.object().key()).sorted().toList();
    return visible(folder).sorted().toList().equals(wanted);
  }

  /** The keys in a folder, and those below it, that readers of folders see. */
  private Stream<String> visible(String folder) {
    List<String> keys = new ArrayList<>();
    try (Stream<ListedObject> all = store.all(folder)) {
      all.forEach(object -> keys.add(object.key()));
    }
    return keys.stream().filter(key -> isVisible(key.substring(folder.length())));
  }

  static boolean isVisible(String name) {
    return !name.isEmpty()
        && !name.endsWith("/")
        && Stream.of(name.split("/")).noneMatch(s -> s.startsWith("_") || s.startsWith("."));
  }

  /** What a file is called in a view: the same in all views, and of no two files alike. */
  private static String name(Wanted wanted, DataFile file) {
    String key = file.object().key();
    String folder = parent(key);
    String name = key.substring(folder.length());
    if (wanted.drafts().contains(folder) && name.length() <= LONGEST_NAME) {
      return name;
    }
    String reference = file.object().zone() + "/" + key + "@" + file.object().version();
    String hash =
        Hashing.sha256().hashString(reference, StandardCharsets.UTF_8).toString().substring(0, 16);
    int from = Math.max(0, name.length() - LONGEST_NAME);
    return hash + "-" + name.substring(from);
  }

  private void copy(String view, Map<String, DataFile> names) {
    Parallel.eachCall(
        List.copyOf(names.entrySet()), one -> copy(one.getValue(), view + one.getKey()));
  }

  private void copy(DataFile file, String key) {
    PutOptions options =
        PutOptions.defaults()
            .metadata(Map.of(Draft.OBJECT_MARK, COPY, GlueDraft.WRITTEN_AT, now.toString()));
    ReadOptions version = ReadOptions.current().version(file.object().version());
    if (file.object().zone().equals(dataset.zone())) {
      store.copy(file.object().key(), version, key, options);
      return;
    }
    try (ObjectContent content =
            backend.store(file.object().zone()).get(file.object().key(), version);
        ObjectUpload upload = store.upload(key, options)) {
      content.transferTo(upload);
      upload.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
