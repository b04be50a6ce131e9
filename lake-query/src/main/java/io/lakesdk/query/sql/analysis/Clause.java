package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.NamedQueries;
import io.lakesdk.query.sql.scope.Scope;
import io.trino.sql.tree.WindowSpecification;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an expression stands: what it can name, and what is grouped there.
 *
 * @param scope the columns that it can name
 * @param tables the queries of WITH that subqueries in it can name
 * @param keys the rendered grouping expressions, where the query groups
 * @param aliases the select items that can be named before columns, as in ORDER BY
 * @param windows the windows of the WINDOW clause
 */
record Clause(
    Scope scope,
    NamedQueries tables,
    Optional<Set<String>> keys,
    Map<String, Typed> aliases,
    Map<String, WindowSpecification> windows) {

  static Clause of(Scope scope, NamedQueries tables) {
    return new Clause(scope, tables, Optional.empty(), Map.of(), Map.of());
  }

  /** Inside an aggregate, where nothing is grouped yet. */
  Clause ungrouped() {
    return new Clause(scope, tables, Optional.empty(), Map.of(), windows);
  }

  Clause in(Scope other) {
    return new Clause(other, tables, keys, aliases, windows);
  }

  Clause grouped(Set<String> by) {
    return new Clause(scope, tables, Optional.of(by), aliases, windows);
  }

  Clause withAliases(Map<String, Typed> items) {
    return new Clause(scope, tables, keys, items, windows);
  }
}
