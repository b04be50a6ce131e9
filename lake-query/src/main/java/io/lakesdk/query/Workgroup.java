package io.lakesdk.query;

import io.lakesdk.access.Resource;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Queries that have limits, a place for results and a history in common. A value: {@link
 * Workgroups#register} puts it in force, and {@link Query#workgroup(String)} runs a statement in
 * it.
 *
 * <pre>{@code
 * Workgroup.named("analysts")
 *     .resultsIn("s3://curated/results/")
 *     .scanAtMost(1L << 30)
 *     .scanTogetherAtMost(100L << 30, Duration.ofDays(1))
 *     .enforced();
 * }</pre>
 *
 * @param name 1 to 128 letters, digits or any of {@code . _ -}
 * @param state whether statements run in it
 * @param settings whether a statement may choose another place for its result
 * @param results the folder where results of queries are put, as {@code s3://bucket/folder/} of a
 *     zone of the lake
 * @param scanLimit how many bytes a statement may read at most, whatever its own limit is
 * @param quota how many bytes its statements may read together at most
 */
public record Workgroup(
    String name,
    State state,
    Settings settings,
    Optional<String> results,
    OptionalLong scanLimit,
    Optional<Quota> quota) {

  /** The workgroup of statements that name none. It has no settings and keeps no history. */
  public static final String PRIMARY = "primary";

  private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(31);

  /** Whether statements run in a workgroup. */
  public enum State {
    ENABLED,
    DISABLED
  }

  /** Whose settings count, where a statement has some of its own. */
  public enum Settings {
    /** Those of the statement. */
    DEFAULT,
    /** Those of the workgroup. */
    ENFORCED
  }

  /**
   * A bound on what the statements of a workgroup read together.
   *
   * @param bytes at most
   * @param window in the time of this length that ends now; from a minute to 31 days
   */
  public record Quota(long bytes, Duration window) {
    public Quota {
      requireBytes("scanTogetherAtMost", bytes);
      if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
        throw new InvalidDefinitionException(
            "limit",
            Subject.option("scanTogetherAtMost"),
            "its time is from one minute to 31 days");
      }
    }
  }

  public Workgroup {
    Objects.requireNonNull(Resource.workgroup(name), "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(results, "results");
    scanLimit.ifPresent(bytes -> requireBytes("scanAtMost", bytes));
    Objects.requireNonNull(quota, "quota");
  }

  /** A workgroup in which statements run without limits, and leave no results. */
  public static Workgroup named(String name) {
    return new Workgroup(
        name,
        State.ENABLED,
        Settings.DEFAULT,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /**
   * Puts the results of queries into this folder, as files of CSV.
   *
   * @param folder {@code s3://bucket/folder/} with the bucket of one of the lake's zones, or in an
   *     embedded lake with the zone's name for the bucket
   */
  public Workgroup resultsIn(String folder) {
    return new Workgroup(name, state, settings, Optional.of(folder), scanLimit, quota);
  }

  /** Refuses statements that would read more bytes than this. Athena knows 10,000,000 and more. */
  public Workgroup scanAtMost(long bytes) {
    return new Workgroup(name, state, settings, results, OptionalLong.of(bytes), quota);
  }

  /** Refuses statements that would read more bytes than are left for the workgroup in this time. */
  public Workgroup scanTogetherAtMost(long bytes, Duration window) {
    Optional<Quota> together = Optional.of(new Quota(bytes, window));
    return new Workgroup(name, state, settings, results, scanLimit, together);
  }

  /** Lets no statement choose another place for its result. */
  public Workgroup enforced() {
    return new Workgroup(name, state, Settings.ENFORCED, results, scanLimit, quota);
  }

  /** Lets no more statements start. */
  public Workgroup disabled() {
    return new Workgroup(name, State.DISABLED, settings, results, scanLimit, quota);
  }

  /** Lets statements start. */
  public Workgroup enabled() {
    return new Workgroup(name, State.ENABLED, settings, results, scanLimit, quota);
  }

  private static void requireBytes(String option, long bytes) {
    if (bytes < 0) {
      throw new InvalidDefinitionException(
          "limit", Subject.option(option), "it is a number of bytes, 0 or more");
    }
  }
}
