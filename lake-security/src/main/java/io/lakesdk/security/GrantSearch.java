package io.lakesdk.security;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Narrows which grants to list. Each method gives a new search; {@link #list} runs it. From {@link
 * Security#grants()}.
 */
public final class GrantSearch {

  private final Wanted wanted;
  private final Function<Wanted, List<Grant>> run;

  /** For implementations of {@link Security}. */
  public GrantSearch(Function<Wanted, List<Grant>> run) {
    this(new Wanted(Optional.empty(), Optional.empty(), Optional.empty()), run);
  }

  private GrantSearch(Wanted wanted, Function<Wanted, List<Grant>> run) {
    this.wanted = Objects.requireNonNull(wanted, "wanted");
    this.run = Objects.requireNonNull(run, "run");
  }

  /**
   * What is searched for; each part that is empty admits every grant.
   *
   * @param principal whose
   * @param dataset grants of select on this dataset
   * @param zone grants on this zone
   */
  public record Wanted(
      Optional<Principal> principal, Optional<DatasetId> dataset, Optional<Zone> zone) {}

  /** Only the grants to this principal. */
  public GrantSearch to(Principal principal) {
    return new GrantSearch(
        new Wanted(Optional.of(principal), wanted.dataset(), wanted.zone()), run);
  }

  /** Only the grants of select on this dataset, given as {@code database.table}. */
  public GrantSearch on(String dataset) {
    return new GrantSearch(
        new Wanted(wanted.principal(), Optional.of(DatasetId.parse(dataset)), Optional.empty()),
        run);
  }

  /** Only the grants of read and write on this zone. */
  public GrantSearch on(Zone zone) {
    return new GrantSearch(
        new Wanted(wanted.principal(), Optional.empty(), Optional.of(zone)), run);
  }

  /**
   * The grants, in the order in which they were granted.
   *
   * @throws AccessDeniedException if another principal than the administrator wants the grants of
   *     somebody else
   */
  public List<Grant> list() {
    return run.apply(wanted);
  }
}
