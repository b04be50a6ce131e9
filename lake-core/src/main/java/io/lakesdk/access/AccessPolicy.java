package io.lakesdk.access;

import io.lakesdk.Principal;

/**
 * Decides what principals may do. The administrator is never asked about. A lake without a policy
 * refuses everybody else everything; lake-security brings the policy of grants.
 *
 * <p>Implementations are thread-safe, and answer from the grants as they are at the moment of the
 * question.
 */
public interface AccessPolicy {

  /** Whether the request is granted. Must not throw for lack of a grant. */
  Decision decide(AccessRequest request);

  /** The part of a dataset that the principal may see; {@link DatasetView#nothing()} if none. */
  DatasetView view(Principal principal, Resource.OfDataset dataset);
}
