package io.lakesdk.security.decision;

import io.lakesdk.Principal;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import java.util.function.Supplier;

/** Decides from the grants. */
final class GrantPolicy implements AccessPolicy {

  private final Supplier<Grants> grants;
  private final Runnable requireAudit;

  /**
   * @param grants those in force now
   * @param requireAudit throws where a decision could not be kept in the audit
   */
  GrantPolicy(Supplier<Grants> grants, Runnable requireAudit) {
    this.grants = grants;
    this.requireAudit = requireAudit;
  }

  @Override
  public Decision decide(AccessRequest request) {
    requireAudit.run();
    return Ruling.on(request, grants.get()).decision();
  }

  @Override
  public DatasetView view(Principal principal, Resource.OfDataset dataset) {
    return Ruling.view(grants.get(), principal, dataset.dataset(), dataset.zone());
  }
}
