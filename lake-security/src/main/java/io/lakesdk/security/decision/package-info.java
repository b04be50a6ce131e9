/**
 * Decisions from grants, their explanation and their way into the audit, wherever grants and audit
 * are kept. For implementations of {@link io.lakesdk.security.Security}: {@link
 * io.lakesdk.security.decision.GrantedSecurity} is one but for the two keepers, {@link
 * io.lakesdk.security.decision.GrantKeeper} and {@link io.lakesdk.security.decision.AuditKeeper}.
 * {@code Ruling} decides from {@link io.lakesdk.security.decision.Grants}; {@code AuditTrail} hands
 * what was decided to the audit.
 */
@NullMarked
package io.lakesdk.security.decision;

import org.jspecify.annotations.NullMarked;
