package io.lakesdk.ingest.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Whether a file's name says that it is of another format than its dataset. Only names that plainly
 * do are refused; of others nothing is known. A dataset without columns takes any.
 */
final class Extensions {

  private static final Set<String> DELIMITED = Set.of("csv", "tsv", "tab", "psv");
  private static final Set<String> JSON = Set.of("json", "jsonl", "ndjson");
  private static final Set<String> PARQUET = Set.of("parquet", "pq");
  private static final Set<String> OTHERS =
      Set.of("avro", "orc", "xml", "xls", "xlsx", "pdf", "zip", "tar", "html", "yaml", "yml");
  private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "zst", "snappy", "lz4");

  private final Optional<Set<String>> own;
  private final Format format;

  Extensions(Dataset dataset) {
    this.format = dataset.format();
    this.own = dataset.schema().columns().isEmpty() ? Optional.empty() : Optional.of(own(format));
  }

  private static Set<String> own(Format format) {
    if (format instanceof Format.Parquet) {
      return PARQUET;
    }
    if (format instanceof Format.Csv || format instanceof Format.Delimited) {
      return DELIMITED;
    }
    return format instanceof Format.Json || format instanceof Format.JsonLines
        ? JSON
        : Set.of(format.extension());
  }

  /** The reason, if the name contradicts the format. */
  Optional<String> contradiction(String name) {
    List<String> parts = List.of(name.substring(name.lastIndexOf('/') + 1).split("\\."));
    String last = extension(parts, 1);
    String extension = COMPRESSED.contains(last) ? extension(parts, 2) : last;
    boolean foreign =
        own.isPresent()
            && !own.get().contains(extension)
            && (DELIMITED.contains(extension)
                || JSON.contains(extension)
                || PARQUET.contains(extension)
                || OTHERS.contains(extension));
    return foreign
        ? Optional.of(
            "is named ." + extension + ", and the dataset's files are ." + format.extension())
        : Optional.empty();
  }

  /**
   * Whether a file has to be Parquet: all of a Parquet dataset with columns; where there are no
   * columns, those that are named so or, if their name says nothing, begin so.
   */
  boolean isParquet(String name, BooleanSupplier beginsSo) {
    if (own.isPresent()) {
      return format instanceof Format.Parquet;
    }
    String extension = extension(List.of(name.split("\\.")), 1);
    boolean isOther =
        DELIMITED.contains(extension)
            || JSON.contains(extension)
            || OTHERS.contains(extension)
            || COMPRESSED.contains(extension);
    return PARQUET.contains(extension) || (!isOther && beginsSo.getAsBoolean());
  }

  private static String extension(List<String> parts, int fromEnd) {
    return parts.size() > fromEnd ? parts.get(parts.size() - fromEnd).toLowerCase(Locale.ROOT) : "";
  }
}
