package io.lakesdk.security.embedded;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.security.Security;
import io.lakesdk.security.decision.GrantedSecurity;
import io.lakesdk.security.decision.SecurityState;

/** Security with grants and audit in the metadata of an embedded lake. */
public final class EmbeddedSecurity extends GrantedSecurity {

  private EmbeddedSecurity(Lake lake, SecurityState state) {
    super(lake, state);
  }

  /** Puts the lake's grants in force. */
  public static Security of(Lake lake, EmbeddedBackend backend) {
    return new EmbeddedSecurity(
        lake, lake.shared(SecurityState.class, () -> open(lake, backend.metadata())));
  }

  private static SecurityState open(Lake lake, MetadataStore metadata) {
    metadata.migrate(SecurityTables.MIGRATIONS);
    AuditTable audit = new AuditTable(metadata);
    return SecurityState.open(lake, new GrantTable(metadata, audit, lake.clock()), audit);
  }
}
