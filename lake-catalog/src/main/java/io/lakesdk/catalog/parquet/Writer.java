package io.lakesdk.catalog.parquet;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file's writer.
 *
 * @param uncounted how large the part of a column may be that it does not count, the header of the
 *     dictionary
 * @param tellsLevels whether the header of a page with a checksum tells by the levels' encoding if
 *     there are any
 */
record Writer(int uncounted, boolean tellsLevels) {

  private static final Pattern PARQUET_JAVA =
      Pattern.compile("parquet-mr version 1\\.\\d\\d\\..*", Pattern.DOTALL);
  private static final Pattern OLD_PARQUET_JAVA =
      Pattern.compile("parquet-mr(?: version 1\\.[0-2]\\..*| \\(.*|)", Pattern.DOTALL);
  private static final int LARGEST_HEADER = 100;

  static Writer of(@Nullable String createdBy) {
    String name = String.valueOf(createdBy);
    return new Writer(
        OLD_PARQUET_JAVA.matcher(name).matches() ? LARGEST_HEADER : 0,
        PARQUET_JAVA.matcher(name).matches());
  }
}
