package io.lakesdk.query.sql.scope;

import io.trino.sql.tree.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns that expressions of a query can name, and those of the queries around it. */
public final class Scope {

  /** Nothing to name. */
  public static Scope empty(Optional<Scope> parent) {
    return new Scope(List.of(), parent);
  }

  private final List<Field> fields;
  private final Optional<Scope> parent;

  /** References from subqueries to columns of this scope, by their SQL. */
  private final Map<String, Expression> outerReferences = new LinkedHashMap<>();

  public Scope(List<Field> fields, Optional<Scope> parent) {
    this.fields = List.copyOf(fields);
    this.parent = parent;
  }

  public List<Field> fields() {
    return fields;
  }

  public Optional<Scope> parent() {
    return parent;
  }

  /** Where a name leads: how many queries outwards, and to which columns there. */
  public record Found(int level, Scope scope, List<Field> fields) {}

  /** The nearest scope that has columns of this name. */
  public Optional<Found> find(List<String> parts) {
    int level = 0;
    Optional<Scope> scope = Optional.of(this);
    while (scope.isPresent()) {
      List<Field> matching =
          scope.get().fields.stream().filter(field -> field.matches(parts)).toList();
      if (!matching.isEmpty()) {
        return Optional.of(new Found(level, scope.get(), matching));
      }
      scope = scope.get().parent;
      level++;
    }
    return Optional.empty();
  }

  /** The name of the visible column that a misspelled one most likely meant. */
  public Optional<String> likely(String column) {
    List<String> names =
        fields.stream().filter(Field::listed).flatMap(field -> field.name().stream()).toList();
    Optional<String> likely = Spelling.nearest(column, names);
    return likely.isPresent() ? likely : parent.flatMap(outer -> outer.likely(column));
  }

  public void recordOuterReference(String sql, Expression expression) {
    outerReferences.putIfAbsent(sql, expression);
  }

  public void forgetOuterReferences() {
    outerReferences.clear();
  }

  public Map<String, Expression> outerReferences() {
    return outerReferences;
  }
}
