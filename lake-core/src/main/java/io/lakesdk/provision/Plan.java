package io.lakesdk.provision;

import com.google.common.collect.ImmutableList;
import io.lakesdk.ZoneSettings;
import java.util.stream.Collectors;

/**
 * What provisioning would change. A value: two plans are equal if they lead from the same state to
 * the same one. Printed, it is one line for each change.
 *
 * @param zones as they were described
 * @param changes in the order in which they are made; empty if everything is as described
 */
public record Plan(ImmutableList<ZoneSettings> zones, ImmutableList<Change> changes) {

  /** Whether there is nothing to change. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  @Override
  public String toString() {
    return isEmpty()
        ? "nothing to change"
        : changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
  }
}
