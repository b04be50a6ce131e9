package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Functions of regular expressions; DuckDB's are RE2's, and fail on what RE2 does not have. */
final class RegularExpressionFunctions {

  private RegularExpressionFunctions() {}

  static FunctionTable table() {
    return new FunctionTable()
        .scalar("regexp_like(varchar, varchar) boolean", "regexp_matches({0}, {1})")
        .scalar("regexp_extract(varchar(x), varchar) varchar(x)", "regexp_extract_all({0}, {1})[1]")
        .scalar(
            "regexp_extract(varchar(x), varchar, bigint) varchar(x)",
            group("regexp_extract_all({0}, {1}, {2})[1]"))
        .scalar(
            "regexp_extract_all(varchar(x), varchar) array(varchar(x))",
            "regexp_extract_all({0}, {1})")
        .scalar(
            "regexp_extract_all(varchar(x), varchar, bigint) array(varchar(x))",
            group("regexp_extract_all({0}, {1}, {2})"))
        .scalar("regexp_count(varchar, varchar) bigint", "len(regexp_extract_all({0}, {1}))")
        .scalar(
            "regexp_split(varchar(x), varchar) array(varchar(x))",
            "CASE WHEN {0} = '' THEN [''] ELSE regexp_split_to_array({0}, {1}) END")
        .scalar(
            "regexp_replace(varchar(x), varchar) varchar(x)", "regexp_replace({0}, {1}, '', 'g')")
        .scalar(
            "regexp_replace(varchar, varchar, varchar) varchar",
            RegularExpressionFunctions::replace);
  }

  private static Renderer group(String pattern) {
    return (arguments, result) -> {
      long number =
          arguments
              .get(2)
              .number()
              .orElseThrow(() -> new UnsupportedCall("the number of the group must be a constant"));
      if (number < 0 || number > 99) {
        throw new UnsupportedCall("Cannot access group " + number);
      }
      List<Typed> parts = new ArrayList<>(arguments);
      parts.set(2, Typed.constant(Long.toString(number), arguments.get(2).type(), number));
      return Template.of(pattern).fill(parts, result);
    };
  }

  private static Typed replace(List<Typed> arguments, SqlType result) {
    String replacement =
        arguments
            .get(2)
            .text()
            .orElseThrow(() -> new UnsupportedCall("the replacement must be a constant"));
    List<Typed> parts = new ArrayList<>(arguments);
    String rewritten = rewritten(replacement);
    parts.set(2, Typed.constant(Sql.text(rewritten), arguments.get(2).type(), rewritten));
    return Template.of("regexp_replace({0}, {1}, {2}, 'g')").fill(parts, result);
  }

  /** From Java's notation of groups, {@code $1}, to RE2's, {@code \1}. */
  private static String rewritten(String replacement) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char next = replacement.charAt(i);
      boolean last = i + 1 == replacement.length();
      if (next == '\\') {
        if (last) {
          throw new UnsupportedCall("the replacement ends with \\");
        }
        i++;
        text.append(replacement.charAt(i) == '\\' ? "\\\\" : replacement.charAt(i));
      } else if (next == '$') {
        boolean digit = !last && Character.isDigit(replacement.charAt(i + 1));
        boolean one =
            i + 2 >= replacement.length() || !Character.isDigit(replacement.charAt(i + 2));
        if (!digit || !one) {
          throw new UnsupportedCall("only groups $0 to $9 are supported in the replacement");
        }
        i++;
        text.append('\\').append(replacement.charAt(i));
      } else {
        text.append(next);
      }
    }
    return text.toString();
  }
}
