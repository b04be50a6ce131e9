package io.lakesdk.query.sql.function.library;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.Json;
import io.lakesdk.query.sql.function.value.BoundedText;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Functions of regular expressions, which are Java's. */
final class RegularExpressionFunctions {

  private static final int MOST_PATTERNS = 1000;

  private static final LoadingCache<String, Pattern> PATTERNS =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_PATTERNS)
          .build(CacheLoader.from(RegularExpressionFunctions::compiled));

  private RegularExpressionFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    extracting(table);
    replacing(table);
    return table
        .differs(
            "Java's syntax; \\w, \\d and \\b are ASCII; what backtracks too long fails",
            "regexp_like",
            "regexp_count",
            "regexp_extract",
            "regexp_extract_all",
            "regexp_position",
            "regexp_replace",
            "regexp_split")
        .java("regexp_like(varchar(x), varchar) boolean", arguments -> matcher(arguments).find())
        .java(
            "regexp_count(varchar(x), varchar) bigint",
            arguments -> matcher(arguments).results().count())
        .java("regexp_split(varchar(x), varchar) array(varchar(x))", arguments -> split(arguments))
        .java(
            "regexp_position(varchar(x), varchar) integer", arguments -> position(arguments, 1, 1))
        .java(
            "regexp_position(varchar(x), varchar, integer) integer",
            arguments -> position(arguments, arguments.whole(2), 1))
        .java(
            "regexp_position(varchar(x), varchar, integer, integer) integer",
            arguments -> position(arguments, arguments.whole(2), arguments.whole(3)));
  }

  private static void extracting(FunctionTable table) {
    table
        .java("regexp_extract(varchar(x), varchar) varchar(x)", arguments -> first(arguments, 0))
        .java(
            "regexp_extract(varchar(x), varchar, bigint) varchar(x)",
            arguments -> first(arguments, arguments.small(2)))
        .java(
            "regexp_extract_all(varchar(x), varchar) array(varchar(x))",
            arguments -> all(arguments, 0))
        .java(
            "regexp_extract_all(varchar(x), varchar, bigint) array(varchar(x))",
            arguments -> all(arguments, arguments.small(2)));
  }

  private static void replacing(FunctionTable table) {
    JavaFunction pieces =
        table.helper(
            "regexp_pieces(varchar, varchar) varchar", arguments -> pieces(matcher(arguments)));
    table
        .java(
            "regexp_replace(varchar(x), varchar) varchar(x)",
            arguments -> matcher(arguments).replaceAll(""))
        .scalar(
            "regexp_replace(varchar(x), varchar, varchar(y)) varchar",
            Lengths.of(
                table.helper(
                    "regexp_replace(varchar, varchar, varchar) varchar",
                    arguments -> replace(arguments)),
                l -> l[0] + Math.max(Math.floor(l[0] * l[2] / 2), l[2]) * (l[0] + 1)))
        .scalar(
            "regexp_replace(varchar, varchar, function(array(varchar),varchar)) varchar",
            (arguments, result) -> replaceByLambda(pieces, arguments, result));
  }

  private static Pattern compiled(String pattern) {
    return Pattern.compile(pattern, Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
  }

  private static Matcher matcher(Arguments arguments) {
    try {
      return PATTERNS.getUnchecked(arguments.text(1)).matcher(new BoundedText(arguments.text(0)));
    } catch (UncheckedExecutionException e) {
      throw new BadArgument(
          e.getCause() instanceof PatternSyntaxException syntax
              ? "the regular expression is wrong: " + syntax.getDescription()
              : "the regular expression is wrong");
    }
  }

  private static int group(Matcher matcher, int group) {
    if (group < 0) {
      throw new BadArgument("Group cannot be negative");
    }
    if (group > matcher.groupCount()) {
      throw new BadArgument(
          "Pattern has " + matcher.groupCount() + " groups. Cannot access group " + group);
    }
    return group;
  }

  private static @Nullable String first(Arguments arguments, int group) {
    Matcher matcher = matcher(arguments);
    int checked = group(matcher, group);
    return matcher.find() ? matcher.group(checked) : null;
  }

  private static List<@Nullable String> all(Arguments arguments, int group) {
    Matcher matcher = matcher(arguments);
    int checked = group(matcher, group);
    List<@Nullable String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(checked));
    }
    return found;
  }

  private static List<String> split(Arguments arguments) {
    Matcher matcher = matcher(arguments);
    List<String> parts = new ArrayList<>();
    int end = 0;
    while (matcher.find()) {
      parts.add(arguments.text(0).substring(end, matcher.start()));
      end = matcher.end();
    }
    parts.add(arguments.text(0).substring(end));
    return parts;
  }

  private static long position(Arguments arguments, long start, long occurrence) {
    if (start < 1) {
      throw new BadArgument("start position cannot be smaller than 1");
    }
    if (occurrence < 1) {
      throw new BadArgument("occurrence cannot be smaller than 1");
    }
    String text = arguments.text(0);
    if (start > text.codePointCount(0, text.length())) {
      return -1;
    }
    Matcher matcher = matcher(arguments);
    boolean found = matcher.find(text.offsetByCodePoints(0, (int) start - 1));
    for (long i = 1; found && i < occurrence; i++) {
      found = matcher.find();
    }
    return found ? text.codePointCount(0, matcher.start()) + 1 : -1;
  }

  private static String replace(Arguments arguments) {
    try {
      return matcher(arguments).replaceAll(arguments.text(2));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new BadArgument("Illegal replacement sequence: it names a group that is not there");
    }
  }

  /** What stands before each match, with the match's groups; and what stands after the last. */
  private static String pieces(Matcher matcher) {
    List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
    StringBuilder before = new StringBuilder();
    while (matcher.find()) {
      before.setLength(0);
      matcher.appendReplacement(before, "");
      List<@Nullable String> groups = new ArrayList<>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i));
      }
      pieces.add(piece(before.toString(), groups));
    }
    before.setLength(0);
    matcher.appendTail(before);
    pieces.add(piece(before.toString(), null));
    return Json.write(pieces);
  }

  private static Map<String, @Nullable Object> piece(
      String before, @Nullable List<@Nullable String> groups) {
    Map<String, @Nullable Object> piece = new LinkedHashMap<>();
    piece.put("t", before);
    piece.put("g", groups);
    return piece;
  }

  private static Typed replaceByLambda(JavaFunction pieces, List<Typed> arguments, SqlType result) {
    Typed cut = pieces.render(arguments.subList(0, 2), result);
    return Template.of(
            "array_to_string(list_transform(from_json({0}, '[{\"t\":\"VARCHAR\",\"g\":[\"VARCHAR\"]}]'),"
                + " lambda lake_piece: lake_piece.t || coalesce(list_transform(CASE WHEN"
                + " lake_piece.g IS NOT NULL THEN [lake_piece.g] END, {1})[1], '')), '')")
        .fill(List.of(cut, arguments.get(2)), result);
  }
}
