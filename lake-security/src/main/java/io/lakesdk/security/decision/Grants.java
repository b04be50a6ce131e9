package io.lakesdk.security.decision;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.security.Grant;
import io.lakesdk.security.GrantSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All grants at one moment, by what a decision asks for. A value. */
public final class Grants {

  private final List<Grant> all;
  private final Map<Principal, Map<DatasetId, List<Grant.Select>>> selects = new HashMap<>();
  private final Map<Principal, Map<Action, Map<Zone, Grant>>> zones = new HashMap<>();
  private final Set<Grant> workgroups = new HashSet<>();

  private Grants(List<Grant> all) {
    this.all = List.copyOf(all);
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
      } else if (grant instanceof Grant.OnWorkgroup) {
        workgroups.add(grant);
      }
    }
  }

  /** In the order granted. */
  public static Grants of(List<Grant> all) {
    return new Grants(all);
  }

  /** In the order granted. */
  public List<Grant> all() {
    return all;
  }

  List<Grant> list(GrantSearch.Wanted wanted) {
    return all.stream().filter(grant -> isWanted(grant, wanted)).toList();
  }

  private static boolean isWanted(Grant grant, GrantSearch.Wanted wanted) {
    Optional<DatasetId> dataset =
        grant instanceof Grant.Select select ? Optional.of(select.dataset()) : Optional.empty();
    Optional<Zone> zone =
        grant instanceof Grant.OnZone onZone ? Optional.of(onZone.zone()) : Optional.empty();
    return wanted.principal().filter(who -> !who.equals(grant.principal())).isEmpty()
        && (wanted.dataset().isEmpty() || wanted.dataset().equals(dataset))
        && (wanted.zone().isEmpty() || wanted.zone().equals(zone));
  }

  List<Grant.Select> selects(Principal principal, DatasetId dataset) {
    return selects.getOrDefault(principal, Map.of()).getOrDefault(dataset, List.of());
  }

  Optional<Grant> onZone(Principal principal, Action action, Zone zone) {
    return Optional.ofNullable(byZone(principal, action).get(zone));
  }

  Optional<Grant> onWorkgroup(Principal principal, String workgroup) {
    Grant grant = new Grant.OnWorkgroup(workgroup, principal);
    return workgroups.contains(grant) ? Optional.of(grant) : Optional.empty();
  }

  Set<Zone> readable(Principal principal) {
    return byZone(principal, Action.READ).keySet().stream().collect(Collectors.toUnmodifiableSet());
  }

  private Map<Zone, Grant> byZone(Principal principal, Action action) {
    return zones.getOrDefault(principal, Map.of()).getOrDefault(action, Map.of());
  }
}
