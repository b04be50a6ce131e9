package io.lakesdk.security;

import com.google.common.collect.ImmutableSortedSet;
import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Primitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a principal may do. A value: {@link Security#grant} puts it in force.
 *
 * <pre>{@code
 * Grant.select("origin", "delay_minutes").on("aviation.flights").where("origin = 'SEA'").to(role);
 * Grant.select().on("sales.orders").to(user);
 * Grant.read().on(Zone.RAW).to(role);
 * Grant.use().on("analysts").to(role);
 * }</pre>
 *
 * <p>Several grants add up cell by cell: a principal sees a value where at least one grant has its
 * column and admits its row. READ on a zone includes SELECT of every dataset in it, all columns and
 * rows. WRITE does not include READ, and SELECT does not include READ of the dataset's files.
 */
public sealed interface Grant {

  Principal principal();

  /** Who may do what to what, without the values in a row filter: for messages and the audit. */
  String summary();

  /**
   * Rows and columns of a dataset.
   *
   * @param dataset which, whether it exists already or not
   * @param columns lower-case names in alphabetical order, or empty for all columns, those included
   *     that are added later
   * @param rows which rows, as {@link From#where} says, which checks it, and as {@link
   *     Security#grant} checks again; empty for all
   * @param principal who
   */
  record Select(
      DatasetId dataset, Optional<Set<String>> columns, Optional<String> rows, Principal principal)
      implements Grant {
    public Select {
      Objects.requireNonNull(dataset, "dataset");
      columns = columns.map(names -> columnNames(dataset, names));
      Objects.requireNonNull(rows, "rows");
      requireGrantable(principal);
    }

    @Override
    public String summary() {
      return "select "
          + columns.map(names -> "(" + String.join(", ", names) + ") ").orElse("")
          + "on "
          + dataset
          + (rows.isPresent() ? ", rows filtered," : "")
          + " to "
          + principal;
    }

    /** The code that makes it. */
    @Override
    public String toString() {
      return GrantCode.of(this);
    }
  }

  /**
   * All objects of a zone.
   *
   * @param action READ or WRITE
   * @param zone which
   * @param principal who
   */
  record OnZone(Action action, Zone zone, Principal principal) implements Grant {
    public OnZone {
      Objects.requireNonNull(zone, "zone");
      if (action != Action.READ && action != Action.WRITE) {
        throw new InvalidDefinitionException(
            "grant " + action + " on", Subject.zone(zone), "on a zone one grants READ or WRITE");
      }
      requireGrantable(principal);
    }

    @Override
    public String summary() {
      return action + " on zone " + zone + " to " + principal;
    }

    /** The code that makes it. */
    @Override
    public String toString() {
      return GrantCode.of(this);
    }
  }

  /**
   * Running statements in a workgroup of queries.
   *
   * @param workgroup its name, whether it exists already or not
   * @param principal who
   */
  record OnWorkgroup(String workgroup, Principal principal) implements Grant {
    public OnWorkgroup {
      Objects.requireNonNull(Resource.workgroup(workgroup), "workgroup");
      requireGrantable(principal);
    }

    @Override
    public String summary() {
      return Action.USE + " on workgroup " + workgroup + " to " + principal;
    }

    /** The code that makes it. */
    @Override
    public String toString() {
      return GrantCode.of(this);
    }
  }

  /** Starts a grant of all columns, those included that are added later. */
  static Columns select() {
    return new Columns(Optional.empty());
  }

  /** Starts a grant of these columns. Case does not matter. */
  static Columns select(String first, String... more) {
    List<String> names = new ArrayList<>();
    names.add(first);
    names.addAll(List.of(more));
    return new Columns(Optional.of(names));
  }

  /** Starts a grant of reading a zone's objects, and with them every dataset in it. */
  static Zones read() {
    return new Zones(Action.READ);
  }

  /**
   * Starts a grant of writing and deleting a zone's objects, and of registering, publishing,
   * rolling back and dropping its datasets.
   */
  static Zones write() {
    return new Zones(Action.WRITE);
  }

  /**
   * Starts a grant of running statements in a workgroup of queries. What they may read is granted
   * apart from it.
   */
  static Workgroups use() {
    return new Workgroups();
  }

  /** A grant that lacks its dataset. */
  final class Columns {
    private final Optional<List<String>> names;

    private Columns(Optional<List<String>> names) {
      this.names = names;
    }

    /** {@code dataset} is {@code database.table}. */
    public From on(String dataset) {
      DatasetId id = DatasetId.parse(dataset);
      return new From(id, names.map(given -> columnNames(id, given)));
    }
  }

  /** A grant that lacks its principal, and may be narrowed to some rows. */
  final class From {
    private final DatasetId dataset;
    private final Optional<Set<String>> columns;

    private From(DatasetId dataset, Optional<Set<String>> columns) {
      this.dataset = dataset;
      this.columns = columns;
    }

    /**
     * Only the rows for which this holds: comparisons of a column with a constant ({@code = <> < <=
     * > >= BETWEEN IN LIKE IS NULL}), joined by AND, OR and NOT, in Athena's SQL. The columns need
     * not be granted. Source: "PartiQL support in row filter expressions" in the Lake Formation
     * Developer Guide, which also gives the limit of 2,047 characters; dates and timestamps as
     * constants are taken in addition.
     *
     * @throws InvalidDefinitionException saying at which line and column it is something else
     */
    public Rows where(String filter) {
      return new Rows(this, RowFilter.checked(dataset, filter));
    }

    public Grant to(Principal principal) {
      return new Select(dataset, columns, Optional.empty(), principal);
    }
  }

  /** A grant of some rows that lacks its principal. */
  final class Rows {
    private final From from;
    private final String filter;

    private Rows(From from, String filter) {
      this.from = from;
      this.filter = filter;
    }

    public Grant to(Principal principal) {
      return new Select(from.dataset, from.columns, Optional.of(filter), principal);
    }
  }

  /** A grant that lacks its zone. */
  final class Zones {
    private final Action action;

    private Zones(Action action) {
      this.action = action;
    }

    public Place on(Zone zone) {
      return new Place(action, zone);
    }
  }

  /**
   * A grant on a zone that lacks its principal.
   *
   * @param action READ or WRITE
   * @param zone which
   */
  record Place(Action action, Zone zone) {
    public Place {
      Objects.requireNonNull(zone, "zone");
    }

    public Grant to(Principal principal) {
      return new OnZone(action, zone, principal);
    }
  }

  /** A grant that lacks its workgroup. */
  final class Workgroups {
    private Workgroups() {}

    public Group on(String workgroup) {
      return new Group(workgroup);
    }
  }

  /**
   * A grant on a workgroup that lacks its principal.
   *
   * @param workgroup its name
   */
  record Group(String workgroup) {
    public Grant to(Principal principal) {
      return new OnWorkgroup(workgroup, principal);
    }
  }

  private static Set<String> columnNames(DatasetId dataset, Collection<String> names) {
    if (names.isEmpty()) {
      throw new InvalidDefinitionException(
          "grant select on",
          Subject.dataset(dataset),
          "the list of columns is empty; name some, or write Grant.select() for all");
    }
    // The rules for names are those of Column, whatever the type is.
    return names.stream()
        .map(name -> Column.of(name, Primitive.STRING).name())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private static void requireGrantable(Principal principal) {
    Objects.requireNonNull(principal, "principal");
    if (principal.isAdministrator()) {
      throw new InvalidDefinitionException(
          "grant to",
          Subject.of(Subject.Kind.PRINCIPAL, principal.toString()),
          "whoever opened the lake may do everything; grant to a role or a user");
    }
  }
}
