package io.lakesdk.security.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.security.Grant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All grants at one moment, by what a decision asks for.
 *
 * @param mark changes with every change of the grants
 * @param selects by principal and dataset, in the order granted
 * @param zones by principal and action
 */
record Grants(
    long mark,
    Map<Principal, Map<DatasetId, List<Grant.Select>>> selects,
    Map<Principal, Map<Action, Map<Zone, Grant>>> zones) {

  static Grants of(long mark, List<Grant> all) {
    Map<Principal, Map<DatasetId, List<Grant.Select>>> selects = new HashMap<>();
    Map<Principal, Map<Action, Map<Zone, Grant>>> zones = new HashMap<>();
    for (Grant grant : all) {
      if (grant instanceof Grant.Select select) {
        selects
            .computeIfAbsent(grant.principal(), p -> new HashMap<>())
            .computeIfAbsent(select.dataset(), d -> new ArrayList<>())
            .add(select);
      } else if (grant instanceof Grant.OnZone onZone) {
        zones
            .computeIfAbsent(grant.principal(), p -> new HashMap<>())
            .computeIfAbsent(onZone.action(), a -> new LinkedHashMap<>())
            .put(onZone.zone(), grant);
      }
    }
    return new Grants(mark, selects, zones);
  }

  List<Grant.Select> selects(Principal principal, DatasetId dataset) {
    return selects.getOrDefault(principal, Map.of()).getOrDefault(dataset, List.of());
  }

  Optional<Grant> onZone(Principal principal, Action action, Zone zone) {
    return Optional.ofNullable(byZone(principal, action).get(zone));
  }

  Set<Zone> readable(Principal principal) {
    return byZone(principal, Action.READ).keySet().stream().collect(Collectors.toUnmodifiableSet());
  }

  private Map<Zone, Grant> byZone(Principal principal, Action action) {
    return zones.getOrDefault(principal, Map.of()).getOrDefault(action, Map.of());
  }
}
