package io.lakesdk.query.access;

import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import java.util.Set;

/** What a principal may do with workgroups, and how they are refused. */
public final class WorkgroupAccess {

  private final Lake lake;

  public WorkgroupAccess(Lake lake) {
    this.lake = lake;
  }

  /** The workgroup of this name, as errors name it. */
  public static Subject subject(String name) {
    return Subject.of(Subject.Kind.WORKGROUP, name);
  }

  /** The execution of this id, likewise. */
  public static Subject execution(String id) {
    return Subject.of(Subject.Kind.QUERY, id);
  }

  /**
   * Goes on only if the workgroup may be made, changed and removed.
   *
   * @throws AccessDeniedException if this is not the administrator's view
   */
  public void requireChange(String name) {
    lake.access().require(Action.ADMINISTER, Resource.workgroup(name));
  }

  /**
   * Goes on only if statements may run in the workgroup.
   *
   * @throws AccessDeniedException naming the grant that is missing
   */
  public void requireUse(String name) {
    lake.access().require(Action.USE, Resource.workgroup(name));
  }

  public boolean mayUse(String name) {
    return lake.access().decide(Action.USE, Resource.workgroup(name), Set.of()).isAllowed();
  }

  /** There is none of this name. */
  public static NotFoundException absent(String verb, String name) {
    return absent(verb, name, "workgroups().list() has those that there are");
  }

  /** {@link #absent(String, String)} with another remedy. */
  public static NotFoundException absent(String verb, String name, String remedy) {
    return new NotFoundException(verb, subject(name), "there is none of this name; " + remedy);
  }

  /** There is no execution that the principal may cancel. */
  public static NotFoundException notCancelled(String id) {
    return new NotFoundException(
        "cancel", execution(id), "there is no execution of this id that is yours");
  }

  /**
   * Goes on only if executions are asked for.
   *
   * @param most executions are asked for
   * @throws InvalidDefinitionException if that is none
   */
  public static void requireSome(String workgroup, int most) {
    if (most < 1) {
      throw new InvalidDefinitionException(
          "list executions of", subject(workgroup), "one asks for 1 or more");
    }
  }
}
