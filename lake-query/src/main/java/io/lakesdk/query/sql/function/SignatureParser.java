package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads signatures; their notation is the project's own, so that errors are mistakes in a table.
 */
final class SignatureParser {

  private final String text;
  private int position;

  SignatureParser(String text) {
    this.text = text;
  }

  Signature parse() {
    String name = word();
    List<Pattern> parameters = new ArrayList<>();
    boolean variadic = false;
    expect('(');
    while (!skip(')')) {
      parameters.add(pattern());
      if (text.startsWith("...", position)) {
        position += 3;
        variadic = true;
      }
      skip(',');
    }
    Pattern result = pattern();
    if (position != text.length()) {
      throw wrong();
    }
    return new Signature(name, List.copyOf(parameters), variadic, result);
  }

  private Pattern pattern() {
    String word = word();
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0))) {
      return new Pattern.Variable(word);
    }
    return switch (word) {
      case "array" -> new Pattern.ArrayOf(parts().get(0));
      case "map" -> {
        List<Pattern> entry = parts();
        yield new Pattern.MapFrom(entry.get(0), entry.get(1));
      }
      case "row" -> new Pattern.RowOf(List.copyOf(parts()));
      case "function" -> {
        List<Pattern> parts = parts();
        int last = parts.size() - 1;
        yield new Pattern.Lambda(List.copyOf(parts.subList(0, last)), parts.get(last));
      }
      case "interval_day" -> new Pattern.Fixed(Simple.INTERVAL_DAY_TO_SECOND);
      case "interval_year" -> new Pattern.Fixed(Simple.INTERVAL_YEAR_TO_MONTH);
      case "timestamptz" -> sized("timestamp with time zone");
      case "varchar", "char", "decimal", "time", "timestamp" -> sized(word);
      default -> new Pattern.Fixed(simple(word));
    };
  }

  private Pattern sized(String base) {
    if (!skip('(')) {
      return switch (base) {
        case "varchar" -> new Pattern.Fixed(new SqlType.Varchar(Optional.empty()));
        default -> throw wrong();
      };
    }
    String size = word();
    String scale = "0";
    while (!skip(')')) {
      skip(',');
      scale = word();
    }
    if (Character.isDigit(size.charAt(0))) {
      int number = Integer.parseInt(size);
      return new Pattern.Fixed(
          switch (base) {
            case "varchar" -> new SqlType.Varchar(Optional.of(number));
            case "decimal" -> new SqlType.Decimal(number, Integer.parseInt(scale));
            case "timestamp" -> new SqlType.Timestamp(number);
            case "timestamp with time zone" -> new SqlType.TimestampWithTimeZone(number);
            default -> throw wrong();
          });
    }
    return new Pattern.Sized(base, size);
  }

  private Simple simple(String word) {
    for (Simple type : Simple.values()) {
      if (type.toString().equals(word)) {
        return type;
      }
    }
    throw wrong();
  }

  private List<Pattern> parts() {
    List<Pattern> parts = new ArrayList<>();
    expect('(');
    while (!skip(')')) {
      parts.add(pattern());
      skip(',');
    }
    return parts;
  }

  private String word() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
    int start = position;
    while (position < text.length()
        && (Character.isLetterOrDigit(text.charAt(position))
            || text.charAt(position) == '_'
            || text.charAt(position) == '$')) {
      position++;
    }
    if (start == position) {
      throw wrong();
    }
    return text.substring(start, position);
  }

  private boolean skip(char wanted) {
    int at = position;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == wanted) {
      position = at + 1;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!skip(wanted)) {
      throw wrong();
    }
  }

  private IllegalStateException wrong() {
    return new IllegalStateException("signature " + text + " at " + position);
  }
}
