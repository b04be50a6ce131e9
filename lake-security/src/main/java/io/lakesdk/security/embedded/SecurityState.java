package io.lakesdk.security.embedded;

import io.lakesdk.Lake;
import io.lakesdk.metadata.MetadataStore;

/**
 * What an open lake has one of: its grants in force, and its audit at work.
 *
 * @param metadata where both are kept
 * @param grants the grants
 * @param audit what was decided
 * @param trail how it gets there
 */
record SecurityState(MetadataStore metadata, GrantTable grants, AuditTable audit, AuditTrail trail)
    implements AutoCloseable {

  static SecurityState open(Lake lake, MetadataStore metadata) {
    metadata.migrate(SecurityTables.MIGRATIONS);
    GrantTable grants = new GrantTable(metadata);
    AuditTable audit = new AuditTable(metadata);
    AuditTrail trail = new AuditTrail(metadata, audit, lake.name());
    lake.listen(trail);
    lake.enforce(new GrantPolicy(grants::current, trail::requireRoom));
    return new SecurityState(metadata, grants, audit, trail);
  }

  @Override
  public void close() {
    trail.close();
  }
}
