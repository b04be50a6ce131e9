package io.lakesdk.query.embedded;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.lakesdk.storage.ObjectRef;
import java.util.Map;
import java.util.Optional;

/**
 * What was found out about files while reading them. An object's version never changes, so neither
 * does what is known of it; the files used least are forgotten.
 */
final class FileFacts {

  private static final long MOST_COLUMNS = 1_000_000;

  private final Cache<ObjectRef, Map<String, FileColumn>> columns =
      CacheBuilder.newBuilder()
          .maximumWeight(MOST_COLUMNS)
          .weigher((ObjectRef ref, Map<String, FileColumn> known) -> known.size() + 1)
          .build();

  /**
   * A column as a file has it.
   *
   * @param name as it is spelled there
   * @param position among the file's columns, from 0
   * @param type DuckDB's name of the type, where the file knows types
   * @param timeUnit how fine a timestamp is
   */
  record FileColumn(String name, int position, String type, TimeUnit timeUnit) {}

  /** How fine the timestamps of a column are. */
  enum TimeUnit {
    MILLISECONDS_OR_NONE,
    FINER
  }

  /** A file's columns by lower-case name, where they are known. */
  Optional<Map<String, FileColumn>> columns(ObjectRef file) {
    return Optional.ofNullable(columns.getIfPresent(file));
  }

  void learned(ObjectRef file, Map<String, FileColumn> known) {
    columns.put(file, known);
  }
}
