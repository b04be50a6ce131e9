package io.lakesdk.access;

import io.lakesdk.Principal;
import java.util.Objects;
import java.util.Set;

/**
 * A question to the policy: may this principal do this?
 *
 * @param principal who asks
 * @param action what for
 * @param resource to what
 * @param columns for {@link Action#SELECT} the columns that the statement refers to, lower-case;
 *     empty where it needs only the rows' existence (as {@code count(*)}), and for other actions
 */
public record AccessRequest(
    Principal principal, Action action, Resource resource, Set<String> columns) {
  public AccessRequest {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(resource, "resource");
    columns = Set.copyOf(columns);
  }
}
