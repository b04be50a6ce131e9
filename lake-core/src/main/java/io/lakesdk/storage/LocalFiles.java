package io.lakesdk.storage;

import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Lets an engine that works on local files read a lake's objects and write new ones. For the
 * layers, which have asked for permission before: nothing is authorised here.
 */
public interface LocalFiles {

  /**
   * Makes objects readable as files until the lease is closed. Content is verified against its
   * CRC32C before a lake first hands it out.
   *
   * @throws NotFoundException if one is no longer there
   * @throws BadDataException if one is not what was written
   */
  Lease lease(Collection<ObjectRef> objects);

  /**
   * {@link #lease(Collection)} for an engine that reads only parts of objects, so that others need
   * not be fetched: the files have the size of the objects, and bytes that were not selected are
   * either those of the object or zeros. A file may also be the whole object, with its own end.
   * Parts are not verified when they are fetched.
   */
  default Lease lease(Collection<ObjectRef> objects, Selection selection) {
    return lease(objects);
  }

  /** A place for new files. What is not adopted when it is closed is discarded. */
  Staging stage();

  /** The folders in which all leased and staged paths lie; an engine needs no access elsewhere. */
  List<Path> folders();

  /**
   * Whether a leased path names the same bytes for ever, so that an engine may keep what it learned
   * of the file there.
   */
  default boolean pathsAreFinal() {
    return false;
  }

  /** A folder for what does not fit in memory; empty where nothing may touch the disk. */
  Optional<Path> spillFolder();

  /** Says which bytes of objects an engine reads. Asked by many threads at once. */
  interface Selection {

    /** Tells selections apart: those of one name select the same of an object. */
    String name();

    /**
     * What of one object is needed. What is found out by reading the object first is read from
     * {@code bytes}.
     *
     * @param size of the object
     */
    Selected select(long size, Bytes bytes);
  }

  /**
   * What is needed of an object.
   *
   * @param ranges which bytes; offsets count from the beginning
   * @param end what the file ends with instead of as many bytes of the object, so that it does not
   *     promise what was not selected; may be empty
   */
  record Selected(List<ReadOptions.Range> ranges, ByteBuffer end) {

    public Selected {
      ranges = List.copyOf(ranges);
    }

    /** These bytes of the object. */
    public static Selected of(List<ReadOptions.Range> ranges) {
      return new Selected(ranges, ByteBuffer.allocate(0).asReadOnlyBuffer());
    }
  }

  /** An object's bytes while it is decided which are needed; its end costs least. */
  interface Bytes {
    /** All bytes of a range inside the object. */
    byte[] read(long offset, int length);
  }

  /** Objects as files. */
  interface Lease extends AutoCloseable {

    /** The file of a leased object; it must be read only. */
    Path path(ObjectRef object);

    @Override
    void close();
  }

  /** New files on their way to become objects. */
  interface Staging extends AutoCloseable {

    /**
     * A new, empty, existing file for an engine to overwrite in place (not to replace by another of
     * the name).
     */
    Path file(String extension);

    /** An empty folder where an engine may make files of any name; empty where it cannot be had. */
    Optional<Path> folder();

    /**
     * Makes files that {@link #file} gave, or that are below {@link #folder}, objects, without
     * copying where the store can, several at once. All of them become objects, or none: what a
     * store that has no transactions took before the failure is deleted again.
     *
     * @return what they are now, in the order given
     * @throws io.lakesdk.error.AlreadyExistsException as {@link ObjectStore#put} does
     */
    List<ObjectInfo> adopt(Zone zone, List<Adoption> files);

    /** {@link #adopt(Zone, List)} for one. */
    default ObjectInfo adopt(Path file, Zone zone, String key, PutOptions options) {
      return adopt(zone, List.of(new Adoption(file, key, options))).get(0);
    }

    /** A file that is to become the object of this key. */
    record Adoption(Path file, String key, PutOptions options) {}

    @Override
    void close();
  }
}
