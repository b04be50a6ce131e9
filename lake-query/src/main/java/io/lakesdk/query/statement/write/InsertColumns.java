package io.lakesdk.query.statement.write;

import io.lakesdk.Dataset;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.schema.Column;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Insert;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the columns of a query become those of the table that it is inserted into: by their place, as
 * types that have something in common, cast as CAST does. Text that is too long is an error, and
 * columns that are not named are NULL. Source: {@code StatementAnalyzer.visitInsert} and {@code
 * LogicalPlanner.noTruncationCast} of Trino 435.
 */
public final class InsertColumns {

  private final Insert tree;
  private final List<Column> all;
  private final List<Column> named;

  /**
   * @throws InvalidDefinitionException if the statement names a column that is not there, or twice
   */
  public InsertColumns(Dataset table, Insert tree) {
    this.tree = tree;
    this.all = table.columns().columns();
    this.named = tree.getColumns().map(this::find).orElse(all);
  }

  private List<Column> find(List<Identifier> names) {
    Set<Column> found = new LinkedHashSet<>();
    for (Identifier name : names) {
      String lower = name.getValue().toLowerCase(Locale.ROOT);
      Column column =
          all.stream()
              .filter(one -> one.name().equals(lower))
              .findFirst()
              .orElseThrow(
                  () ->
                      Refusal.at(
                          name, "Insert column name does not exist in target table: %s", lower));
      if (!found.add(column)) {
        throw Refusal.at(name, "Insert column name is specified more than once: %s", lower);
      }
    }
    return List.copyOf(found);
  }

  /**
   * What is written.
   *
   * @param query the columns of the query
   * @throws InvalidDefinitionException if they are not as many, or of other types
   */
  public List<PlannedQuery.Written> from(List<OutputColumn> query) {
    if (query.size() != named.size()) {
      throw mismatch(query);
    }
    List<PlannedQuery.Written> written = new ArrayList<>();
    for (int i = 0; i < query.size(); i++) {
      Typed value = PlannedQuery.column(i, query.get(i).type());
      Column column = named.get(i);
      written.add(
          new PlannedQuery.Written(
              column.name(),
              stored(value, SqlTypes.of(column.type())).orElseThrow(() -> mismatch(query))));
    }
    for (Column column : all) {
      if (!named.contains(column)) {
        written.add(
            new PlannedQuery.Written(
                column.name(), Typed.constant("NULL", SqlType.Simple.UNKNOWN, null)));
      }
    }
    return written;
  }

  private static Optional<Typed> stored(Typed value, SqlType type) {
    if (Coercions.common(value.type(), type).isEmpty()) {
      return Optional.empty();
    }
    // Whether a text fits is told by its length, which CAST would cut.
    return Coercions.isText(type) && value.type() != SqlType.Simple.UNKNOWN
        ? Optional.of(value)
        : Casts.cast(value, type);
  }

  private InvalidDefinitionException mismatch(List<OutputColumn> query) {
    return Refusal.at(
        tree,
        "Insert query has mismatched column types: Table: %s, Query: %s",
        named.stream().map(column -> SqlTypes.of(column.type())).toList(),
        query.stream().map(OutputColumn::type).toList());
  }
}
