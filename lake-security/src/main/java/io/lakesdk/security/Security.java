package io.lakesdk.security;

import io.lakesdk.AwsBackend;
import io.lakesdk.Backend;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Action;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.aws.LakeFormationSecurity;
import io.lakesdk.security.embedded.EmbeddedSecurity;

/**
 * Grants, their explanation, and the audit of a lake.
 *
 * <p>Whoever opened the lake is its administrator and may do everything. Everybody else may do what
 * was granted and nothing more. Grants are kept with the lake; a change is in force at the next
 * decision of every view, and of every process that has the lake open.
 *
 * <p>Only the administrator may change grants, and read the grants of others and the audit; the
 * other principals may list and explain their own. Thread-safe; light to make, needs no close.
 */
public interface Security {

  /**
   * Puts the lake's grants in force, and the audit to work, for all views of this open lake. From
   * then on every decision is in the audit. Where this was never called, principals other than the
   * administrator are refused everything.
   */
  static Security of(Lake lake) {
    Backend backend = lake.backend();
    return backend instanceof EmbeddedBackend embedded
        ? EmbeddedSecurity.of(lake, embedded)
        : AwsBackend.needing(
            "lakeformation", () -> LakeFormationSecurity.of(lake, (AwsBackend) backend));
  }

  /**
   * Gives what the grant says, at once and durably. What was granted before is left as it is. The
   * dataset need not exist yet.
   *
   * @throws AccessDeniedException if this is not the administrator's view
   * @throws UnavailableException if it could not be written; nothing was granted then
   */
  void grant(Grant grant);

  /**
   * Takes back exactly this grant. What other grants give remains.
   *
   * @throws NotFoundException if it was not granted
   * @throws AccessDeniedException if this is not the administrator's view
   */
  void revoke(Grant grant);

  /** The grants: all of them for the administrator, for another principal its own. */
  GrantSearch grants();

  /**
   * Whether the principal may do this, and why. Asking is not a decision: the audit does not show
   * it as one of that principal.
   *
   * <p>The name of a dataset does not say in which zone it lives, and READ on that zone shows all
   * of it. Where that makes a difference the explanation names the zones in question; {@link
   * #explain(AccessRequest)} takes a dataset together with its zone.
   *
   * @param resource for SELECT a dataset as {@code database.table}, for READ and WRITE a zone, for
   *     USE a workgroup, for ADMINISTER anything
   * @param columns for SELECT the columns wanted; none asks whether any row may be seen
   * @throws AccessDeniedException if this is neither the administrator's view nor the principal's
   * @throws InvalidDefinitionException if the resource cannot be the name of what the action is for
   */
  Explanation explain(Principal principal, Action action, String resource, String... columns);

  /** Whether this request would be allowed, and why. */
  Explanation explain(AccessRequest request);

  /**
   * What was asked and answered.
   *
   * @throws AccessDeniedException if this is not the administrator's view
   */
  AuditSearch audit();
}
