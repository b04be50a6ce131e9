/**
 * Grants and audit of an embedded lake, in its metadata. {@link
 * io.lakesdk.security.embedded.EmbeddedSecurity} is the door; {@code GrantTable} keeps the grants,
 * in memory too as long as nobody changed them, and {@code AuditTable} what was decided.
 */
@NullMarked
package io.lakesdk.security.embedded;

import org.jspecify.annotations.NullMarked;
