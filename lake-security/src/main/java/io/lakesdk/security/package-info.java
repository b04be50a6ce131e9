/**
 * Who may do what in a lake, and who did. Start with {@link io.lakesdk.security.Security}, which
 * puts a lake's grants in force; {@link io.lakesdk.security.Grant} says what can be granted, {@link
 * io.lakesdk.security.Explanation} why something is allowed or refused, and {@link
 * io.lakesdk.security.AuditSearch} finds what was asked and answered. The other layers know nothing
 * of this package: they ask {@link io.lakesdk.access.AccessControl} of core.
 */
@NullMarked
package io.lakesdk.security;

import org.jspecify.annotations.NullMarked;
