package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Argument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.ScalarFunction;
import io.lakesdk.query.sql.function.Signature;
import io.lakesdk.query.sql.function.value.JodaFormat;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.render.Zones;
import io.lakesdk.query.sql.syntax.Literals;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.lakesdk.query.sql.type.SqlType.TimestampWithTimeZone;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Functions of timestamps with time zone. The zone must be a constant. */
final class ZonedFunctions {

  private static final Set<String> CLOCK_UNITS = Set.of("millisecond", "second", "minute", "hour");

  private ZonedFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    for (ScalarFunction plain : DateFunctions.table().scalars()) {
      ofClock(table, plain);
    }
    zones(table);
    JavaFunction joda =
        table.helper(
            "joda_format(timestamp(p), varchar, varchar) varchar",
            arguments -> JodaFormat.print(arguments.time(0), arguments.text(1), arguments.text(2)));
    return table
        .differs(
            "the time zone must be a constant", "at_timezone", "with_timezone", "from_unixtime")
        .differs("a zone other than UTC in constants only", "from_iso8601_timestamp")
        .differs("a zone in the text is turned to UTC; no centuries (C)", "parse_datetime")
        .differs("no centuries (C)", "format_datetime")
        .scalar(
            "format_datetime(timestamp(p), varchar) varchar",
            (arguments, result) ->
                joda.render(
                    List.of(arguments.get(0), Literals.text("UTC"), arguments.get(1)), result))
        .scalar(
            "format_datetime(timestamptz(p), varchar) varchar",
            (arguments, result) -> {
              Typed instant = arguments.get(0);
              String zone = ((TimestampWithTimeZone) instant.type()).zone();
              return joda.render(
                  List.of(Zones.clock(instant), Literals.text(zone), arguments.get(1)), result);
            })
        .scalar("to_unixtime(timestamptz(p)) double", "epoch({0})")
        .scalar("from_unixtime(double) timestamptz(3)", "to_timestamp(round({0}, 3))")
        .scalar(
            "from_unixtime(double, varchar) timestamptz(3)",
            (arguments, result) ->
                Template.of("to_timestamp(round({0}, 3))")
                    .fill(arguments.subList(0, 1), Zones.in(result, zone(arguments.get(1)))))
        .scalar(
            "from_unixtime(double, bigint, bigint) timestamptz(3)",
            (arguments, result) ->
                Template.of("to_timestamp(round({0}, 3))")
                    .fill(
                        arguments.subList(0, 1),
                        Zones.in(result, offset(arguments.get(1), arguments.get(2)))))
        .scalar(
            "from_iso8601_timestamp(varchar) timestamptz(3)",
            IsoTimes.reader(
                table.helper(
                    "iso_instant(varchar) timestamptz(3)",
                    arguments -> IsoTimes.instant(arguments.text(0)))))
        .scalar(
            "to_iso8601(timestamptz(p)) varchar",
            (arguments, result) ->
                Typed.of(
                    IsoTimes.clock(Zones.clock(arguments.get(0))).sql()
                        + " || "
                        + offsetText(arguments.get(0)),
                    result,
                    arguments))
        .scalar(
            "date_add(varchar, bigint, timestamptz(p)) timestamptz(p)",
            (arguments, result) ->
                DateFunctions.isClockUnit(arguments.get(0))
                    ? DateFunctions.add(arguments, result, CLOCK_UNITS)
                    : onClock("date_add", arguments, 2))
        .scalar(
            "date_trunc(varchar, timestamptz(p)) timestamptz(p)",
            (arguments, result) -> onClock("date_trunc", arguments, 1))
        .scalar(
            "date_diff(varchar, timestamptz(p), timestamptz(q)) bigint",
            (arguments, result) -> difference(arguments));
  }

  /** The same function of a timestamp with zone looks at the zone's clock. */
  private static void ofClock(FunctionTable table, ScalarFunction plain) {
    Signature signature = plain.signature();
    boolean first =
        signature.parameters().get(0).toString().startsWith("timestamp(")
            && !signature.result().toString().startsWith("timestamp(");
    if (first && !own(signature)) {
      String text =
          signature.toString().replace("(timestamp(p)", "(timestamptz(p)")
              + " "
              + signature.result();
      table.scalar(
          text,
          (arguments, result) -> {
            List<Typed> clocks = new ArrayList<>(arguments);
            clocks.set(0, Zones.clock(arguments.get(0)));
            return plain.renderer().render(clocks, result);
          });
    }
  }

  private static boolean own(Signature signature) {
    return Set.of("to_unixtime", "to_iso8601", "with_timezone").contains(signature.name());
  }

  private static void zones(FunctionTable table) {
    table
        .scalar(
            "at_timezone(timestamptz(p), varchar) timestamptz(p)",
            (arguments, result) -> arguments.get(0).as(Zones.in(result, zone(arguments.get(1)))))
        .scalar(
            "at_timezone(timestamptz(p), interval_day) timestamptz(p)",
            (arguments, result) -> arguments.get(0).as(Zones.in(result, zone(arguments.get(1)))))
        .scalar(
            "with_timezone(timestamp(p), varchar) timestamptz(3)",
            (arguments, result) -> Zones.instant(arguments.get(0), zone(arguments.get(1))))
        .scalar(
            "timezone(timestamptz(p)) varchar",
            (arguments, result) -> {
              Zones.clock(arguments.get(0));
              String zone = ((TimestampWithTimeZone) arguments.get(0).type()).zone();
              return Template.of("CASE WHEN {0} IS NOT NULL THEN {a} END")
                  .with(Sql.text(zone))
                  .fill(arguments, result);
            })
        .scalar(
            "timezone_hour(timestamptz(p)) bigint",
            (arguments, result) ->
                Typed.of("(" + Zones.minutes(arguments.get(0)) + " // 60)", result, arguments))
        .scalar(
            "timezone_minute(timestamptz(p)) bigint",
            (arguments, result) ->
                Typed.of("(" + Zones.minutes(arguments.get(0)) + " % 60)", result, arguments));
  }

  /** A function that gives a timestamp, of the clock of the zone and back. */
  private static Typed onClock(String name, List<Typed> arguments, int instant) {
    String zone = ((TimestampWithTimeZone) arguments.get(instant).type()).zone();
    List<Argument> clocks = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      clocks.add(
          new Argument.Value(i == instant ? Zones.clock(arguments.get(i)) : arguments.get(i)));
    }
    return Zones.instant(AthenaFunctions.all().call(name, clocks), zone);
  }

  private static Typed difference(List<Typed> arguments) {
    String zone = ((TimestampWithTimeZone) arguments.get(1).type()).zone();
    String clock = DateFunctions.isClockUnit(arguments.get(0)) ? "UTC" : zone;
    List<Argument> clocks = new ArrayList<>(List.of(new Argument.Value(arguments.get(0))));
    for (Typed instant : arguments.subList(1, 3)) {
      clocks.add(new Argument.Value(Zones.clock(instant.as(Zones.in(instant.type(), clock)))));
    }
    return AthenaFunctions.all().call("date_diff", clocks);
  }

  private static String offsetText(Typed instant) {
    String minutes = Zones.minutes(instant);
    return "CASE WHEN "
        + minutes
        + " = 0 THEN 'Z' ELSE CASE WHEN "
        + minutes
        + " < 0 THEN '-' ELSE '+' END || lpad(CAST(abs("
        + minutes
        + ") // 60 AS VARCHAR), 2, '0') || ':' || lpad(CAST(abs("
        + minutes
        + ") % 60 AS VARCHAR), 2, '0') END";
  }

  /** The zone that a constant names, or an interval says. */
  static String zone(Typed argument) {
    if (argument.type() == Simple.INTERVAL_DAY_TO_SECOND) {
      return argument
          .number()
          .map(millis -> Zones.named(ZoneOffset.ofTotalSeconds((int) (millis / 1000)).getId()))
          .orElseThrow(ZonedFunctions::notConstant);
    }
    return Zones.named(argument.text().orElseThrow(ZonedFunctions::notConstant));
  }

  private static String offset(Typed hours, Typed minutes) {
    long all =
        60 * hours.number().orElseThrow(ZonedFunctions::notConstant)
            + minutes.number().orElseThrow(ZonedFunctions::notConstant);
    return Zones.named(
        String.format(
            Locale.ROOT,
            "%s%02d:%02d",
            all < 0 ? "-" : "+",
            Math.abs(all) / 60,
            Math.abs(all) % 60));
  }

  private static UnsupportedCall notConstant() {
    return new UnsupportedCall("a time zone must be a constant");
  }
}
