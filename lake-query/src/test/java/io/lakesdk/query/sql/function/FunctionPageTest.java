package io.lakesdk.query.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.query.sql.function.library.AthenaFunctions;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page docs/functions.md says what became of every function of a real Trino. Written anew with
 * {@code -Dlake.write=true}.
 */
class FunctionPageTest {

  private static final Path PAGE = Path.of("..", "docs", "functions.md");

  /** Understood by the grammar or the analyser, without a line in a table. */
  private static final Set<String> BUILT_IN = Set.of("typeof", "now", "current_date");

  private static final Pattern OTHER_TYPES =
      Pattern.compile(
          "\\b(time\\(p\\) with time zone|hyperloglog|setdigest|tdigest|qdigest|color"
              + "|timestamp\\(9\\))");

  /** A letter for any type, unlike one for a length. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<!varchar\\(|char\\(|timestamp\\(|timestamptz\\(|decimal\\(p,|time\\(|decimal\\()\\b[a-z]\\b");

  @Test
  void thePageIsWhatTheTablesSay() throws IOException {
    String page = page(signatures());
    if (Boolean.getBoolean("lake.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/functions.md is stale; run this test with -Dlake.write=true")
        .isEqualTo(page);
  }

  @Test
  void tellsFunctionsThatAreThereFromThoseThatAreNot() throws IOException {
    String page = page(signatures());
    assertThat(page)
        .contains("| `abs` | supported | |")
        .contains("| `numeric_histogram` | refused |")
        .contains("| `approx_distinct` | different | exact |")
        .contains("| `tdigest_agg` | refused | of tdigest |");
  }

  /** The signatures by name, each once: {@code (arguments) -> result#kind}. */
  private static Map<String, List<String>> signatures() throws IOException {
    Map<String, List<String>> all = new TreeMap<>();
    try (InputStream csv = FunctionPageTest.class.getResourceAsStream("/athena/functions.csv");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(csv), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> fields = fields(line);
        String signature = "(" + fields.get(2) + ") -> " + fields.get(1) + "#" + fields.get(3);
        List<String> known = all.computeIfAbsent(fields.get(0), name -> new ArrayList<>());
        if (!known.contains(signature)) {
          known.add(signature);
        }
      }
    }
    return all;
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    Matcher field = Pattern.compile("(?:^|,)(?:\"([^\"]*)\"|([^,]*))").matcher(line);
    while (field.find()) {
      fields.add(field.group(1) != null ? field.group(1) : field.group(2));
    }
    return fields;
  }

  private static String page(Map<String, List<String>> signatures) {
    StringBuilder rows = new StringBuilder();
    int supported = 0;
    for (Map.Entry<String, List<String>> function : signatures.entrySet()) {
      String name = function.getKey();
      List<String> missing =
          function.getValue().stream().filter(signature -> !has(name, signature)).toList();
      boolean none = missing.size() == function.getValue().size();
      String different = AthenaFunctions.all().differences().get(name);
      String state = none ? "refused" : different != null ? "different" : "supported";
      supported += none ? 0 : 1;
      List<String> remarks = new ArrayList<>();
      if (different != null) {
        remarks.add(different);
      }
      if (none) {
        remarks.addAll(missing.stream().map(FunctionPageTest::reason).distinct().sorted().toList());
        remarks.removeIf(String::isEmpty);
      } else if (!missing.isEmpty()) {
        remarks.add(
            "not "
                + String.join(
                    ", not ",
                    missing.stream().map(text -> "`" + arguments(text) + "`").distinct().toList()));
      }
      String remark = String.join("; ", remarks);
      rows.append("| `").append(name).append("` | ").append(state).append(" | ");
      rows.append(remark).append(remark.isEmpty() ? "|\n" : " |\n");
    }
    return """
        # Functions

        What the embedded engine, and `Compute.LOCAL`, have of the functions that a real Trino lists: %d of %d.
        A function that is refused is refused by name, with its place in the statement, before anything runs.
        This page is made of the tables in `io.lakesdk.query.sql.function.library` by `FunctionPageTest`.

        | function | state | |
        | --- | --- | --- |
        """
            .formatted(supported, signatures.size())
        + rows;
  }

  private static String arguments(String signature) {
    return signature.substring(0, signature.indexOf(" -> "));
  }

  private static String reason(String signature) {
    if (signature.endsWith("#table")) {
      return "a table function";
    }
    Matcher type = OTHER_TYPES.matcher(signature);
    return type.find() ? "of " + type.group(1).replace("(p)", "") : "";
  }

  private static boolean has(String name, String signature) {
    if (BUILT_IN.contains(name)) {
      return true;
    }
    String kind = signature.substring(signature.indexOf('#') + 1);
    if (kind.equals("table") || OTHER_TYPES.matcher(signature).find()) {
      return false;
    }
    Signature parsed = Signature.parse(name + notation(signature, kind.length() + 1));
    List<Argument> arguments = new ArrayList<>();
    int known = name.equals("listagg") ? 2 : parsed.parameters().size();
    for (io.lakesdk.query.sql.function.Pattern parameter : parsed.parameters().subList(0, known)) {
      arguments.add(sample(parameter));
    }
    return AthenaFunctions.all().takes(name, arguments);
  }

  /** From Trino's notation to that of the tables. */
  private static String notation(String signature, int suffix) {
    String text =
        signature
            .substring(0, signature.length() - suffix)
            .replace(") -> ", ") ")
            .replaceAll("timestamp\\((\\w)\\) with time zone", "timestamptz($1)")
            .replace("interval day to second", "interval_day")
            .replace("interval year to month", "interval_year")
            .replaceAll("joniregexp|jsonpath|codepoints", "varchar")
            .replaceAll("decimal\\((?:[a-z_]+,\\w+|38,s)\\)", "decimal(p,s)")
            .replaceAll("\\bK1\\b|\\bV1\\b|\\bT1\\b", "A")
            .replaceAll("\\bK2\\b|\\bV2\\b|\\bT2\\b", "B")
            .replaceAll("\\bV3\\b|\\bT3\\b", "C")
            .replaceAll("\\bT4\\b", "D")
            .replaceAll("\\bT5\\b", "F");
    return VARIABLE.matcher(text).replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT));
  }

  private static Argument sample(io.lakesdk.query.sql.function.Pattern parameter) {
    if (parameter instanceof io.lakesdk.query.sql.function.Pattern.Lambda lambda) {
      return new Argument.Lambda(
          lambda.parameters().size(),
          types -> new Argument.Body("x", Typed.name("x", type(lambda.result()))));
    }
    return new Argument.Value(Typed.name("x", type(parameter)));
  }

  private static SqlType type(io.lakesdk.query.sql.function.Pattern pattern) {
    if (pattern instanceof io.lakesdk.query.sql.function.Pattern.Fixed fixed) {
      return fixed.type();
    } else if (pattern instanceof io.lakesdk.query.sql.function.Pattern.ArrayOf array) {
      return new SqlType.Array(type(array.element()));
    } else if (pattern instanceof io.lakesdk.query.sql.function.Pattern.MapFrom map) {
      return new SqlType.MapOf(type(map.key()), type(map.value()));
    } else if (pattern instanceof io.lakesdk.query.sql.function.Pattern.RowOf row) {
      return new SqlType.Row(
          row.fields().stream()
              .map(field -> new SqlType.Field(Optional.empty(), type(field)))
              .toList());
    } else if (pattern instanceof io.lakesdk.query.sql.function.Pattern.Sized sized) {
      return switch (sized.base()) {
        case "varchar" -> new SqlType.Varchar(Optional.of(5));
        case "char" -> new SqlType.Char(5);
        case "decimal" -> new SqlType.Decimal(5, 2);
        case "time" -> new SqlType.Time(3);
        case "timestamp" -> new SqlType.Timestamp(3);
        default -> new SqlType.TimestampWithTimeZone(3);
      };
    }
    return Simple.INTEGER;
  }
}
