package io.lakesdk.query;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A statement in Athena's SQL, with its parameters and limits.
 *
 * @param text the statement; parameters are written {@code :name}, or {@code ?}
 * @param database where unqualified names are looked up; {@code default} unless told otherwise
 * @param parameters values by parameter name; those of {@code ?} are named {@code 1}, {@code 2} and
 *     so on, in their order
 * @param scanLimit how many bytes it may read at most
 * @param timeout how long it may run at most, until its last row was read
 * @param reuse how old an answer may be that is taken instead of running it
 * @param workgroup in which it runs; {@link Workgroup#PRIMARY} unless told otherwise
 * @param results the folder where its result is put
 */
public record Query(
    String text,
    String database,
    Map<String, @Nullable Object> parameters,
    OptionalLong scanLimit,
    Optional<Duration> timeout,
    Optional<Duration> reuse,
    Optional<String> workgroup,
    Optional<String> results) {

  private static final Duration SHORTEST_REUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_REUSE = Duration.ofDays(7);

  public Query {
    Objects.requireNonNull(text, "text");
    database = database.toLowerCase(Locale.ROOT);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static Query sql(String text) {
    return new Query(
        text,
        "default",
        Map.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Gives a parameter its value. A value is never part of the statement's text.
   *
   * @param value a {@code Boolean}, a number, {@code BigDecimal}, {@code String}, {@code byte[]},
   *     {@code LocalDate}, {@code LocalDateTime}, {@code Instant} (as a timestamp in UTC), a list
   *     of these, or null
   */
  public Query bind(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Query(text, database, more, scanLimit, timeout, reuse, workgroup, results);
  }

  /**
   * Gives the parameters that are written {@code ?} their values, in the order of the text. A
   * statement has either these or those with names.
   *
   * @param values one for each {@code ?}; what {@link #bind} takes
   */
  public Query bindAll(@Nullable Object... values) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(parameters);
    more.keySet().removeIf(name -> !name.isEmpty() && Character.isDigit(name.charAt(0)));
    for (int i = 0; i < values.length; i++) {
      more.put(Integer.toString(i + 1), values[i]);
    }
    return new Query(text, database, more, scanLimit, timeout, reuse, workgroup, results);
  }

  /** Looks unqualified names up in this database. */
  public Query in(String otherDatabase) {
    return new Query(
        text, otherDatabase, parameters, scanLimit, timeout, reuse, workgroup, results);
  }

  /**
   * Refuses to run if more bytes than this would be read. Athena tells only while and after it has
   * read them: there a statement that read more is stopped, or its answer withheld.
   */
  public Query scanAtMost(long bytes) {
    if (bytes < 0) {
      throw new InvalidDefinitionException(
          "limit", Subject.option("scanAtMost"), "it is a number of bytes, 0 or more");
    }
    return new Query(
        text, database, parameters, OptionalLong.of(bytes), timeout, reuse, workgroup, results);
  }

  /** Cancels the statement when it has taken this long. */
  public Query timeout(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new InvalidDefinitionException(
          "limit", Subject.option("timeout"), "it is longer than zero");
    }
    return new Query(
        text, database, parameters, scanLimit, Optional.of(limit), reuse, workgroup, results);
  }

  /** Runs in this workgroup, under its limits. */
  public Query workgroup(String name) {
    return new Query(
        text, database, parameters, scanLimit, timeout, reuse, Optional.of(name), results);
  }

  /**
   * Puts the result, if it is a query's, into this folder as a file of CSV, unless the workgroup
   * enforces a place of its own. It becomes an object when its last row was read.
   *
   * @param folder {@code s3://bucket/folder/} with the bucket of one of the lake's zones, or in an
   *     embedded lake with the zone's name for the bucket; needs WRITE on the zone
   */
  public Query resultsIn(String folder) {
    return new Query(
        text, database, parameters, scanLimit, timeout, reuse, workgroup, Optional.of(folder));
  }

  /**
   * Takes the answer that the same query had in the same workgroup, which costs nothing, if it is
   * not older than this. It is computed where there is none, where it has functions of chance, and
   * where the query has a place of its own for its result. An engine that runs in this process
   * looks among the results that were read to their end in a workgroup that has a place for them,
   * and takes none if the files that are read have changed, or if the principal would not be shown
   * the same rows and columns of each dataset. Athena does not look whether data have changed.
   *
   * @param age whole minutes, from one to seven days
   */
  public Query reuseResultsFor(Duration age) {
    if (age.compareTo(SHORTEST_REUSE) < 0
        || age.compareTo(LONGEST_REUSE) > 0
        || !Duration.ofMinutes(age.toMinutes()).equals(age)) {
      throw new InvalidDefinitionException(
          "limit", Subject.option("reuseResultsFor"), "it is whole minutes, up to seven days");
    }
    return new Query(
        text, database, parameters, scanLimit, timeout, Optional.of(age), workgroup, results);
  }
}
