package io.lakesdk.query;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The workgroups of a lake, and what ran in them. The administrator makes them; whoever was granted
 * {@code Grant.use()} of one runs statements in it, and sees its settings and the executions that
 * are their own. Thread-safe.
 */
public interface Workgroups {

  /** How long an execution is found, as in Athena. */
  Duration HISTORY_KEPT = Duration.ofDays(45);

  /**
   * Makes a workgroup, or changes the one of this name. It is in force for statements that start
   * after that.
   *
   * @throws InvalidDefinitionException if its place for results is no folder of a zone, or overlaps
   *     with the location of a dataset, or if it is {@link Workgroup#PRIMARY}
   * @throws AccessDeniedException if this is not the administrator's view
   */
  void register(Workgroup workgroup);

  /**
   * The workgroup of this name, if there is one.
   *
   * @throws AccessDeniedException if its use was not granted
   */
  Optional<Workgroup> find(String name);

  /** The workgroups that may be used, by name. */
  List<Workgroup> list();

  /**
   * Removes a workgroup and the history of its executions, but no results. Statements that run in
   * it run on.
   *
   * @throws NotFoundException if there is none of this name
   * @throws AccessDeniedException if this is not the administrator's view
   */
  void remove(String name);

  /**
   * What ran in a workgroup in the last 45 days, the newest first: for the administrator all, for
   * others what they ran themselves.
   *
   * @param most how many at most, 1 or more
   * @throws NotFoundException if there is no such workgroup
   * @throws AccessDeniedException if its use was not granted
   */
  List<QueryExecution> executions(String workgroup, int most);

  /** An execution by its id, if there is one that {@link #executions} would show. */
  Optional<QueryExecution> execution(String id);

  /**
   * Stops a statement, as {@link Rows#cancel} does; one that has ended stays as it is.
   *
   * @throws NotFoundException if {@link #execution} does not find it
   * @throws UnavailableException if another open lake runs it, and stops it alone
   */
  void cancel(String id);
}
