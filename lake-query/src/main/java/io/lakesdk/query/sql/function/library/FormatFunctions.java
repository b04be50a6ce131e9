package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.render.Binding;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values printed for people, and read back. */
final class FormatFunctions {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());
  private static final Pattern QUANTITY =
      Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*");
  private static final String SIZES = "BkMGTPEZY";

  /** Milliseconds. */
  private static final Map<String, BigDecimal> DURATIONS =
      Map.of(
          "ns", new BigDecimal("0.000001"),
          "us", new BigDecimal("0.001"),
          "ms", BigDecimal.ONE,
          "s", BigDecimal.valueOf(1000),
          "m", BigDecimal.valueOf(60_000),
          "h", BigDecimal.valueOf(3_600_000),
          "d", BigDecimal.valueOf(86_400_000));

  private FormatFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    JavaFunction formatted =
        table.helper(
            "format_values(varchar, array(varchar), array(varchar)) varchar",
            arguments -> format(arguments.text(0), arguments.list(1), arguments.list(2)));
    return table
        .scalar(
            // The grammar has the values, of any types, in a row.
            "format(varchar, T) varchar",
            (arguments, result) -> formatted.render(prepared(arguments), result))
        .java("format_number(bigint) varchar", arguments -> shortened(arguments.whole(0)))
        .java("format_number(double) varchar", arguments -> shortened((long) arguments.number(0)))
        .java(
            "human_readable_seconds(double) varchar",
            arguments -> humanReadable(arguments.number(0)))
        .java(
            "parse_presto_data_size(varchar(x)) decimal(38,0)",
            arguments -> size(arguments.text(0)))
        .java("parse_data_size(varchar(x)) decimal(38,0)", arguments -> size(arguments.text(0)))
        .java("parse_duration(varchar(x)) interval_day", arguments -> duration(arguments.text(0)))
        .scalar("to_milliseconds(interval_day) bigint", "{0}");
  }

  /** The format, the kinds of the values, and the values as text. */
  private static List<Typed> prepared(List<Typed> arguments) {
    Typed values = arguments.get(1);
    if (!(values.type() instanceof SqlType.Row row)) {
      throw new UnsupportedCall("format takes a format and values");
    }
    SqlType list = new SqlType.Array(TEXT);
    List<String> kinds = row.fields().stream().map(field -> Sql.text(kind(field.type()))).toList();
    Typed texts =
        Binding.of(
            List.of(values),
            list,
            names -> {
              List<String> printed = new ArrayList<>();
              for (int i = 0; i < row.fields().size(); i++) {
                printed.add(printed(Typed.name(names.get(0), row), row, i));
              }
              return "[" + Sql.list(printed) + "]";
            });
    return List.of(arguments.get(0), Typed.of("[" + Sql.list(kinds) + "]", list), texts);
  }

  private static String printed(Typed values, SqlType.Row row, int field) {
    SqlType type = row.fields().get(field).type();
    String sql = "struct_extract(" + values.sql() + ", " + Sql.text(row.duckName(field)) + ")";
    return Casts.cast(Typed.of(sql, type, values), TEXT)
        .orElseThrow(() -> new UnsupportedCall("format of " + type + " is not supported"))
        .sql();
  }

  private static String kind(SqlType type) {
    if (Coercions.isInteger(type)) {
      return "whole";
    } else if (type == Simple.DOUBLE || type == Simple.REAL) {
      return "floating";
    } else if (type instanceof SqlType.Decimal) {
      return "decimal";
    } else if (type == Simple.BOOLEAN || type == Simple.DATE) {
      return type.toString();
    }
    return type instanceof SqlType.Timestamp
        ? "timestamp"
        : type instanceof SqlType.Time ? "time" : "text";
  }

  private static String format(String format, List<?> kinds, List<?> texts) {
    @Nullable Object[] values = new @Nullable Object[kinds.size()];
    for (int i = 0; i < values.length; i++) {
      Object text = texts.get(i);
      values[i] = text == null ? null : value((String) kinds.get(i), (String) text);
    }
    try {
      return String.format(Locale.ENGLISH, format, values);
    } catch (IllegalFormatException e) {
      throw new BadArgument("Invalid format string: it does not fit the values");
    }
  }

  private static Object value(String kind, String text) {
    return switch (kind) {
      case "whole" -> Long.valueOf(text);
      case "floating" -> Double.valueOf(text);
      case "decimal" -> new BigDecimal(text);
      case "boolean" -> Boolean.valueOf(text);
      case "date" -> LocalDate.parse(text);
      case "time" -> LocalTime.parse(text);
      case "timestamp" -> LocalDateTime.parse(text.replace(' ', 'T'));
      default -> text;
    };
  }

  private static String shortened(long count) {
    double value = count;
    String unit = "";
    for (String next : List.of("K", "M", "B", "T", "Q")) {
      if (Math.abs(value) >= 1000) {
        value /= 1000;
        unit = next;
      }
    }
    String pattern = value < 10 ? "#.##" : value < 100 ? "#.#" : "#";
    DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.US));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value) + unit;
  }

  private static String humanReadable(double value) {
    if (!Double.isFinite(value)) {
      throw new BadArgument("Invalid argument found: it is not finite");
    }
    long rest = Math.round(Math.abs(value));
    List<String> words = new ArrayList<>();
    for (String unit : List.of("604800 week", "86400 day", "3600 hour", "60 minute", "1 second")) {
      long seconds = Long.parseLong(unit.substring(0, unit.indexOf(' ')));
      long count = rest / seconds;
      rest %= seconds;
      if (count > 0) {
        words.add(count + unit.substring(unit.indexOf(' ')) + (count == 1 ? "" : "s"));
      }
    }
    return words.isEmpty() ? "0 seconds" : String.join(", ", words);
  }

  private static BigDecimal size(String text) {
    Matcher parts = QUANTITY.matcher(text);
    int power = parts.matches() ? power(parts.group(2)) : -1;
    if (power < 0) {
      throw new BadArgument("Invalid data size");
    }
    return new BigDecimal(parts.group(1))
        .multiply(BigDecimal.valueOf(1024).pow(power))
        .setScale(0, RoundingMode.DOWN);
  }

  private static int power(String unit) {
    int power = SIZES.indexOf(unit.charAt(0));
    boolean known = power == 0 ? unit.equals("B") : unit.length() == 2 && unit.endsWith("B");
    return known ? power : -1;
  }

  private static long duration(String text) {
    Matcher parts = QUANTITY.matcher(text);
    BigDecimal unit = parts.matches() ? DURATIONS.get(parts.group(2)) : null;
    if (unit == null) {
      throw new BadArgument("duration is not a valid data duration string");
    }
    return new BigDecimal(parts.group(1))
        .multiply(unit)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
