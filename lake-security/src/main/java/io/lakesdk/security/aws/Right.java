package io.lakesdk.security.aws;

import com.google.common.collect.ImmutableSet;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.error.Subject;
import io.lakesdk.security.Grant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What Lake Formation gives to one role. Grants overlap, rights do not: Lake Formation keeps one
 * set of columns for each role and table, whatever grants they came from, so what is to be given or
 * taken is the difference of what all grants amount to.
 */
sealed interface Right {

  /** The ARN of the role. */
  String role();

  /** What it is on. */
  Subject subject();

  /** SELECT on all columns of a table, those that come later too. */
  record OnTable(String role, DatasetId dataset) implements Right {
    @Override
    public Subject subject() {
      return Subject.dataset(dataset);
    }
  }

  /** SELECT on some columns of a table. */
  record OnColumns(String role, DatasetId dataset, ImmutableSet<String> columns) implements Right {
    @Override
    public Subject subject() {
      return Subject.dataset(dataset);
    }
  }

  /** SELECT on some rows of a table. */
  record OnCells(String role, Grant.Select grant) implements Right {
    @Override
    public Subject subject() {
      return Subject.dataset(grant.dataset());
    }
  }

  /** Keeping tables at a location. */
  record OnLocation(String role, Zone zone) implements Right {
    @Override
    public Subject subject() {
      return Subject.zone(zone);
    }
  }

  /**
   * What these grants amount to. READ on a zone is none: Lake Formation knows no right to objects
   * nor to all tables of a location. Neither is USE of a workgroup, which is a matter of IAM, nor
   * SELECT on a table of a federated source, which it does not know.
   *
   * @param role the ARN of a grant's role
   */
  static Set<Right> of(List<Grant> grants, Function<Grant, String> role) {
    Set<Right> rights = new LinkedHashSet<>();
    for (Grant grant : grants) {
      String who = role.apply(grant);
      if (grant instanceof Grant.OnZone onZone) {
        if (onZone.action() == Action.WRITE) {
          rights.add(new OnLocation(who, onZone.zone()));
        }
      } else if (grant instanceof Grant.Select select && !select.dataset().isFederated()) {
        if (select.rows().isPresent()) {
          rights.add(new OnCells(who, select));
        } else if (select.columns().isEmpty()) {
          rights.add(new OnTable(who, select.dataset()));
        } else {
          for (String column : select.columns().get()) {
            rights.add(new OnColumns(who, select.dataset(), ImmutableSet.of(column)));
          }
        }
      }
    }
    rights.removeIf(
        right ->
            right instanceof OnColumns some
                && rights.contains(new OnTable(some.role(), some.dataset())));
    return rights;
  }

  /** Those of the one that the other has not, with the columns of one role and table together. */
  static List<Right> difference(Set<Right> one, Set<Right> other) {
    Set<Right> rest = new LinkedHashSet<>(one);
    rest.removeAll(other);
    Map<OnTable, Set<String>> columns = new LinkedHashMap<>();
    Set<Right> others = new LinkedHashSet<>();
    for (Right right : rest) {
      if (right instanceof OnColumns some) {
        columns
            .computeIfAbsent(new OnTable(some.role(), some.dataset()), t -> new TreeSet<>())
            .addAll(some.columns());
      } else {
        others.add(right);
      }
    }
    columns.forEach(
        (table, names) ->
            others.add(new OnColumns(table.role(), table.dataset(), ImmutableSet.copyOf(names))));
    return List.copyOf(others);
  }
}
