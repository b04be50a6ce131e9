package io.lakesdk.access;

import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks the lake's policy on behalf of one principal, and tells the listeners every decision. Layers
 * get it from {@code lake.access()}.
 */
public final class AccessControl {

  private static final Decision ADMINISTRATOR = new Decision.Allowed("opened the lake");
  private static final Decision NO_POLICY =
      new Decision.Denied(
          "no grants are in force in this lake",
          "open lake-security with Security.of(lake) and grant what is wanted");

  private final Principal principal;
  private final Supplier<Optional<AccessPolicy>> policy;
  private final Consumer<AccessDecided> audience;

  public AccessControl(
      Principal principal,
      Supplier<Optional<AccessPolicy>> policy,
      Consumer<AccessDecided> audience) {
    this.principal = principal;
    this.policy = policy;
    this.audience = audience;
  }

  /**
   * What was asked and answered.
   *
   * @param request the question
   * @param decision the answer
   */
  public record AccessDecided(AccessRequest request, Decision decision) {}

  /** Whether the principal may; every call is one decision in the audit. */
  public Decision decide(Action action, Resource resource, Collection<String> columns) {
    AccessRequest request = new AccessRequest(principal, action, resource, Set.copyOf(columns));
    Decision decision =
        principal.isAdministrator()
            ? ADMINISTRATOR
            : policy.get().map(p -> p.decide(request)).orElse(NO_POLICY);
    audience.accept(new AccessDecided(request, decision));
    return decision;
  }

  /**
   * Asks, and goes on only if the principal may.
   *
   * @throws AccessDeniedException naming the grant that is missing, if the principal may not
   */
  public void require(Action action, Resource resource, Collection<String> columns) {
    if (decide(action, resource, columns) instanceof Decision.Denied denied) {
      throw new AccessDeniedException(
          action.toString(), resource.subject(), denied.reason() + "; " + denied.remedy());
    }
  }

  /** {@link #require(Action, Resource, Collection)} for a request that has no columns. */
  public void require(Action action, Resource resource) {
    require(action, resource, Set.of());
  }

  /**
   * The part of a dataset that the principal may see. Not a decision: what is then done with the
   * dataset asks {@link #decide} with the columns that it refers to.
   */
  public DatasetView view(Resource.OfDataset dataset) {
    return principal.isAdministrator()
        ? DatasetView.everything()
        : policy.get().map(p -> p.view(principal, dataset)).orElse(DatasetView.nothing());
  }
}
