package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives expressions names, so that SQL can mention them several times while they are written and
 * evaluated once. DuckDB has no such thing; a lambda over a list of one element does it.
 */
public final class Binding {

  private static final Pattern VARIABLE = Pattern.compile("lake_let(\\d{1,4})\\b");

  private Binding() {}

  /**
   * SQL that may mention each argument as often as it likes.
   *
   * @param body gets for each argument what to write for it
   */
  public static Typed of(
      List<Typed> arguments, SqlType result, Function<List<String>, String> body) {
    if (arguments.stream().allMatch(Binding::isRepeatable)) {
      return Typed.of(body.apply(arguments.stream().map(Typed::sql).toList()), result, arguments);
    }
    String variable = variable(arguments);
    List<String> names = new ArrayList<>();
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      Typed argument = arguments.get(i);
      if (argument.constant().isPresent() || argument.has(Typed.Trait.LAMBDA)) {
        names.add(argument.sql());
      } else {
        fields.append(fields.isEmpty() ? "" : ", ").append("a").append(i).append(" := ");
        fields.append(argument.sql());
        names.add(variable + ".a" + i);
      }
    }
    String sql =
        "list_transform([struct_pack("
            + fields
            + ")], lambda "
            + variable
            + ": "
            + body.apply(names)
            + ")[1]";
    return Typed.of(sql, result, arguments);
  }

  private static boolean isRepeatable(Typed argument) {
    return argument.has(Typed.Trait.SIMPLE) || argument.has(Typed.Trait.LAMBDA);
  }

  /** A name that does not hide one that occurs in the arguments. */
  private static String variable(List<Typed> arguments) {
    int depth = 0;
    for (Typed argument : arguments) {
      Matcher inner = VARIABLE.matcher(argument.sql());
      while (inner.find()) {
        depth = Math.max(depth, Integer.parseInt(inner.group(1)) + 1);
      }
    }
    return "lake_let" + depth;
  }
}
