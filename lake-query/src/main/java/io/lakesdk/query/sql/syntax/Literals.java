package io.lakesdk.query.sql.syntax;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.value.IpAddress;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.Zones;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.BinaryLiteral;
import io.trino.sql.tree.CharLiteral;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.TimeLiteral;
import io.trino.sql.tree.TimestampLiteral;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Literals, with the types that Trino gives them. */
public final class Literals {

  private static final Pattern DATE = Pattern.compile("\\s*(\\d{4})-(\\d{1,2})-(\\d{1,2})\\s*");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\s*(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?: (\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,6}))?)?)?\\s*");

  private static final Pattern FINE = Pattern.compile("\\d:\\d{1,2}\\.\\d{7,12}\\b");

  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d+))?)?");
  private static final Pattern TIME_WITH_ZONE =
      Pattern.compile(TIME.pattern() + "\\s*[+-]\\d{2}:\\d{2}");

  /** A timestamp with the name of a zone, or an offset. */
  private static final Pattern ZONED =
      Pattern.compile(
          "\\s*(\\d{4}-\\d+-\\d+(?: [\\d:.]+)?)\\s*([A-Za-z][\\w/+-]*|[+-]\\d{2}:\\d{2})\\s*");

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)");
  private static final Pattern FLOATING =
      Pattern.compile(
          "\\s*[+-]?(NaN|Infinity|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)[fFdD]?\\s*");

  private static final List<IntervalLiteral.IntervalField> FIELDS =
      List.of(
          IntervalLiteral.IntervalField.YEAR,
          IntervalLiteral.IntervalField.MONTH,
          IntervalLiteral.IntervalField.DAY,
          IntervalLiteral.IntervalField.HOUR,
          IntervalLiteral.IntervalField.MINUTE,
          IntervalLiteral.IntervalField.SECOND);

  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Literals() {}

  public static Typed unknown() {
    return Typed.constant("NULL", Simple.UNKNOWN, null);
  }

  public static Typed bool(boolean value) {
    return Typed.constant(value ? "true" : "false", Simple.BOOLEAN, value);
  }

  public static Typed whole(LongLiteral literal) {
    long value;
    try {
      value = literal.getParsedValue();
    } catch (RuntimeException e) {
      throw Refusal.at(literal, "Invalid numeric literal: %s", literal.getValue());
    }
    return whole(value, value <= Integer.MAX_VALUE ? Simple.INTEGER : Simple.BIGINT);
  }

  public static Typed whole(long value, SqlType type) {
    return Typed.constant(Sql.cast(Long.toString(value), type), type, value);
  }

  public static Typed floating(double value) {
    return Typed.constant(Sql.cast("'" + value + "'", Simple.DOUBLE), Simple.DOUBLE, value);
  }

  public static Typed decimal(DecimalLiteral literal) {
    return decimal(literal, literal.getValue());
  }

  private static Typed decimal(Expression literal, String text) {
    BigDecimal value;
    try {
      value = new BigDecimal(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw Refusal.at(literal, "'%s' is not a valid DECIMAL literal", text);
    }
    int scale = Math.max(0, value.scale());
    BigDecimal plain = value.setScale(scale);
    int precision = Math.max(1, plain.signum() == 0 ? scale : Math.max(plain.precision(), scale));
    if (precision > SqlType.Decimal.MAX_PRECISION) {
      throw Refusal.at(literal, "Invalid decimal literal: it has more than 38 digits");
    }
    return decimal(plain, new SqlType.Decimal(precision, scale));
  }

  public static Typed decimal(BigDecimal value, SqlType type) {
    return Typed.constant(Sql.cast("'" + value.toPlainString() + "'", type), type, value);
  }

  public static Typed text(StringLiteral literal) {
    return text(literal.getValue());
  }

  public static Typed text(String value) {
    int length = value.codePointCount(0, value.length());
    return Typed.constant(Sql.text(value), new SqlType.Varchar(Optional.of(length)), value);
  }

  public static Typed bytes(BinaryLiteral literal) {
    String hex = HexFormat.of().formatHex(literal.getValue());
    return Typed.constant("unhex('" + hex + "')", Simple.VARBINARY, hex);
  }

  /** {@code date '2024-01-01'}, {@code decimal '1.5'}, {@code bigint '1'} and the like. */
  public static Typed generic(GenericLiteral literal) {
    String text = literal.getValue();
    String type = literal.getType().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "date" -> date(literal, text);
      case "decimal" -> {
        if (!DECIMAL.matcher(text).matches()) {
          throw invalid(literal, text, type);
        }
        yield decimal(literal, text);
      }
      case "tinyint" -> number(literal, Simple.TINYINT, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "smallint" -> number(literal, Simple.SMALLINT, Short.MIN_VALUE, Short.MAX_VALUE);
      case "int", "integer" ->
          number(literal, Simple.INTEGER, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "bigint" -> number(literal, Simple.BIGINT, Long.MIN_VALUE, Long.MAX_VALUE);
      case "varchar" -> Typed.constant(Sql.text(text), new SqlType.Varchar(Optional.empty()), text);
      case "double", "double precision" ->
          floating(
              literal, text, Simple.DOUBLE, value -> Sql.cast("'" + value + "'", Simple.DOUBLE));
      case "real" ->
          floating(
              literal,
              text,
              Simple.REAL,
              value -> Sql.cast("'" + value.floatValue() + "'", Simple.REAL));
      default -> other(literal, text, type);
    };
  }

  /** What a cast of the text gives. */
  private static Typed other(GenericLiteral literal, String text, String type) {
    SqlType named =
        TypeNames.simple(type)
            .orElseThrow(() -> Refusal.at(literal, "Unknown type: %s", literal.getType()));
    if (named == Simple.IPADDRESS) {
      return address(literal, text);
    }
    Typed written = Typed.constant(Sql.text(text), new SqlType.Varchar(Optional.empty()), text);
    return Casts.cast(written, named)
        .orElseThrow(() -> Refusal.at(literal, "No literal form for type %s", named));
  }

  private static Typed address(GenericLiteral literal, String text) {
    try {
      String hex = IpAddress.read(text);
      return Typed.constant("unhex('" + hex + "')", Simple.IPADDRESS, hex);
    } catch (BadArgument none) {
      throw invalid(literal, text, "ipaddress");
    }
  }

  private static Typed floating(
      GenericLiteral literal, String text, SqlType type, Function<Double, String> sql) {
    if (!FLOATING.matcher(text).matches()) {
      throw invalid(literal, text, type.toString());
    }
    double value = type == Simple.REAL ? Float.parseFloat(text) : Double.parseDouble(text);
    return Typed.constant(sql.apply(value), type, value);
  }

  private static Typed number(GenericLiteral literal, SqlType type, long from, long to) {
    try {
      long value = Long.parseLong(literal.getValue().strip());
      if (value >= from && value <= to) {
        return whole(value, type);
      }
    } catch (NumberFormatException e) {
      throw invalid(literal, literal.getValue(), type.toString());
    }
    throw invalid(literal, literal.getValue(), type.toString());
  }

  /** {@code CHAR 'ab'}: as long as the text. */
  public static Typed fixed(CharLiteral literal) {
    String text = literal.getValue();
    int length = text.codePointCount(0, text.length());
    return Typed.constant(Sql.text(text), new SqlType.Char(length), text);
  }

  private static RuntimeException invalid(Expression literal, String text, String type) {
    return Refusal.at(
        literal, "'%s' is not a valid %s literal", text, type.toUpperCase(Locale.ROOT));
  }

  private static Typed date(GenericLiteral literal, String text) {
    Matcher parts = DATE.matcher(text);
    if (parts.matches()) {
      try {
        return date(LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)));
      } catch (DateTimeException e) {
        throw invalid(literal, text, "date");
      }
    }
    throw invalid(literal, text, "date");
  }

  public static Typed date(LocalDate value) {
    return Typed.constant(Sql.cast("'" + value + "'", Simple.DATE), Simple.DATE, value);
  }

  public static Typed timestamp(TimestampLiteral literal) {
    Matcher parts = TIMESTAMP.matcher(literal.getValue());
    if (!parts.matches()) {
      Matcher zoned = ZONED.matcher(literal.getValue());
      if (zoned.matches()) {
        return timestamp(literal, zoned.group(1), zoned.group(2));
      }
      if (FINE.matcher(literal.getValue()).find()) {
        throw Refusal.unsupported(literal, "a timestamp with more than 6 digits of a second");
      }
      throw invalid(literal, literal.getValue(), "timestamp");
    }
    String fraction = parts.group(7) == null ? "" : parts.group(7);
    try {
      LocalDateTime value =
          LocalDateTime.of(
              LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)),
              LocalTime.of(
                  number(parts, 4),
                  number(parts, 5),
                  number(parts, 6),
                  Integer.parseInt((fraction + "000000000").substring(0, 9))));
      return timestamp(value, fraction.length());
    } catch (DateTimeException e) {
      throw invalid(literal, literal.getValue(), "timestamp");
    }
  }

  /** {@code TIME '10:11:12.5'}, with as many digits as are written. */
  public static Typed time(TimeLiteral literal) {
    Matcher parts = TIME.matcher(literal.getValue());
    if (!parts.matches()) {
      if (TIME_WITH_ZONE.matcher(literal.getValue()).matches()) {
        throw Refusal.unsupported(literal, "the type time with time zone");
      }
      throw invalid(literal, literal.getValue(), "time");
    }
    String fraction = parts.group(4) == null ? "" : parts.group(4);
    if (fraction.length() > 6) {
      throw Refusal.unsupported(literal, "a time with more than 6 digits of a second");
    }
    try {
      int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
      LocalTime value = LocalTime.of(number(parts, 1), number(parts, 2), number(parts, 3), nanos);
      return time(value, fraction.length());
    } catch (DateTimeException e) {
      throw invalid(literal, literal.getValue(), "time");
    }
  }

  public static Typed time(LocalTime value, int precision) {
    SqlType type = new SqlType.Time(precision);
    return Typed.constant(Sql.cast("'" + value + "'", type), type, value);
  }

  private static Typed timestamp(TimestampLiteral literal, String clock, String zone) {
    NodeLocation place = literal.getLocation().orElse(new NodeLocation(1, 1));
    return Zones.instant(timestamp(new TimestampLiteral(place, clock)), Zones.named(zone));
  }

  public static Typed timestamp(LocalDateTime value, int precision) {
    SqlType type = new SqlType.Timestamp(precision);
    String text = value.toLocalDate() + " " + value.toLocalTime();
    return Typed.constant(Sql.cast("'" + text + "'", type), type, value);
  }

  private static int number(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
  }

  /**
   * An interval, of one field or of several: {@code '1 02:03:04.567' DAY TO SECOND}, of which those
   * at the end may be missing.
   */
  public static Typed interval(IntervalLiteral literal) {
    boolean negative = literal.getSign() == IntervalLiteral.Sign.NEGATIVE;
    String text = literal.getValue().strip();
    if (text.startsWith("-") || text.startsWith("+")) {
      negative ^= text.startsWith("-");
      text = text.substring(1);
    }
    IntervalLiteral.IntervalField from = literal.getStartField();
    IntervalLiteral.IntervalField to = literal.getEndField().orElse(from);
    boolean months = isMonths(from);
    if (months != isMonths(to) || FIELDS.indexOf(to) < FIELDS.indexOf(from)) {
      throw Refusal.at(literal, "Invalid interval qualifier: %s TO %s", from, to);
    }
    try {
      long value = Math.multiplyExact(negative ? -1 : 1, amount(text, from, to));
      return months ? months(value) : milliseconds(value);
    } catch (ArithmeticException | NumberFormatException e) {
      throw Refusal.at(
          literal, "Invalid INTERVAL %s value", from + (from == to ? "" : " TO " + to));
    }
  }

  private static boolean isMonths(IntervalLiteral.IntervalField field) {
    return field == IntervalLiteral.IntervalField.YEAR
        || field == IntervalLiteral.IntervalField.MONTH;
  }

  /** Months or milliseconds. */
  private static long amount(
      String text, IntervalLiteral.IntervalField from, IntervalLiteral.IntervalField to) {
    long sum = 0;
    String rest = text;
    for (IntervalLiteral.IntervalField field :
        FIELDS.subList(FIELDS.indexOf(from), FIELDS.indexOf(to) + 1)) {
      int digits = 0;
      while (digits < rest.length() && rest.charAt(digits) >= '0' && rest.charAt(digits) <= '9') {
        digits++;
      }
      long value = Long.parseLong(rest.substring(0, digits));
      sum = Math.addExact(sum, Math.multiplyExact(value, unit(field)));
      rest = rest.substring(digits);
      boolean fraction = field == IntervalLiteral.IntervalField.SECOND && rest.startsWith(".");
      if (fraction && rest.substring(1).matches("[0-9]{1,9}")) {
        return Math.addExact(sum, Integer.parseInt((rest.substring(1) + "00").substring(0, 3)));
      } else if (rest.isEmpty()) {
        return sum;
      } else if (field == to || !rest.startsWith(between(field))) {
        break;
      }
      rest = rest.substring(1);
    }
    throw new NumberFormatException();
  }

  private static String between(IntervalLiteral.IntervalField before) {
    return switch (before) {
      case YEAR -> "-";
      case DAY -> " ";
      default -> ":";
    };
  }

  private static long unit(IntervalLiteral.IntervalField field) {
    return switch (field) {
      case YEAR -> 12;
      case MONTH -> 1;
      case DAY -> DAY;
      case HOUR -> HOUR;
      case MINUTE -> MINUTE;
      case SECOND -> SECOND;
    };
  }

  private static Typed months(long months) {
    return Typed.constant(
        Sql.cast(Integer.toString(Math.toIntExact(months)), Simple.INTEGER),
        Simple.INTERVAL_YEAR_TO_MONTH,
        months);
  }

  private static Typed milliseconds(long value) {
    return Typed.constant(
        Sql.cast(Long.toString(value), Simple.BIGINT), Simple.INTERVAL_DAY_TO_SECOND, value);
  }
}
