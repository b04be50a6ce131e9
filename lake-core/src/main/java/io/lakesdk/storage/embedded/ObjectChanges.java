package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.concurrent.Parallel;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
import io.lakesdk.storage.LocalFiles.Staging;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.PutOptions.Condition;
import io.lakesdk.storage.check.Checksums;
import io.lakesdk.storage.check.Fingerprint;
import io.lakesdk.storage.check.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Changes of the index; each is one transaction, and that is the moment when readers see it. */
final class ObjectChanges {

  private static final String DEFAULT_TYPE = "application/octet-stream";

  private final MetadataStore metadata;
  private final Blobs blobs;
  private final Names names;
  private final Clock clock;

  ObjectChanges(MetadataStore metadata, Blobs blobs, Names names, Clock clock) {
    this.metadata = metadata;
    this.blobs = blobs;
    this.names = names;
    this.clock = clock;
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** A sealed blob that is to be the current object, if the condition of the options holds. */
  record Addition(String key, PutOptions options, Fingerprint print, Blobs.NewBlob blob) {}

  /** Makes a sealed blob the current object, if the condition of the options holds. */
  ObjectInfo add(Zone zone, String key, PutOptions options, Fingerprint print, Blobs.NewBlob blob) {
    return add(zone, List.of(new Addition(key, options, print, blob))).get(0);
  }

  /** Adds all in one transaction, or discards all. */
  private List<ObjectInfo> add(Zone zone, List<Addition> all) {
    boolean[] entrusted = {false};
    try {
      return metadata.write(
          tx -> {
            for (Addition one : all) {
              tx.afterCommit(one.blob::keep);
              tx.afterRollback(one.blob::discard);
            }
            entrusted[0] = true;
            blobs.requireOpen();
            return all.stream().map(one -> add(tx, zone, one)).toList();
          });
    } finally {
      if (!entrusted[0]) {
        all.forEach(one -> one.blob.discard());
      }
    }
  }

  private ObjectInfo add(Tx tx, Zone zone, Addition one) {
    byte[] bytes = Keys.require("write", zone, one.key);
    requireCondition(tx, zone, one.key, bytes, one.options.condition());
    ObjectInfo info =
        info(
            one.key,
            one.print,
            one.options.contentType().orElse(DEFAULT_TYPE),
            one.options.metadata());
    ObjectIndex.add(tx, zone, bytes, info, Optional.of(one.blob.id()));
    names.changed(tx, zone, bytes);
    return info;
  }

  /** A staged file, which is read once and then becomes a blob. */
  interface Staged {
    Staging.Adoption adoption();

    InputStream open() throws IOException;

    Blobs.NewBlob seal() throws IOException;
  }

  /** What an adoption is about. */
  static Subject subject(Zone zone, List<Staging.Adoption> files) {
    return files.size() == 1 ? Subject.object(zone, files.get(0).key()) : Subject.zone(zone);
  }

  /**
   * Makes staged files the current objects; {@link #add} for what is on the disk already. They are
   * read and sealed side by side, outside of any transaction.
   */
  List<ObjectInfo> adopt(Zone zone, List<Staged> files) {
    files.forEach(file -> Keys.require("write", zone, file.adoption().key()));
    Queue<Blobs.NewBlob> sealed = new ConcurrentLinkedQueue<>();
    List<Addition> all;
    boolean done = false;
    try {
      all = Parallel.computations(files, file -> seal(zone, file, sealed));
      done = true;
    } finally {
      if (!done) {
        sealed.forEach(Blobs.NewBlob::discard);
      }
    }
    return add(zone, all);
  }

  private Addition seal(Zone zone, Staged file, Queue<Blobs.NewBlob> sealed) {
    Staging.Adoption adoption = file.adoption();
    Subject subject = Subject.object(zone, adoption.key());
    try {
      Fingerprint print;
      try (InputStream in = file.open()) {
        print = Fingerprint.read(in);
      }
      print.requireAsGiven(subject, adoption.options());
      Blobs.NewBlob blob = file.seal();
      sealed.add(blob);
      return new Addition(adoption.key(), adoption.options(), print, blob);
    } catch (IOException e) {
      throw Disk.translate("write", subject, blobs.place(), e);
    }
  }

  static InvalidDefinitionException notStaged(Zone zone, String key, Path file) {
    return new InvalidDefinitionException(
        "write",
        Subject.object(zone, key),
        file + " is no file of this staging; write to a path that it gave and adopt it once");
  }

  /** Makes another object, or an earlier version, the current object; no bytes are copied. */
  ObjectInfo copy(Zone zone, ObjectIndex.Entry source, String key, PutOptions options) {
    byte[] bytes = Keys.require("write", zone, key);
    return metadata.write(
        tx -> {
          requireCondition(tx, zone, key, bytes, options.condition());
          String blob = source.blob().orElseThrow();
          if (!ObjectIndex.refersTo(tx, blob)) {
            throw new NotFoundException(
                "copy", Subject.object(zone, source.info().key()), "it was deleted meanwhile");
          }
          ObjectInfo from = source.info();
          ObjectInfo info =
              info(
                  key,
                  source.fingerprint(),
                  options.contentType().orElse(from.contentType()),
                  options.metadata().isEmpty() ? from.metadata() : options.metadata());
          ObjectIndex.add(tx, zone, bytes, info, Optional.of(blob));
          names.changed(tx, zone, bytes);
          return info;
        });
  }

  private static void requireCondition(
      Tx tx, Zone zone, String key, byte[] bytes, Condition condition) {
    if (condition instanceof Condition.None) {
      return;
    }
    Optional<ObjectIndex.Entry> current =
        ObjectIndex.latest(tx, zone, bytes).filter(entry -> !entry.isMarker());
    Subject subject = Subject.object(zone, key);
    if (condition instanceof Condition.Absent && current.isPresent()) {
      throw new AlreadyExistsException(
          "write", subject, "it exists and was to be written only if absent");
    }
    if (condition instanceof Condition.Match match) {
      if (current.isEmpty()) {
        throw new NotFoundException(
            "write", subject, "it does not exist and was to be written only over a given ETag");
      }
      if (!current.get().info().etag().equals(match.etag())) {
        throw new ConflictException(
            "write", subject, "its ETag is another, so somebody else wrote it meanwhile");
      }
    }
  }

  private ObjectInfo info(
      String key, Fingerprint print, String contentType, Map<String, String> userMetadata) {
    return new ObjectInfo(
        key,
        newId(),
        print.checksums().size(),
        print.etag(),
        OptionalInt.of(print.checksums().crc32c()),
        print.checksums().sha256(),
        contentType,
        userMetadata,
        clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** Hides keys behind delete markers, all at once. */
  void hide(Zone zone, Collection<String> keys) {
    List<byte[]> bytes = keys.stream().map(key -> Keys.require("delete", zone, key)).toList();
    metadata.write(
        tx -> {
          for (byte[] key : bytes) {
            ObjectInfo marker =
                info(
                    Keys.decode(key),
                    new Fingerprint(new Checksums(0, 0, Optional.of("")), ""),
                    DEFAULT_TYPE,
                    Map.of());
            ObjectIndex.add(tx, zone, key, marker, Optional.empty());
            names.changed(tx, zone, key);
          }
          return bytes.size();
        });
  }

  /** Removes a version for good; the newest that is left becomes the latest. */
  void remove(Zone zone, String key, String version) {
    byte[] bytes = Keys.require("delete", zone, key);
    metadata.write(
        tx -> {
          Optional<ObjectIndex.Entry> found = ObjectIndex.version(tx, zone, bytes, version);
          if (found.isPresent()) {
            ObjectIndex.remove(tx, zone, bytes, found.get());
            List<String> unused =
                found.get().blob().filter(blob -> !ObjectIndex.refersTo(tx, blob)).stream()
                    .toList();
            blobs.release(tx, unused);
            if (found.get().latest()) {
              names.changed(tx, zone, bytes);
            }
          }
          return found.isPresent();
        });
  }

  /** Keeps the names under which a person finds the current objects. */
  @FunctionalInterface
  interface Names {

    /** There are no such names. */
    Names NONE = (tx, zone, key) -> {};

    /** This transaction changes what a reader of the key sees. */
    void changed(Tx tx, Zone zone, byte[] key);
  }
}
