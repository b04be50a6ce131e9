package io.lakesdk.publish.aws;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lakesdk.Zone;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Version;
import io.lakesdk.storage.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dataset's log, as its object holds it. An entry says what was asked; what it comes
 * to follows from the entries before it.
 *
 * @param kind what it does
 * @param transaction the transaction that decides whether it counts; absent for one that does
 * @param at when, as ISO-8601
 * @param by who
 * @param load of a load, its name
 * @param attempt of a load, which draft of it
 * @param layout of a load, the dataset's partition keys
 * @param sources of a load, what it was made from
 * @param files of a load, what it adds
 * @param replaced of a load that overwrites partitions, those that it replaces
 * @param spares of a load, whether its folders may hold files that are not part of it
 * @param restored of a rollback, to which version
 * @param retired of a vacuum, the versions that can no longer be read
 * @param objects of a vacuum, what nobody published; of a clearing, what was removed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Entry(
    Kind kind,
    @Nullable String transaction,
    @Nullable String at,
    @Nullable String by,
    @Nullable String load,
    @Nullable String attempt,
    @Nullable String layout,
    List<Source> sources,
    List<File> files,
    List<String> replaced,
    @Nullable Boolean spares,
    @Nullable Long restored,
    List<Long> retired,
    List<Item> objects) {

  /** What an entry does. */
  enum Kind {
    APPEND,
    OVERWRITE,
    OVERWRITE_PARTITIONS,
    ROLLBACK,
    /** Gives up versions, and the objects that only they had. */
    VACUUM,
    /** Forgets objects that were given up and are gone. */
    CLEARED,
    /** Ends the dataset. */
    REMOVE,
    /** Keeps its place, so that nothing changes before a transaction has ended. */
    NOTHING
  }

  // what an object does not have is read as null
  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  Entry {
    sources = sources == null ? List.of() : List.copyOf(sources);
    files = files == null ? List.of() : List.copyOf(files);
    replaced = replaced == null ? List.of() : List.copyOf(replaced);
    retired = retired == null ? List.of() : List.copyOf(retired);
    objects = objects == null ? List.of() : List.copyOf(objects);
  }

  /** A source of rows, see {@link Version.Source}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Source(String name, @Nullable Long version, String via) {
    static Source of(Version.Source source) {
      return new Source(
          source.name(),
          source.version().isPresent() ? source.version().getAsLong() : null,
          source.via());
    }

    Version.Source source() {
      return new Version.Source(
          name, version == null ? OptionalLong.empty() : OptionalLong.of(version), via);
    }
  }

  /** A file, see {@link DataFile}; {@code outside} if it lies outside of the dataset's location. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record File(
      @Nullable String partition,
      String zone,
      String key,
      String version,
      long bytes,
      @Nullable Long rows,
      @Nullable String sha256,
      @Nullable Boolean outside) {

    static File of(DataFile file, boolean outside) {
      return new File(
          file.partition().path(),
          file.object().zone().name(),
          file.object().key(),
          file.object().version(),
          file.bytes(),
          file.rows().isPresent() ? file.rows().getAsLong() : null,
          file.sha256().orElse(null),
          outside ? true : null);
    }

    DataFile in(Partition home) {
      return new DataFile(
          new ObjectRef(Zone.named(zone), key, version),
          home,
          bytes,
          rows == null ? OptionalLong.empty() : OptionalLong.of(rows),
          Optional.ofNullable(sha256));
    }

    /** The same file, where its partition is said otherwise. */
    File elsewhere() {
      return new File(null, zone, key, version, bytes, rows, sha256, outside);
    }

    boolean isOutside() {
      return Boolean.TRUE.equals(outside);
    }
  }

  /** An object to be removed, and its size. */
  record Item(String zone, String key, String version, long bytes) {
    static Item of(ObjectRef object, long bytes) {
      return new Item(object.zone().name(), object.key(), object.version(), bytes);
    }

    ObjectRef object() {
      return new ObjectRef(Zone.named(zone), key, version);
    }
  }

  /** An entry of a kind, with nothing else said. */
  static Entry of(Kind kind) {
    return new Entry(
        kind, null, null, null, null, null, null, List.of(), List.of(), List.of(), null, null,
        List.of(), List.of());
  }

  Entry made(String when, String who) {
    return new Entry(
        kind,
        transaction,
        when,
        who,
        load,
        attempt,
        layout,
        sources,
        files,
        replaced,
        spares,
        restored,
        retired,
        objects);
  }

  Entry restoring(long version) {
    return new Entry(
        kind,
        transaction,
        at,
        by,
        load,
        attempt,
        layout,
        sources,
        files,
        replaced,
        spares,
        version,
        retired,
        objects);
  }

  Entry giving(List<Long> versions, List<Item> items) {
    return new Entry(
        kind,
        transaction,
        at,
        by,
        load,
        attempt,
        layout,
        sources,
        files,
        replaced,
        spares,
        restored,
        versions,
        items);
  }

  /** The same entry, which counts if this transaction is committed. */
  Entry in(String id) {
    return new Entry(
        kind, id, at, by, load, attempt, layout, sources, files, replaced, spares, restored,
        retired, objects);
  }

  /** Whether it makes a version, or ends the dataset. */
  boolean changesContent() {
    return switch (kind) {
      case APPEND, OVERWRITE, OVERWRITE_PARTITIONS, ROLLBACK, REMOVE -> true;
      case VACUUM, CLEARED, NOTHING -> false;
    };
  }
}
