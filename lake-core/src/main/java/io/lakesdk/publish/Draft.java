package io.lakesdk.publish;

import io.lakesdk.Dataset;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A load while its files are written. Nobody sees them before {@link Publishing#publish}; closing a
 * draft that was not published discards them. Not thread-safe.
 *
 * <p>Files become objects named {@code <location><partition>/<load>-<attempt>-<part>.<extension>},
 * where the attempt is new for each draft, so that no file is ever written twice. Where the dataset
 * is bucketed, names begin with the bucket as Hive writes it: {@code 000003_0_<load>-...}.
 */
public interface Draft extends AutoCloseable {

  /**
   * The name in the user metadata of every object that a draft wrote. A vacuum removes no others,
   * and whoever looks for files that are in no dataset leaves these out.
   */
  String OBJECT_MARK = "lake-draft";

  Dataset dataset();

  LoadId load();

  Write write();

  /** The version that the load began on; 0 for a dataset without one. */
  long base();

  /** The content that the load began on; whoever may begin a load may look at it. */
  Snapshot before();

  /** The receipt, with outcome REPEATED, if this load was published before: nothing to do then. */
  Optional<Publication> earlier();

  /** Notes what the rows are made from. */
  void derivedFrom(Version.Source source);

  /** A new empty file for an engine to overwrite in place; {@link #add} it when it is written. */
  Path newFile();

  /** A folder for an engine to write files of any name in; empty where it cannot be had. */
  Optional<Path> folder();

  /** Adds a file that {@link #newFile} gave, or one below {@link #folder}. */
  DataFile add(Path file, Partition partition, long rows);

  /**
   * As {@link #add(Path, Partition, long)}, of several at once, which takes less time. None is
   * added where one of them cannot be.
   *
   * @return what they are now, in the order given
   */
  List<DataFile> add(List<NewFile> files);

  /**
   * A file that was written and is no object yet.
   *
   * @param bucket that its rows are of; must be given where the dataset is bucketed
   */
  record NewFile(Path file, Partition partition, long rows, OptionalInt bucket) {

    /** A file of a dataset that is not bucketed. */
    public NewFile(Path file, Partition partition, long rows) {
      this(file, partition, rows, OptionalInt.empty());
    }
  }

  /**
   * As {@link #upload(String, Partition)}, of a file whose content is known. Completing it is
   * refused with {@link io.lakesdk.error.BadDataException} if the content is another.
   *
   * @param sha256 of the content, in hexadecimal
   */
  ObjectUpload upload(String name, Partition partition, String sha256);

  /**
   * Starts a file that is stored as it comes. The object's name ends with the name given here,
   * whose characters are kept where a key allows them.
   *
   * @param name a file's name, without folders
   */
  ObjectUpload upload(String name, Partition partition);

  /**
   * Adds a completed {@link #upload}, or an object that is in the dataset's zone already. An object
   * that no draft wrote remains that of who wrote it: it is never removed, not even with the
   * dataset.
   */
  DataFile include(ObjectInfo object, Partition partition, OptionalLong rows);

  /**
   * Makes a load that overwrites partitions replace this one also if no file is added to it, which
   * then is left without rows. Says nothing new in a load of another kind.
   */
  void replace(Partition partition);

  /** Discards what was written, unless it was published. */
  @Override
  void close();
}
