package io.lakesdk.publish.embedded;

import static io.lakesdk.publish.embedded.Tables.NO_END;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.metadata.Tx;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.ReadOptions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets whoever lists a zone's objects, or opens the lake's folder, find a dataset's current files
 * and not those that were replaced. Replaced files are hidden behind a delete marker, in the
 * transaction that replaces them; readers of earlier versions name the object's version and find
 * them still.
 */
final class Visibility {

  private final EmbeddedBackend backend;

  Visibility(EmbeddedBackend backend) {
    this.backend = backend;
  }

  /** Hides the files that a version removed, unless another dataset has them. */
  void hideRemoved(Tx tx, Entry entry, long version) {
    List<ObjectRef> removed =
        tx.list(
            "SELECT f.zone, f.key, f.object_version FROM publish_span s"
                + " JOIN publish_file f ON f.id = s.file"
                + " WHERE s.dataset = ?1 AND s.to_version = ?2 AND NOT EXISTS"
                + " (SELECT 1 FROM publish_file g JOIN publish_span t ON t.file = g.id"
                + " WHERE g.key = f.key AND g.object_version = f.object_version"
                + " AND g.zone = f.zone AND t.to_version = ?3)",
            FileRows::object,
            entry.id(),
            version,
            NO_END);
    removed.stream().filter(this::isCurrent).forEach(this::hide);
  }

  private boolean isCurrent(ObjectRef object) {
    try {
      return store(object)
          .head(object.key(), ReadOptions.current())
          .version()
          .equals(object.version());
    } catch (NotFoundException hidden) {
      return false;
    }
  }

  private void hide(ObjectRef object) {
    store(object).delete(object.key());
  }

  /** Shows the files that a version brought back. */
  void showAdded(Tx tx, Entry entry, long version) {
    List<ObjectRef> added =
        tx.list(
            "SELECT f.zone, f.key, f.object_version FROM publish_span s"
                + " JOIN publish_file f ON f.id = s.file"
                + " WHERE s.dataset = ? AND s.to_version = ? AND s.from_version = ?",
            FileRows::object,
            entry.id(),
            NO_END,
            version);
    for (ObjectRef object : added) {
      List<ObjectVersion> newerMarkers =
          versions(object).stream()
              .takeWhile(newer -> !newer.version().equals(object.version()))
              .toList();
      if (newerMarkers.stream().allMatch(Visibility::isMarker)) {
        newerMarkers.forEach(marker -> remove(object, marker));
      }
    }
  }

  /** Removes an object for good, with the markers that hid it. */
  void remove(ObjectRef object) {
    store(object).deleteVersion(object.key(), object.version());
    List<ObjectVersion> left = versions(object);
    if (left.stream().allMatch(Visibility::isMarker)) {
      left.forEach(marker -> remove(object, marker));
    }
  }

  private void remove(ObjectRef object, ObjectVersion marker) {
    store(object).deleteVersion(object.key(), marker.version());
  }

  private static boolean isMarker(ObjectVersion version) {
    return version.kind() == ObjectVersion.Kind.DELETE_MARKER;
  }

  /** All versions of an object's key, the newest first. */
  private List<ObjectVersion> versions(ObjectRef object) {
    try (Stream<ObjectVersion> versions = store(object).versions(object.key())) {
      return versions.takeWhile(version -> version.key().equals(object.key())).toList();
    }
  }

  private ObjectStore store(ObjectRef object) {
    return backend.stores().apply(object.zone());
  }
}
