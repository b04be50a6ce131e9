package io.lakesdk.security;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Narrows which decisions to list. Each method gives a new search that asks for more; {@link #list}
 * runs it. From {@link Security#audit()}.
 */
public final class AuditSearch {

  private static final int DEFAULT_LIMIT = 1_000;

  private final Wanted wanted;
  private final Function<Wanted, List<AuditEntry>> run;

  /** For implementations of {@link Security}. */
  public AuditSearch(Function<Wanted, List<AuditEntry>> run) {
    this(new Parts().wanted(), run);
  }

  private AuditSearch(Wanted wanted, Function<Wanted, List<AuditEntry>> run) {
    this.wanted = wanted;
    this.run = Objects.requireNonNull(run, "run");
  }

  /**
   * What is searched for; each part that is empty admits every entry.
   *
   * @param since not before
   * @param until before
   * @param principal who asked
   * @param action what for
   * @param dataset about this dataset
   * @param zone about this zone, or a dataset or an object in it
   * @param name what the name of the resource contains, in any case
   * @param allowed the answer
   * @param limit at most so many
   */
  public record Wanted(
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<Principal> principal,
      Optional<Action> action,
      Optional<DatasetId> dataset,
      Optional<Zone> zone,
      Optional<String> name,
      Optional<Boolean> allowed,
      int limit) {}

  /** Only decisions at or after this time. */
  public AuditSearch since(Instant time) {
    return with(parts -> parts.since = Optional.of(time));
  }

  /** Only decisions before this time. */
  public AuditSearch until(Instant time) {
    return with(parts -> parts.until = Optional.of(time));
  }

  /** Only what this principal asked. */
  public AuditSearch by(Principal principal) {
    return with(parts -> parts.principal = Optional.of(principal));
  }

  /** Only what was asked for this. */
  public AuditSearch action(Action action) {
    return with(parts -> parts.action = Optional.of(action));
  }

  /** Only what concerns this dataset, given as {@code database.table}, or grants on it. */
  public AuditSearch on(String dataset) {
    DatasetId id = DatasetId.parse(dataset);
    return with(parts -> parts.dataset = Optional.of(id));
  }

  /** Only what concerns this zone, a dataset or an object in it, or grants on it. */
  public AuditSearch on(Zone zone) {
    return with(parts -> parts.zone = Optional.of(zone));
  }

  /** Only resources whose name contains this, in any case. */
  public AuditSearch named(String text) {
    return with(parts -> parts.name = Optional.of(text));
  }

  public AuditSearch allowed() {
    return with(parts -> parts.allowed = Optional.of(true));
  }

  public AuditSearch denied() {
    return with(parts -> parts.allowed = Optional.of(false));
  }

  /** At most so many, the newest; 1,000 unless told otherwise. */
  public AuditSearch limit(int entries) {
    if (entries < 1) {
      throw new InvalidDefinitionException(
          "search the audit with", Subject.option("limit"), "it is 1 or more");
    }
    return with(parts -> parts.limit = entries);
  }

  /**
   * The entries, the newest first. Everything that this process decided before is among them.
   *
   * @throws UnavailableException if decisions taken before could not be written yet
   */
  public List<AuditEntry> list() {
    return run.apply(wanted);
  }

  private AuditSearch with(Consumer<Parts> change) {
    Parts parts = new Parts(wanted);
    change.accept(parts);
    return new AuditSearch(parts.wanted(), run);
  }

  private static final class Parts {
    private Optional<Instant> since = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private Optional<Principal> principal = Optional.empty();
    private Optional<Action> action = Optional.empty();
    private Optional<DatasetId> dataset = Optional.empty();
    private Optional<Zone> zone = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<Boolean> allowed = Optional.empty();
    private int limit = DEFAULT_LIMIT;

    Parts() {}

    Parts(Wanted from) {
      since = from.since();
      until = from.until();
      principal = from.principal();
      action = from.action();
      dataset = from.dataset();
      zone = from.zone();
      name = from.name();
      allowed = from.allowed();
      limit = from.limit();
    }

    Wanted wanted() {
      return new Wanted(since, until, principal, action, dataset, zone, name, allowed, limit);
    }
  }
}
