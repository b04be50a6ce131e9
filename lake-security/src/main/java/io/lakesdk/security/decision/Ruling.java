package io.lakesdk.security.decision;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.security.Grant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A decision with what it rests on.
 *
 * @param decision the answer
 * @param grants if allowed, those that do
 * @param rows if allowed, the row filters that apply, as {@link DatasetView#rowsFor} gives them
 * @param missing if refused, the grant that would allow it, if there can be one
 */
record Ruling(
    Decision decision, List<Grant> grants, List<Set<String>> rows, Optional<Grant> missing) {

  /** The administrator's. */
  static Ruling administrator() {
    return new Ruling(
        new Decision.Allowed("opened the lake"), List.of(), List.of(), Optional.empty());
  }

  static Ruling on(AccessRequest request, Grants grants) {
    Principal principal = request.principal();
    Action action = request.action();
    Resource resource = request.resource();
    if (action == Action.ADMINISTER && resource instanceof Resource.OfWorkgroup) {
      return refused("only whoever opened the lake may change workgroups", "ask them to");
    }
    if (action == Action.ADMINISTER) {
      return refused(
          "only whoever opened the lake may change grants, and read the grants of others and the"
              + " audit",
          "ask them to");
    }
    if (resource instanceof Resource.OfDataset dataset) {
      if (action == Action.SELECT) {
        return select(principal, dataset.dataset(), dataset.zone(), request.columns(), grants);
      }
      return dataset
          .zone()
          .map(zone -> onZone(principal, action, zone, grants))
          .orElseGet(
              () ->
                  refused(
                      dataset.subject() + " is of a federated source, which is only read",
                      "ask for select"));
    }
    if (resource instanceof Resource.OfWorkgroup workgroup && action == Action.USE) {
      return onWorkgroup(principal, workgroup.name(), grants);
    }
    Action granted = action == Action.SELECT ? Action.READ : action;
    if (resource instanceof Resource.OfZone zone) {
      return onZone(principal, granted, zone.zone(), grants);
    }
    if (resource instanceof Resource.OfObject object) {
      return onZone(principal, granted, object.zone(), grants);
    }
    return refused(
        action + " is granted on zones and datasets and not on " + resource.subject(),
        "ask for a zone or a dataset");
  }

  /** Without the zone, a grant on the zone that the dataset lives in is not found. */
  static Ruling select(
      Principal principal,
      DatasetId dataset,
      Optional<Zone> zone,
      Collection<String> columns,
      Grants grants) {
    Optional<Grant> onZone = zone.flatMap(z -> grants.onZone(principal, Action.READ, z));
    if (onZone.isPresent()) {
      return allowed(List.of(onZone.get()), List.of());
    }
    List<Grant.Select> selects = grants.selects(principal, dataset);
    DatasetView view = view(selects);
    Set<String> hidden = new TreeSet<>(columns);
    hidden.removeIf(view::shows);
    if (view.isNothing() || !hidden.isEmpty()) {
      return refusedSelect(principal, dataset, view.isNothing(), hidden);
    }
    List<Grant> contributing =
        selects.stream()
            .filter(grant -> columns.isEmpty() || columns.stream().anyMatch(c -> has(grant, c)))
            .map(Grant.class::cast)
            .toList();
    return allowed(contributing, view.rowsFor(columns));
  }

  /** What the principal may see of the dataset; see {@link #select} for the zone. */
  static DatasetView view(
      Grants grants, Principal principal, DatasetId dataset, Optional<Zone> zone) {
    return zone.flatMap(z -> grants.onZone(principal, Action.READ, z)).isPresent()
        ? DatasetView.everything()
        : view(grants.selects(principal, dataset));
  }

  private static DatasetView view(List<Grant.Select> selects) {
    return new DatasetView(
        selects.stream()
            .map(grant -> new DatasetView.Slice(grant.columns(), grant.rows()))
            .toList());
  }

  private static boolean has(Grant.Select grant, String column) {
    return grant.columns().isEmpty() || grant.columns().get().contains(column);
  }

  private static Ruling onZone(Principal principal, Action action, Zone zone, Grants grants) {
    return grants
        .onZone(principal, action, zone)
        .map(grant -> allowed(List.of(grant), List.of()))
        .orElseGet(
            () ->
                refused(
                    principal + " has no grant of " + action + " on zone " + zone,
                    new Grant.OnZone(action, zone, principal)));
  }

  private static Ruling onWorkgroup(Principal principal, String workgroup, Grants grants) {
    return grants
        .onWorkgroup(principal, workgroup)
        .map(grant -> allowed(List.of(grant), List.of()))
        .orElseGet(
            () ->
                refused(
                    principal + " has no grant of use on workgroup " + workgroup,
                    new Grant.OnWorkgroup(workgroup, principal)));
  }

  private static Ruling refusedSelect(
      Principal principal, DatasetId dataset, boolean nothing, Set<String> hidden) {
    String what = nothing ? dataset.toString() : named(hidden) + " of " + dataset;
    return refused(
        principal + " has no grant of select on " + what,
        new Grant.Select(
            dataset,
            hidden.isEmpty() ? Optional.empty() : Optional.of(hidden),
            Optional.empty(),
            principal));
  }

  private static String named(Set<String> columns) {
    return (columns.size() == 1 ? "column " : "columns ") + String.join(", ", columns);
  }

  private static Ruling allowed(List<Grant> grants, List<Set<String>> rows) {
    String reason =
        grants.stream().map(Grant::summary).collect(Collectors.joining("; ", "granted ", ""));
    return new Ruling(new Decision.Allowed(reason), grants, rows, Optional.empty());
  }

  private static Ruling refused(String reason, Grant missing) {
    return new Ruling(
        new Decision.Denied(
            reason, "whoever opened the lake can give it: security.grant(" + missing + ")"),
        List.of(),
        List.of(),
        Optional.of(missing));
  }

  private static Ruling refused(String reason, String remedy) {
    return new Ruling(new Decision.Denied(reason, remedy), List.of(), List.of(), Optional.empty());
  }
}
