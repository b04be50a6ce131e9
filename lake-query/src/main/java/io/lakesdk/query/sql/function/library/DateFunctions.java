package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.function.value.JodaFormat;
import io.lakesdk.query.sql.function.value.MySqlDateFormat;
import io.lakesdk.query.sql.render.Binding;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Times;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.syntax.Literals;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Functions of dates and timestamps. */
final class DateFunctions {

  /** Parts of a date, as expressions of DuckDB that give a BIGINT. */
  private static final Map<String, String> DATE_PARTS =
      Map.ofEntries(
          Map.entry("year", "year({0})"),
          Map.entry("quarter", "quarter({0})"),
          Map.entry("month", "month({0})"),
          Map.entry("week", "week({0})"),
          Map.entry("week_of_year", "week({0})"),
          Map.entry("day", "day({0})"),
          Map.entry("day_of_month", "day({0})"),
          Map.entry("day_of_week", "isodow({0})"),
          Map.entry("dow", "isodow({0})"),
          Map.entry("day_of_year", "dayofyear({0})"),
          Map.entry("doy", "dayofyear({0})"),
          Map.entry("year_of_week", "isoyear({0})"),
          Map.entry("yow", "isoyear({0})"));

  private static final Map<String, String> TIME_PARTS =
      Map.of(
          "hour", "hour({0})",
          "minute", "minute({0})",
          "second", "second({0})",
          "millisecond", "(millisecond({0}) % 1000)");

  private static final Set<String> DATE_UNITS = Set.of("day", "week", "month", "quarter", "year");
  private static final Set<String> TIME_UNITS = Set.of("millisecond", "second", "minute", "hour");

  private static final long MICROS_OF_A_DAY = 86_400_000_000L;
  private static final Map<String, Long> MICROS =
      Map.of(
          "millisecond",
          1_000L,
          "second",
          1_000_000L,
          "minute",
          60_000_000L,
          "hour",
          3_600_000_000L);

  /** All of them. */
  static final Set<String> UNITS =
      Stream.concat(DATE_UNITS.stream(), TIME_UNITS.stream()).collect(Collectors.toSet());

  private DateFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    DATE_PARTS.forEach(
        (name, pattern) ->
            table
                .scalar(name + "(date) bigint", pattern)
                .scalar(name + "(timestamp(p)) bigint", pattern));
    TIME_PARTS.forEach((name, pattern) -> table.scalar(name + "(timestamp(p)) bigint", pattern));
    intervals(table);
    timesOfDay(table);
    parts(table);
    return table
        .differs("years have four digits; %y refuses 69", "date_parse")
        .scalar("date(date) date", "{0}")
        .scalar("date(timestamp(p)) date", "CAST({0} AS DATE)")
        .scalar("date(varchar) date", toDate())
        .java("from_iso8601_date(varchar) date", arguments -> IsoTimes.date(arguments.text(0)))
        .scalar("last_day_of_month(date) date", "last_day({0})")
        .scalar("last_day_of_month(timestamp(p)) date", "last_day(CAST({0} AS DATE))")
        .scalar("to_unixtime(timestamp(p)) double", "epoch({0})")
        .scalar("to_iso8601(date) varchar(16)", "CAST({0} AS VARCHAR)")
        .scalar(
            "to_iso8601(timestamp(p)) varchar",
            (arguments, result) ->
                IsoTimes.clock(arguments.get(0)).as(IsoTimes.length(arguments.get(0).type(), 22)))
        .java(
            "parse_datetime(varchar(x), varchar(y)) timestamptz(3)",
            arguments -> JodaFormat.read(arguments.text(0), arguments.text(1)))
        .scalar(
            "date_format(timestamp(p), varchar) varchar",
            ofFormat(
                DateFunctions::format,
                table.helper(
                    "mysql_format(timestamp(p), varchar) varchar",
                    arguments ->
                        JodaFormat.print(
                            arguments.time(0).truncatedTo(ChronoUnit.MILLIS),
                            "UTC",
                            MySqlDateFormat.joda(arguments.text(1)))),
                format -> true))
        .scalar(
            "date_parse(varchar, varchar) timestamp(3)",
            ofFormat(
                DateFunctions::parse,
                table.helper(
                    "mysql_parse(varchar, varchar) timestamp(3)",
                    arguments ->
                        JodaFormat.read(
                            arguments.text(0), MySqlDateFormat.joda(arguments.text(1)))),
                MySqlDateFormat::isRead));
  }

  private static void intervals(FunctionTable table) {
    table
        .scalar(
            "date_trunc(varchar, date) date",
            anyOf(
                DATE_UNITS,
                (arguments, result) ->
                    Typed.of(
                        Sql.cast(
                            "date_trunc('"
                                + unit(arguments, DATE_UNITS)
                                + "', "
                                + arguments.get(1).sql()
                                + ")",
                            result),
                        result,
                        arguments)))
        .scalar(
            "date_trunc(varchar, timestamp(p)) timestamp(p)",
            anyOf(
                UNITS,
                (arguments, result) ->
                    Typed.of(
                        "date_trunc('" + anyUnit(arguments) + "', " + arguments.get(1).sql() + ")",
                        result,
                        arguments)))
        .scalar(
            "date_add(varchar, bigint, date) date",
            anyOf(DATE_UNITS, (a, type) -> add(a, type, DATE_UNITS)))
        .scalar(
            "date_add(varchar, bigint, timestamp(p)) timestamp(p)",
            anyOf(
                UNITS,
                (arguments, type) -> {
                  String unit = anyUnit(arguments);
                  if (unit.equals("millisecond") && ((SqlType.Timestamp) type).precision() < 3) {
                    Typed sum = add(arguments, new SqlType.Timestamp(3), Set.of(unit));
                    return Casts.cast(sum, type).orElseThrow();
                  }
                  return add(arguments, type, Set.of(unit));
                }))
        .scalar(
            "date_diff(varchar, date, date) bigint",
            anyOf(
                DATE_UNITS,
                (arguments, type) -> difference(unit(arguments, DATE_UNITS), arguments, type)))
        .scalar(
            "date_diff(varchar, timestamp(p), timestamp(q)) bigint",
            anyOf(UNITS, (arguments, type) -> difference(anyUnit(arguments), arguments, type)));
  }

  private static void timesOfDay(FunctionTable table) {
    TIME_PARTS.forEach((name, pattern) -> table.scalar(name + "(time(p)) bigint", pattern));
    table
        .scalar(
            "date_trunc(varchar, time(p)) time(p)",
            anyOf(
                TIME_UNITS,
                (arguments, type) ->
                    ofDay("date_trunc('" + timeUnit(arguments) + "', {1})", arguments, type)))
        .scalar(
            "date_add(varchar, bigint, time(p)) time(p)",
            anyOf(TIME_UNITS, (arguments, type) -> later(arguments, (SqlType.Time) type)))
        .scalar(
            "date_diff(varchar, time(p), time(q)) bigint",
            anyOf(
                TIME_UNITS, (arguments, type) -> difference(timeUnit(arguments), arguments, type)));
  }

  private static Typed later(List<Typed> arguments, SqlType.Time type) {
    long unit = Objects.requireNonNull(MICROS.get(timeUnit(arguments)));
    String amount = "({1} % " + MICROS_OF_A_DAY / unit + " * " + unit + ")";
    Typed sum =
        Template.of("({2} + to_microseconds" + amount + ")").fill(arguments, new SqlType.Time(6));
    return Times.of(Times.clock(sum), type);
  }

  private static Typed ofDay(String pattern, List<Typed> arguments, SqlType type) {
    List<Typed> clocks = List.of(arguments.get(0), Times.clock(arguments.get(1)));
    Typed timestamp = Template.of(pattern).fill(clocks, clocks.get(1).type());
    return Times.of(timestamp, (SqlType.Time) type);
  }

  private static String timeUnit(List<Typed> arguments) {
    String unit = constant(arguments.get(0), "unit").toLowerCase(Locale.ROOT);
    if (!TIME_UNITS.contains(unit)) {
      throw new UnsupportedCall("'" + unit + "' is not a valid TIME field");
    }
    return unit;
  }

  /** A function of a unit that need not be a constant: a case for each unit that there is. */
  static Renderer anyOf(Set<String> units, Renderer ofConstant) {
    return (arguments, result) -> {
      if (arguments.get(0).text().isPresent()) {
        return ofConstant.render(arguments, result);
      }
      List<Typed> known = new ArrayList<>(arguments);
      known.set(0, Literals.text(units.iterator().next()));
      SqlType type = ofConstant.render(known, result).type();
      return Binding.of(
          arguments,
          type,
          names -> {
            String unit = names.get(0);
            StringBuilder sql = new StringBuilder("CASE WHEN " + unit + " IS NULL THEN NULL");
            for (int i = 1; i < arguments.size(); i++) {
              if (arguments.get(i).constant().isEmpty()) {
                known.set(i, Typed.name(names.get(i), arguments.get(i).type()));
              }
            }
            for (String name : units.stream().sorted().toList()) {
              known.set(0, Literals.text(name));
              sql.append(" WHEN lower(" + unit + ") = '" + name + "' THEN ");
              sql.append(ofConstant.render(known, result).sql());
            }
            return sql.append(" ELSE " + Raise.DATE_UNIT.sql(type) + " END").toString();
          });
    };
  }

  /** Parts of intervals. */
  private static void parts(FunctionTable table) {
    for (String name : List.of("day", "day_of_month")) {
      table.scalar(name + "(interval_day) bigint", "({0} // 86400000)");
    }
    table
        .scalar("hour(interval_day) bigint", "({0} // 3600000 % 24)")
        .scalar("minute(interval_day) bigint", "({0} // 60000 % 60)")
        .scalar("second(interval_day) bigint", "({0} // 1000 % 60)")
        .scalar("millisecond(interval_day) bigint", "({0} % 1000)")
        .scalar("year(interval_year) bigint", "CAST({0} // 12 AS BIGINT)")
        .scalar("month(interval_year) bigint", "CAST({0} % 12 AS BIGINT)");
  }

  /** Whether a unit is one of the clock, of which time zones say nothing. */
  static boolean isClockUnit(Typed unit) {
    return unit.text()
        .filter(text -> TIME_UNITS.contains(text.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  /** A timestamp that is known. */
  static Typed timestamp(LocalDateTime value, int precision) {
    return Literals.timestamp(value, precision);
  }

  static Typed add(List<Typed> arguments, SqlType type, Set<String> units) {
    String unit = unit(arguments, units);
    String interval = unit.equals("quarter") ? "to_months(CAST(3 * {1} AS INTEGER))" : null;
    String amount = TIME_UNITS.contains(unit) ? "{1}" : "CAST({1} AS INTEGER)";
    String sum = "{2} + " + (interval == null ? "to_" + unit + "s(" + amount + ")" : interval);
    return Template.of(type == Simple.DATE ? "CAST(" + sum + " AS DATE)" : "(" + sum + ")")
        .fill(arguments, type);
  }

  private static Typed difference(String unit, List<Typed> arguments, SqlType type) {
    return Typed.of(
        "date_sub('" + unit + "', " + arguments.get(1).sql() + ", " + arguments.get(2).sql() + ")",
        type,
        arguments);
  }

  private static String anyUnit(List<Typed> arguments) {
    String unit = constant(arguments.get(0), "unit").toLowerCase(Locale.ROOT);
    return TIME_UNITS.contains(unit) ? unit : unit(arguments, DATE_UNITS);
  }

  private static String unit(List<Typed> arguments, Set<String> units) {
    String unit = constant(arguments.get(0), "unit").toLowerCase(Locale.ROOT);
    if (!units.contains(unit)) {
      throw new UnsupportedCall("'" + unit + "' is not a valid unit here");
    }
    return unit;
  }

  private static Renderer toDate() {
    return (arguments, result) -> Casts.cast(arguments.get(0), result).orElseThrow();
  }

  private static Typed format(List<Typed> arguments, SqlType result) {
    String format = MySqlDateFormat.printed(constant(arguments.get(1), "format"));
    return Typed.of(
        "strftime(" + arguments.get(0).sql() + ", " + Sql.text(format) + ")", result, arguments);
  }

  private static Typed parse(List<Typed> arguments, SqlType result) {
    String pattern = constant(arguments.get(1), "format");
    MySqlDateFormat.Reading reading = MySqlDateFormat.read(pattern);
    return Template.of(
            "CASE WHEN {0} IS NULL THEN NULL WHEN regexp_full_match({0}, {a})"
                + " THEN date_trunc('millisecond', strptime({0}, {b})) ELSE {c} END")
        .with(
            Sql.text(reading.accepted()),
            Sql.text(reading.format()),
            Raise.INVALID_DATE.sql(result))
        .fill(arguments.subList(0, 1), result);
  }

  /** SQL where the format is known, Java otherwise. */
  private static Renderer ofFormat(Renderer known, Renderer unknown, Predicate<String> isKnown) {
    return (arguments, result) ->
        (arguments.get(1).text().filter(isKnown).isPresent() ? known : unknown)
            .render(arguments, result);
  }

  private static String constant(Typed argument, String what) {
    return argument
        .text()
        .orElseThrow(() -> new UnsupportedCall("the " + what + " must be a constant"));
  }
}
