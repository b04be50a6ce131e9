package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Argument;
import io.lakesdk.query.sql.function.BadArgument;
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
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.TimestampWithTimeZone;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Functions of timestamps with time zone. The zone must be a constant. */
final class ZonedFunctions {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());
  private static final Set<String> CLOCK_UNITS = Set.of("millisecond", "second", "minute", "hour");

  private ZonedFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    JavaFunction inZone =
        table.helper(
            "instant_in_zone(timestamptz(p), varchar) timestamptz(3)",
            arguments -> {
              zone(arguments.text(1));
              return arguments.time(0);
            });
    JavaFunction offsets =
        table.helper(
            "zone_of_offset(bigint, bigint) varchar",
            arguments -> offset(arguments.whole(0), arguments.whole(1)));
    for (ScalarFunction plain : DateFunctions.table().scalars()) {
      ofClock(table, plain);
    }
    zones(table, inZone);
    JavaFunction joda =
        table.helper(
            "joda_format(timestamp(p), varchar, varchar) varchar",
            arguments -> JodaFormat.print(arguments.time(0), arguments.text(1), arguments.text(2)));
    JavaFunction withoutZone =
        table.helper(
            "joda_format_clock(timestamp(p), varchar) varchar",
            arguments -> {
              if (JodaFormat.hasZone(arguments.text(1))) {
                throw new BadArgument(
                    "format_datetime for TIMESTAMP type, cannot use 'Z' nor 'z' in format, as this"
                        + " type does not contain TZ information");
              }
              return JodaFormat.print(arguments.time(0), "UTC", arguments.text(1));
            });
    return table
        .differs(
            "a zone that is no constant is not kept: the instant is right, its clock is refused",
            "at_timezone",
            "with_timezone",
            "from_unixtime")
        .differs("a zone other than UTC in constants only", "from_iso8601_timestamp")
        .differs("a zone in the text is turned to UTC; no centuries (C)", "parse_datetime")
        .scalar("format_datetime(timestamp(p), varchar) varchar", withoutZone)
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
                shown(
                    inZone,
                    Typed.of(
                        "to_timestamp(round(" + arguments.get(0).sql() + ", 3))",
                        result,
                        arguments.get(0)),
                    arguments.get(1)))
        .scalar(
            "from_unixtime(double, bigint, bigint) timestamptz(3)",
            (arguments, result) ->
                shown(
                    inZone,
                    Typed.of(
                        "to_timestamp(round(" + arguments.get(0).sql() + ", 3))",
                        result,
                        arguments.get(0)),
                    offset(offsets, arguments.get(1), arguments.get(2))))
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
                    IsoTimes.length(arguments.get(0).type(), 28),
                    arguments))
        .scalar(
            "date_add(varchar, bigint, timestamptz(p)) timestamptz(p)",
            DateFunctions.anyOf(
                DateFunctions.UNITS,
                (arguments, result) ->
                    DateFunctions.isClockUnit(arguments.get(0))
                        ? DateFunctions.add(arguments, result, CLOCK_UNITS)
                            .as(arguments.get(2).type())
                        : onClock("date_add", arguments, 2)))
        .scalar(
            "date_trunc(varchar, timestamptz(p)) timestamptz(p)",
            DateFunctions.anyOf(
                DateFunctions.UNITS, (arguments, result) -> onClock("date_trunc", arguments, 1)))
        .scalar(
            "date_diff(varchar, timestamptz(p), timestamptz(q)) bigint",
            DateFunctions.anyOf(DateFunctions.UNITS, (arguments, result) -> difference(arguments)));
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

  private static void zones(FunctionTable table, JavaFunction inZone) {
    JavaFunction clockIn =
        table.helper(
            "clock_in_zone(timestamp(p), varchar) timestamptz(3)",
            arguments ->
                arguments
                    .time(0)
                    .atZone(zone(arguments.text(1)))
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime());
    JavaFunction ofInterval =
        table.helper(
            "zone_of_interval(interval_day) varchar",
            arguments -> offset(0, arguments.whole(0) / 60_000));
    table
        .scalar(
            "at_timezone(timestamptz(p), varchar) timestamptz(p)",
            (arguments, result) -> shown(inZone, arguments.get(0).as(result), arguments.get(1)))
        .scalar(
            "at_timezone(timestamptz(p), interval_day) timestamptz(p)",
            (arguments, result) ->
                shown(
                    inZone,
                    arguments.get(0).as(result),
                    arguments
                        .get(1)
                        .number()
                        .map(millis -> Literals.text(offset(0, millis / 60_000)))
                        .orElseGet(() -> ofInterval.render(arguments.subList(1, 2), TEXT))))
        .scalar(
            "with_timezone(timestamp(p), varchar) timestamptz(p)",
            (arguments, result) -> {
              Optional<String> zone = arguments.get(1).text();
              return zone.isPresent()
                  ? Zones.instant(arguments.get(0), Zones.named(zone.get()))
                  : clockIn.render(
                      arguments,
                      new TimestampWithTimeZone(
                          ((SqlType.Timestamp) arguments.get(0).type()).precision(), ""));
            })
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

  /** An instant on the clock of a zone; of one that is no constant the clock is not known. */
  private static Typed shown(JavaFunction inZone, Typed instant, Typed zone) {
    Optional<String> known = zone.text();
    return known.isPresent()
        ? instant.as(Zones.in(instant.type(), Zones.named(known.get())))
        : inZone.render(List.of(instant, zone), Zones.in(instant.type(), ""));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(Zones.named(name));
    } catch (UnsupportedCall e) {
      throw new BadArgument("a text is not a valid time zone");
    }
  }

  private static Typed offset(JavaFunction offsets, Typed hours, Typed minutes) {
    return hours.number().isPresent() && minutes.number().isPresent()
        ? Literals.text(offset(hours.number().get(), minutes.number().get()))
        : offsets.render(List.of(hours, minutes), TEXT);
  }

  private static String offset(long hours, long minutes) {
    long all = 60 * hours + minutes;
    return String.format(
        Locale.ROOT, "%s%02d:%02d", all < 0 ? "-" : "+", Math.abs(all) / 60, Math.abs(all) % 60);
  }
}
