package io.lakesdk.ingest;

import io.lakesdk.error.InvalidDefinitionException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Files that are landed as they are, of any format. Only Parquet is looked into, for damage; what
 * is malformed in other files is found by the crawl or the pipeline that reads it.
 *
 * <p><b>Which files.</b> Those whose path below the folder matches the pattern. Names that start
 * with a dot or an underscore, and everything in folders of such names, are passed over, as Athena
 * passes over them. A link to a file inside the folder stands for that file. Files that cannot be
 * landed are told in {@link Receipt#rejected} and do not keep the others from landing: empty files,
 * links that lead elsewhere or to folders, what is no regular file, names that contradict the
 * dataset's format (a {@code .parquet} for a dataset of CSV; a dataset without columns takes any
 * name), files outside of the folders of a partitioned dataset's keys, and damaged Parquet files.
 *
 * <p><b>Damage.</b> All files of a Parquet dataset with columns have to be sound Parquet. Where a
 * dataset has no columns yet, those have to be that are named {@code .parquet} or {@code .pq}, or
 * begin as Parquet under a name that says nothing. Pages that carry checksums must have them, and
 * the structure of the file must be whole; damage inside of pages without checksums, and in the
 * values of the footer's statistics, is not noticed.
 *
 * <p><b>Partitions.</b> Where the dataset has partition keys, a file's partition is read from the
 * folders on its path, as in {@code year=2001/month=1/flights.json}; the folder of each key must be
 * there. Other folders, and all of them where the dataset has no keys, become part of the object's
 * name, with {@code %2F} between.
 *
 * <p><b>What is landed already.</b> A file is there already when the dataset's current version has
 * a file of the same name, folders included, and the same SHA-256; it is not landed again. A file
 * of the same name with other content is one more file: the dataset then has both, since it cannot
 * be known which rows of the earlier one are meant to go. Use {@link Load#overwritingPartitions} or
 * {@link Load#overwriting} where a new file takes the place of an old one. Replacing loads replace
 * everything, unless exactly these files are there already.
 *
 * <p><b>Files in motion.</b> A file that changes while it is loaded, or goes away, fails the load.
 * Producers do best to write under a name that starts with a dot, and to rename.
 *
 * @param path a folder, or one file
 * @param pattern of the paths below the folder; it is not used for one file
 */
public record FileSource(Path path, FilePattern pattern) implements IngestionSource {

  public FileSource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(pattern, "pattern");
  }

  /**
   * Only the files whose path below the folder is like this: {@code *.json} directly in it, <code>
   * **&#47;*.json</code> in it and in all folders below; {@link FilePattern} has the rest.
   *
   * @throws InvalidDefinitionException if it is no such pattern
   */
  public FileSource matching(String pattern) {
    return new FileSource(path, FilePattern.parse(pattern));
  }

  @Override
  public String description() {
    return pattern.equals(FilePattern.everything())
        ? "files " + path
        : "files " + path + "/" + pattern;
  }
}
