package io.lakesdk.catalog;

import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Objects;
import java.util.Optional;

/**
 * Which files a crawl looks at, and how.
 *
 * <p>Every folder that holds files is a table, together with the folders named {@code key=value}
 * below it, which are its partitions. Names that start with an underscore or a dot are left out, as
 * Hive does. A table is named after its folder: {@code aviation/flights/} is {@code
 * aviation.flights}, a folder at the top of the zone belongs to the database named as the zone, and
 * characters that a name cannot have become underscores.
 *
 * @param zone where
 * @param prefix the folder to look below, ending with a slash; empty for the whole zone
 * @param database the database of all tables found; if empty it is told by the folders
 * @param sampleBytes how much is read of each file, in bytes. What follows after that in a CSV or
 *     JSON file is not looked at, which the preview says; of a Parquet file the footer is read
 *     wherever it is, and the pages that end within so many bytes are held to their checksums
 * @param csv how text files are delimited; if empty it is told by each table's content
 */
public record Crawler(
    Zone zone,
    String prefix,
    Optional<String> database,
    long sampleBytes,
    Optional<Format.Csv> csv) {

  private static final long SAMPLE = 64L << 20;
  private static final long LEAST = 64L << 10;

  public Crawler {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(csv, "csv");
    if (prefix.startsWith("/") || (!prefix.isEmpty() && !prefix.endsWith("/"))) {
      throw new InvalidDefinitionException(
          "define",
          Subject.of(Subject.Kind.CRAWLER, zone + "/" + prefix),
          "a folder ends with a slash and does not start with one");
    }
    sampleBytes = Math.max(sampleBytes, LEAST);
  }

  /** Looks below a folder; a missing slash at its end is added. Empty text is the whole zone. */
  public static Crawler of(Zone zone, String folder) {
    String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    return new Crawler(zone, prefix, Optional.empty(), SAMPLE, Optional.empty());
  }

  /** The database of all tables found. */
  public Crawler intoDatabase(String name) {
    return new Crawler(zone, prefix, Optional.of(name), sampleBytes, csv);
  }

  /**
   * Reads about so many bytes of a CSV or JSON file, or of a Parquet file's pages, and no more; 64
   * MiB unless told otherwise, and never less than 64 KiB.
   */
  public Crawler sampling(long bytesOfEachFile) {
    return new Crawler(zone, prefix, database, bytesOfEachFile, csv);
  }

  /** Reads text files as this says, instead of finding out. */
  public Crawler readingCsvAs(Format.Csv format) {
    return new Crawler(zone, prefix, database, sampleBytes, Optional.of(format));
  }

  @Override
  public String toString() {
    return zone + "/" + prefix;
  }
}
