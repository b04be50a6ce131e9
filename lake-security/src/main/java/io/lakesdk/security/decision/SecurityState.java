package io.lakesdk.security.decision;

import io.lakesdk.Lake;

/** What an open lake has one of: its grants in force, and its audit at work. */
public final class SecurityState implements AutoCloseable {

  private final GrantKeeper grants;
  private final AuditKeeper audit;
  private final AuditTrail trail;

  private SecurityState(GrantKeeper grants, AuditKeeper audit, AuditTrail trail) {
    this.grants = grants;
    this.audit = audit;
    this.trail = trail;
  }

  /** Puts the grants in force for all views of the lake, and the audit to work. */
  public static SecurityState open(Lake lake, GrantKeeper grants, AuditKeeper audit) {
    AuditTrail trail = new AuditTrail(audit, lake.name());
    lake.listen(trail);
    lake.enforce(new GrantPolicy(grants::current, trail::requireRoom));
    return new SecurityState(grants, audit, trail);
  }

  GrantKeeper grants() {
    return grants;
  }

  AuditKeeper audit() {
    return audit;
  }

  AuditTrail trail() {
    return trail;
  }

  /** Writes the decisions that wait. */
  @Override
  public void close() {
    trail.close();
  }
}
