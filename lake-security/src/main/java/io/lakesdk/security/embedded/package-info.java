/**
 * Grants and audit of an embedded lake, in its metadata. {@link
 * io.lakesdk.security.embedded.EmbeddedSecurity} is the door; {@code SecurityState} is what an open
 * lake has one of; {@code GrantPolicy} decides, from the {@code Grants} that {@code GrantTable}
 * keeps in memory as long as nobody changed them; {@code AuditTrail} writes down what was decided.
 */
@NullMarked
package io.lakesdk.security.embedded;

import org.jspecify.annotations.NullMarked;
