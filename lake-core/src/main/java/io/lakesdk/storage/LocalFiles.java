package io.lakesdk.storage;

import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
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

  /** A place for new files. What is not adopted when it is closed is discarded. */
  Staging stage();

  /** The folders in which all leased and staged paths lie; an engine needs no access elsewhere. */
  List<Path> folders();

  /** A folder for what does not fit in memory; empty where nothing may touch the disk. */
  Optional<Path> spillFolder();

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
     * Makes a file that {@link #file} gave, or one below {@link #folder}, an object, without
     * copying where the store can.
     *
     * @throws io.lakesdk.error.AlreadyExistsException as {@link ObjectStore#put} does
     */
    ObjectInfo adopt(Path file, Zone zone, String key, PutOptions options);

    @Override
    void close();
  }
}
