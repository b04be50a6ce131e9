package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something in FROM.
 *
 * @param sql as it stands after FROM
 * @param fields the columns that it gives
 * @param tokens of the tables that it reads
 */
public record Relation(String sql, List<Field> fields, Set<String> tokens) {

  public Relation {
    fields = List.copyOf(fields);
    tokens = Set.copyOf(tokens);
  }

  /** A query in FROM, under a name of its own. */
  public static Relation of(Rendered query, String prefix, Environment environment) {
    String name = Sql.name(environment.uniqueName("r"));
    return new Relation(
        prefix + "(" + query.sql() + ") AS " + name,
        fields(name, List.of(), query.outputs()),
        query.tokens());
  }

  public static List<Field> fields(String relation, List<String> qualifier, List<Output> outputs) {
    List<Field> fields = new ArrayList<>();
    for (Output output : outputs) {
      Typed value = Typed.name(relation + "." + Sql.name(output.alias()), output.type());
      Typed known = output.origin().map(value::withOrigin).orElse(value);
      fields.add(new Field(qualifier, output.name(), known, true));
    }
    return fields;
  }

  /** The relation under an alias, perhaps with other names for its columns. */
  public Relation aliased(String alias, List<String> columns) {
    List<Field> renamed = new ArrayList<>();
    int next = 0;
    for (Field field : fields) {
      boolean named = field.listed() && next < columns.size();
      renamed.add(
          field.requalified(alias, named ? Optional.of(columns.get(next)) : Optional.empty()));
      next += field.listed() ? 1 : 0;
    }
    return new Relation(sql, renamed, tokens);
  }

  public static Set<String> union(Set<String> left, Set<String> right) {
    Set<String> all = new HashSet<>(left);
    all.addAll(right);
    return all;
  }
}
