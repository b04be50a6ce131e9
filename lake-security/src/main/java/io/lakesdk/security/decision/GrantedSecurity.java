package io.lakesdk.security.decision;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Primitive;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.AuditSearch;
import io.lakesdk.security.Explanation;
import io.lakesdk.security.Grant;
import io.lakesdk.security.GrantSearch;
import io.lakesdk.security.RowFilter;
import io.lakesdk.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Security from what the keepers of grants and audit hold. For implementations, which bring the
 * keepers.
 */
public abstract class GrantedSecurity implements Security {

  private final Lake lake;
  private final SecurityState state;

  protected GrantedSecurity(Lake lake, SecurityState state) {
    this.lake = lake;
    this.state = state;
  }

  @Override
  public final void grant(Grant grant) {
    requireAdministrator(new Resource.OfGrant(grant.summary()));
    if (grant instanceof Grant.Select select) {
      select.rows().ifPresent(filter -> RowFilter.checked(select.dataset(), filter));
    }
    state.grants().add(grant, change -> note(grant, change));
  }

  @Override
  public final void revoke(Grant grant) {
    requireAdministrator(new Resource.OfGrant(grant.summary()));
    if (!state.grants().remove(grant, change -> note(grant, change))) {
      throw new NotFoundException(
          "revoke",
          Subject.of(Subject.Kind.GRANT, grant.summary()),
          "it was not granted; security.grants().list() shows what was");
    }
  }

  /** What the audit keeps of a change of the grants. */
  private AuditKeeper.Numbered note(Grant grant, String change) {
    Optional<DatasetId> dataset =
        grant instanceof Grant.Select select ? Optional.of(select.dataset()) : Optional.empty();
    Optional<Zone> zone =
        grant instanceof Grant.OnZone onZone ? Optional.of(onZone.zone()) : Optional.empty();
    AuditEntry entry =
        new AuditEntry(
            lake.clock().instant(),
            lake.principal(),
            Action.ADMINISTER,
            Subject.of(Subject.Kind.GRANT, grant.summary()),
            zone,
            Set.of(),
            true,
            change);
    return state.trail().number(entry, dataset);
  }

  @Override
  public final GrantSearch grants() {
    return new GrantSearch(this::list);
  }

  private List<Grant> list(GrantSearch.Wanted wanted) {
    Principal asking = lake.principal();
    if (asking.isAdministrator()) {
      List<Grant> found = state.grants().current().list(wanted);
      noteReading();
      return found;
    }
    if (!wanted.principal().orElse(asking).equals(asking)) {
      requireAdministrator();
    }
    return state
        .grants()
        .current()
        .list(new GrantSearch.Wanted(Optional.of(asking), wanted.dataset(), wanted.zone()));
  }

  @Override
  public final Explanation explain(
      Principal principal, Action action, String resource, String... columns) {
    Set<String> names =
        Stream.of(columns)
            .map(name -> Column.of(name, Primitive.STRING).name())
            .collect(Collectors.toUnmodifiableSet());
    if (action != Action.SELECT) {
      Resource named =
          switch (action) {
            case ADMINISTER -> new Resource.OfLake(lake.name());
            case USE -> Resource.workgroup(resource);
            case SELECT, READ, WRITE -> Resource.zone(zone(action, resource));
          };
      return explain(new AccessRequest(principal, action, named, names));
    }
    DatasetId dataset = DatasetId.parse(resource);
    requireMayAskAbout(principal);
    Grants grants = state.grants().current();
    Ruling ruling =
        principal.isAdministrator()
            ? Ruling.administrator()
            : Ruling.select(principal, dataset, Optional.empty(), names, grants);
    boolean everything = ruling.decision().isAllowed() && ruling.rows().isEmpty();
    return explanation(
        new Explained(principal, action, Subject.dataset(dataset), names),
        ruling,
        everything ? Set.of() : grants.readable(principal));
  }

  @Override
  public final Explanation explain(AccessRequest request) {
    requireMayAskAbout(request.principal());
    Ruling ruling =
        request.principal().isAdministrator()
            ? Ruling.administrator()
            : Ruling.on(request, state.grants().current());
    return explanation(
        new Explained(
            request.principal(), request.action(), request.resource().subject(), request.columns()),
        ruling,
        Set.of());
  }

  private record Explained(
      Principal principal, Action action, Subject resource, Set<String> columns) {}

  private static Explanation explanation(Explained asked, Ruling ruling, Set<Zone> unless) {
    return new Explanation(
        asked.principal(),
        asked.action(),
        asked.resource().toString(),
        asked.columns(),
        ruling.decision(),
        ruling.grants(),
        ruling.rows(),
        ruling.missing().stream().toList(),
        unless);
  }

  private static Zone zone(Action action, String name) {
    if (name.contains(".")) {
      throw new InvalidDefinitionException(
          "explain " + action + " on",
          Subject.dataset(name),
          action + " is granted on zones; name the zone that the dataset lives in");
    }
    return Zone.named(name);
  }

  @Override
  public final AuditSearch audit() {
    if (!lake.principal().isAdministrator()) {
      requireAdministrator();
    }
    return new AuditSearch(this::list);
  }

  private List<AuditEntry> list(AuditSearch.Wanted wanted) {
    state.trail().flush();
    List<AuditEntry> found = state.audit().list(wanted);
    noteReading();
    return found;
  }

  private void requireMayAskAbout(Principal principal) {
    if (lake.principal().isAdministrator()) {
      noteReading();
    } else if (!lake.principal().equals(principal)) {
      requireAdministrator(new Resource.OfLake(lake.name()));
    }
  }

  /** Refuses everybody but whoever opened the lake. */
  protected final void requireAdministrator() {
    requireAdministrator(new Resource.OfLake(lake.name()));
  }

  private void requireAdministrator(Resource resource) {
    if (!lake.principal().isAdministrator()) {
      lake.access().require(Action.ADMINISTER, resource);
    }
  }

  /** The administrator's reading is in the audit too, after what it found there. */
  private void noteReading() {
    lake.access().decide(Action.ADMINISTER, new Resource.OfLake(lake.name()), Set.of());
  }
}
