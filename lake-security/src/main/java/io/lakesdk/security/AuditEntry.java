package io.lakesdk.security;

import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One decision, as the audit keeps it. It names things and holds no data values.
 *
 * @param at when it was taken, by the lake's clock
 * @param principal who asked
 * @param action what for
 * @param resource to what
 * @param zone the zone that the resource is or lives in; empty for the lake as a whole and for
 *     grants
 * @param columns for SELECT the columns that the statement refers to
 * @param allowed the answer
 * @param reason why
 */
public record AuditEntry(
    Instant at,
    Principal principal,
    Action action,
    Subject resource,
    Optional<Zone> zone,
    Set<String> columns,
    boolean allowed,
    String reason) {
  public AuditEntry {
    columns = Set.copyOf(columns);
  }

  /** One line: {@code 2026-01-01T00:00:00Z role analyst refused select of dataset a.b: reason}. */
  @Override
  public String toString() {
    return at
        + " "
        + principal
        + (allowed ? " allowed " : " refused ")
        + action
        + " of "
        + resource
        + ": "
        + reason;
  }
}
