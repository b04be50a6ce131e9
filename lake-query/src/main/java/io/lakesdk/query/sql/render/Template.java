package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of SQL with places for expressions: {@code {0}}, {@code {1}} and so on, {@code {*}} for
 * all of them with commas, {@code {result}} for the DuckDB type of the result. An expression that
 * stands in more than one place is evaluated once.
 */
public final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{(\\d+|\\*|result)}");

  private static final Pattern VARIABLE = Pattern.compile("lambda let(\\d+):");

  private final String pattern;
  private final boolean repeats;

  private Template(String pattern) {
    this.pattern = pattern;
    List<String> places = new ArrayList<>();
    Matcher place = PLACE.matcher(pattern);
    while (place.find()) {
      places.add(place.group(1));
    }
    this.repeats =
        places.stream().filter(name -> !name.equals("result")).distinct().count()
            < places.stream().filter(name -> !name.equals("result")).count();
  }

  public static Template of(String pattern) {
    return new Template(pattern);
  }

  /** The pattern with these expressions in place. */
  public Typed fill(List<Typed> arguments, SqlType result) {
    boolean bind =
        repeats && arguments.stream().anyMatch(argument -> !argument.has(Typed.Trait.SIMPLE));
    if (!bind) {
      return Typed.of(put(arguments.stream().map(Typed::sql).toList(), result), result, arguments);
    }
    List<String> names = new ArrayList<>();
    StringBuilder fields = new StringBuilder();
    // Distinct from the variables of an enclosing binding, which may occur in the arguments.
    String variable = variable(arguments);
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
            + put(names, result)
            + ")[1]";
    return Typed.of(sql, result, arguments);
  }

  private String variable(List<Typed> arguments) {
    int depth = 0;
    List<String> texts = new ArrayList<>(arguments.stream().map(Typed::sql).toList());
    texts.add(pattern);
    for (String text : texts) {
      Matcher inner = VARIABLE.matcher(text);
      while (inner.find()) {
        depth = Math.max(depth, Integer.parseInt(inner.group(1)) + 1);
      }
    }
    return "let" + depth;
  }

  private String put(List<String> arguments, SqlType result) {
    return PLACE
        .matcher(pattern)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    switch (place.group(1)) {
                      case "*" -> arguments.stream().collect(Collectors.joining(", "));
                      case "result" -> result.duckType();
                      default -> arguments.get(Integer.parseInt(place.group(1)));
                    }));
  }
}
