package io.lakesdk.query.sql.analysis;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Resolves names to columns and to fields of rows. */
final class Names {

  /** Catalog, database, table and column. */
  private static final int MOST_PARTS = 4;

  private final Environment environment;
  private final Clause clause;

  Names(Environment environment, Clause clause) {
    this.environment = environment;
    this.clause = clause;
  }

  Typed resolve(Identifier node) {
    String name = node.getValue().toLowerCase(Locale.ROOT);
    Typed alias = clause.aliases().get(name);
    if (alias != null) {
      return alias;
    }
    return column(node, List.of(name)).orElseThrow(() -> unknown(node, node.getValue(), name));
  }

  private InvalidDefinitionException unknown(Expression node, Object name, String column) {
    // In a view these would be names that whoever asks has not written and may not see.
    Optional<Scope> scope =
        environment.views().isEmpty() ? Optional.of(clause.scope()) : Optional.empty();
    String likely =
        scope
            .flatMap(names -> names.likely(column))
            .map(meant -> "; did you mean " + meant + "?")
            .orElse(isQuoted(node) ? "; text is written in single quotes" : "");
    return Refusal.at(node, "Column '%s' cannot be resolved%s", name, likely);
  }

  private static boolean isQuoted(Expression node) {
    return node instanceof Identifier identifier && identifier.isDelimited();
  }

  Typed dereference(DereferenceExpression node, ExpressionAnalyzer expressions) {
    List<String> parts = parts(node);
    if (!parts.isEmpty()) {
      Optional<Typed> column = column(node, parts);
      if (column.isPresent()) {
        return column.get();
      }
      if (!startsWithColumn(parts)) {
        throw unknown(node, String.join(".", parts), parts.get(parts.size() - 1));
      }
    }
    Typed base = expressions.analyze(node.getBase());
    Identifier field =
        node.getField().orElseThrow(() -> Refusal.unsupported(node, "a reference to all fields"));
    if (!(base.type() instanceof SqlType.Row row)) {
      throw Refusal.at(node.getBase(), "Expression %s is not of type ROW", node.getBase());
    }
    List<Integer> matching = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      if (row.fields().get(i).name().filter(field.getValue()::equalsIgnoreCase).isPresent()) {
        matching.add(i);
      }
    }
    if (matching.size() != 1) {
      throw Refusal.at(
          field,
          matching.isEmpty()
              ? "Column '%s' cannot be resolved"
              : "Ambiguous row field reference: %s",
          field.getValue());
    }
    return field(base, row, matching.get(0));
  }

  /** A field of a row, counted from 0. */
  static Typed field(Typed base, SqlType.Row row, int field) {
    String sql = "struct_extract(" + base.sql() + ", " + Sql.text(row.duckName(field)) + ")";
    return Typed.of(sql, row.fields().get(field).type(), base);
  }

  /** The parts of a name, or none if it is something else that has fields. */
  private static List<String> parts(DereferenceExpression node) {
    Deque<String> parts = new ArrayDeque<>();
    Expression rest = node;
    while (rest instanceof DereferenceExpression inner && inner.getField().isPresent()) {
      parts.addFirst(inner.getField().get().getValue().toLowerCase(Locale.ROOT));
      rest = inner.getBase();
    }
    if (!(rest instanceof Identifier first)) {
      return List.of();
    }
    parts.addFirst(first.getValue().toLowerCase(Locale.ROOT));
    return List.copyOf(parts);
  }

  private boolean startsWithColumn(List<String> parts) {
    return IntStream.range(1, Math.min(parts.size(), MOST_PARTS + 1))
        .anyMatch(length -> clause.scope().find(parts.subList(0, length)).isPresent());
  }

  private Optional<Typed> column(Expression node, List<String> parts) {
    Optional<Scope.Found> found =
        parts.size() > MOST_PARTS ? Optional.empty() : clause.scope().find(parts);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get().fields().size() > 1) {
      throw Refusal.at(node, "Column '%s' is ambiguous", String.join(".", parts));
    }
    Typed value = found.get().fields().get(0).value();
    value.origin().ifPresent(origin -> environment.reading(origin.token()).use(origin.column()));
    if (found.get().level() > 0) {
      found.get().scope().recordOuterReference(value.sql(), node);
    } else if (clause.keys().isPresent() && !value.has(Typed.Trait.PARAMETER)) {
      return Optional.of(value.withUngrouped(Optional.of(node)));
    }
    return Optional.of(value);
  }
}
