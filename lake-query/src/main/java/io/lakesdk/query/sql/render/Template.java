package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of SQL with places for expressions: {@code {0}}, {@code {1}} and so on, {@code {*}} for
 * all of them with commas, {@code {result}} for the DuckDB type of the result, {@code {a}}, {@code
 * {b}} and so on for texts that {@link #with} gives. An expression that stands in more than one
 * place is evaluated once. What is put in is not searched for places, but the pattern is: it must
 * be a constant of the program, without anything of a statement in it.
 */
public final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{(\\d+|[a-z]|\\*|result)}");

  private final String pattern;
  private final boolean repeats;
  private final List<String> texts;

  private Template(String pattern, List<String> texts) {
    this.pattern = pattern;
    this.texts = texts;
    List<String> places = new ArrayList<>();
    Matcher place = PLACE.matcher(pattern);
    while (place.find()) {
      if (Character.isDigit(place.group(1).charAt(0)) || place.group(1).equals("*")) {
        places.add(place.group(1));
      }
    }
    this.repeats = places.stream().distinct().count() < places.size() || places.contains("*");
  }

  public static Template of(String pattern) {
    return new Template(pattern, List.of());
  }

  /** The pattern with these texts for {@code {a}}, {@code {b}} and so on. */
  public Template with(String... values) {
    return new Template(pattern, List.of(values));
  }

  /** The pattern with these expressions in place. */
  public Typed fill(List<Typed> arguments, SqlType result) {
    return repeats
        ? Binding.of(arguments, result, names -> put(names, result))
        : Typed.of(put(arguments.stream().map(Typed::sql).toList(), result), result, arguments);
  }

  private String put(List<String> arguments, SqlType result) {
    return PLACE
        .matcher(pattern)
        .replaceAll(place -> Matcher.quoteReplacement(at(place.group(1), arguments, result)));
  }

  private String at(String place, List<String> arguments, SqlType result) {
    char first = place.charAt(0);
    if (Character.isDigit(first)) {
      return arguments.get(Integer.parseInt(place));
    }
    return switch (place) {
      case "*" -> String.join(", ", arguments);
      case "result" -> result.duckType();
      default -> texts.get(first - 'a');
    };
  }
}
