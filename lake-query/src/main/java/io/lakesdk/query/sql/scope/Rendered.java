package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query, rendered.
 *
 * @param sql without parentheses around it
 * @param outputs the columns of its result
 * @param tokens of the tables that it reads in its own FROM
 */
public record Rendered(String sql, List<Output> outputs, Set<String> tokens) {

  public Rendered {
    outputs = List.copyOf(outputs);
    tokens = Set.copyOf(tokens);
  }

  /** The same rows with columns of these types. */
  public Rendered coercedTo(List<SqlType> types, Environment environment) {
    if (outputs.stream().map(Output::type).toList().equals(types)) {
      return this;
    }
    String relation = Sql.name(environment.uniqueName("r"));
    List<String> items = new ArrayList<>();
    List<Output> coerced = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Output output = outputs.get(i);
      Typed value = Typed.name(relation + "." + Sql.name(output.alias()), output.type());
      Typed cast = Casts.coerce(value, types.get(i));
      items.add(cast.sql() + " AS " + Sql.name(output.alias()));
      coerced.add(new Output(output.name(), output.alias(), types.get(i), Optional.empty()));
    }
    String select = "SELECT " + Sql.list(items) + " FROM (" + sql + ") AS " + relation;
    return new Rendered(select, coerced, tokens);
  }

  /** Distinct names for columns in the rendered query, near to what they are called. */
  public static List<String> aliases(List<Optional<String>> names) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> repeated = new HashMap<>();
    List<String> aliases = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String wanted = names.get(i).orElse("_col" + i);
      String alias = wanted;
      while (!taken.add(alias.toLowerCase(Locale.ROOT))) {
        alias = wanted + "_" + repeated.merge(wanted, 1, Integer::sum);
      }
      aliases.add(alias);
    }
    return aliases;
  }
}
