package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Char;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.lakesdk.query.sql.type.SqlType.Timestamp;
import io.lakesdk.query.sql.type.SqlType.Varchar;
import java.util.List;
import java.util.Optional;

/**
 * Casts from and to text. DuckDB reads more spellings than Trino does, so what is to be read is
 * first compared with the pattern of what Trino reads.
 */
final class TextCasts {

  private static final String INTEGER = "\\s*[+-]?[0-9]+\\s*";
  private static final String DECIMAL = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";
  private static final String FLOATING = "\\s*([+-]?(NaN|Infinity)|" + DECIMAL + ")\\s*";
  private static final String DATE = "\\s*[+-]?[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}\\s*";
  private static final String TIMESTAMP =
      "\\s*[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}"
          + "( [0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,6})?)?)?\\s*";

  /** The zone that may stand after a timestamp. */
  private static final String ZONE = " *([A-Za-z][A-Za-z0-9_/+-]*|[+-][0-9]{2}:[0-9]{2})\\s*$";

  private static final Template GUARDED =
      Template.of(
          "CASE WHEN {0} IS NULL THEN NULL WHEN regexp_full_match({0}, {a})"
              + " THEN CAST({0} AS {result}) ELSE {b} END");

  private TextCasts() {}

  static Optional<Typed> fromText(Typed value, SqlType type) {
    if (value.type() instanceof Char && Coercions.isNumeric(type) && !(type instanceof Decimal)) {
      return Optional.empty();
    }
    if (Coercions.isInteger(type)) {
      return guarded(value, type, INTEGER);
    } else if (type instanceof Decimal) {
      return guarded(value, type, DECIMAL);
    } else if (type == Simple.DOUBLE || type == Simple.REAL) {
      return guarded(value, type, FLOATING);
    } else if (type == Simple.DATE) {
      return guarded(value, type, DATE);
    } else if (type instanceof Timestamp timestamp) {
      SqlType micros = new Timestamp(6);
      // A zone after it is passed over.
      Typed clock =
          Typed.of(
              "regexp_replace(" + value.sql() + ", " + Sql.text("(:[0-9.]+)" + ZONE) + ", '\\1')",
              value.type(),
              value);
      return guarded(clock, micros, TIMESTAMP)
          .map(read -> Casts.rounded(read, timestamp.precision(), type));
    } else if (type instanceof SqlType.TimestampWithTimeZone zoned) {
      return Optional.of(zoned(value, zoned));
    } else if (type == Simple.BOOLEAN) {
      String bad = Raise.INVALID_CAST.sql(Simple.BOOLEAN);
      return Optional.of(
          Template.of(
                  "CASE WHEN {0} IS NULL THEN NULL WHEN lower({0}) IN ('true', 't', '1') THEN true"
                      + " WHEN lower({0}) IN ('false', 'f', '0') THEN false ELSE "
                      + bad
                      + " END")
              .fill(List.of(value), type));
    } else if (type instanceof SqlType.Time time && value.type() instanceof Varchar) {
      return Optional.of(Times.read(value, time));
    } else if (type == Simple.IPADDRESS && value.type() instanceof Varchar) {
      return Addresses.cast(value, type);
    } else if (type == Simple.UUID) {
      return guarded(value, type, "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    } else if (type == Simple.VARBINARY && value.type() instanceof Varchar) {
      return Optional.of(Typed.of("encode(" + value.sql() + ")", type, value));
    }
    return Optional.empty();
  }

  /** A text with a zone, or without, which means UTC; only a constant may have another. */
  private static Typed zoned(Typed value, SqlType.TimestampWithTimeZone type) {
    Optional<String> known = value.text().map(String::strip);
    int zone = known.map(text -> text.indexOf(' ', text.indexOf(' ') + 1)).orElse(-1);
    if (zone > 0) {
      String clock = known.get().substring(0, zone);
      SqlType text = value.type();
      Typed time =
          fromText(Typed.constant(Sql.text(clock), text, clock), new Timestamp(type.precision()))
              .orElseThrow();
      return Zones.instant(time, Zones.named(known.get().substring(zone + 1)));
    }
    Typed stripped =
        Typed.of("regexp_replace(" + value.sql() + ", ' (UTC|Z)$', '')", value.type(), value);
    return Zones.instant(fromText(stripped, new Timestamp(type.precision())).orElseThrow(), "UTC");
  }

  private static Optional<Typed> guarded(Typed value, SqlType type, String accepted) {
    return Optional.of(
        GUARDED.with(Sql.text(accepted), Raise.INVALID_CAST.sql(type)).fill(List.of(value), type));
  }

  static Optional<Typed> toText(Typed value, SqlType type) {
    SqlType from = value.type();
    if (from instanceof Varchar || from instanceof Char) {
      return Optional.of(fromTextToText(value, type));
    }
    boolean sized = !type.equals(new Varchar(Optional.empty()));
    boolean unsized = from == Simple.UUID || from == Simple.IPADDRESS;
    if (type instanceof Char || (unsized && sized)) {
      return Optional.empty();
    }
    Optional<Typed> text = printed(value);
    if (type instanceof Varchar varchar && varchar.length().isEmpty()) {
      return text.map(printed -> printed.as(type));
    }
    int length = ((Varchar) type).length().orElseThrow();
    return text.map(printed -> fitting(printed, type, length));
  }

  /** A text that must not be longer than the type. */
  static Typed fitting(Typed text, SqlType type, int length) {
    return Template.of("CASE WHEN length({0}) > {a} THEN {b} ELSE {0} END")
        .with(Integer.toString(length), Raise.CHAR_TOO_LONG.sql(type))
        .fill(List.of(text), type);
  }

  private static Typed fromTextToText(Typed value, SqlType type) {
    if (type instanceof Char fixed) {
      return Typed.of("rpad(" + value.sql() + ", " + fixed.length() + ", ' ')", type, value);
    }
    Optional<Integer> target = ((Varchar) type).length();
    Optional<Integer> source =
        value.type() instanceof Char fixed
            ? Optional.of(fixed.length())
            : ((Varchar) value.type()).length();
    boolean fits = target.isEmpty() || source.map(length -> length <= target.get()).orElse(false);
    return fits
        ? value.as(type)
        : Typed.of("left(" + value.sql() + ", " + target.get() + ")", type, value);
  }

  private static Optional<Typed> printed(Typed value) {
    SqlType from = value.type();
    SqlType text = new Varchar(Optional.empty());
    if (from instanceof Decimal decimal && decimal.precision() == decimal.scale()) {
      // DuckDB prints it without the 0 before the point.
      String digits = "regexp_replace(" + Sql.cast(value.sql(), text) + ", '^(-?)[.]', '\\10.')";
      return Optional.of(Typed.of(digits, text, value));
    } else if (from == Simple.INTERVAL_DAY_TO_SECOND) {
      return Optional.of(Template.of(DAYS_TEXT).fill(List.of(value), text));
    } else if (from == Simple.INTERVAL_YEAR_TO_MONTH) {
      return Optional.of(Template.of(MONTHS_TEXT).fill(List.of(value), text));
    } else if (from == Simple.BOOLEAN
        || from == Simple.DATE
        || from == Simple.UUID
        || from instanceof Decimal
        || Coercions.isInteger(from)) {
      return Optional.of(Typed.of(Sql.cast(value.sql(), text), text, value));
    } else if (from instanceof Timestamp timestamp) {
      return Optional.of(clock(value, "%Y-%m-%d %H:%M:%S.%f", timestamp.precision()));
    } else if (from instanceof SqlType.Time time) {
      return Optional.of(clock(Times.clock(value), "%H:%M:%S.%f", time.precision()));
    } else if (from == Simple.IPADDRESS) {
      return Addresses.cast(value, text);
    } else if (from instanceof SqlType.TimestampWithTimeZone instant) {
      return printed(Zones.clock(value))
          .map(
              clock ->
                  Typed.of(
                      "(" + clock.sql() + " || " + Sql.text(" " + instant.zone()) + ")",
                      text,
                      value));
    } else if (from == Simple.DOUBLE || from == Simple.REAL) {
      return Optional.of(Template.of(FLOATING_TEXT).fill(List.of(value), text));
    }
    return Optional.empty();
  }

  /** A timestamp in a format that ends with a fraction, of which so many digits are printed. */
  private static Typed clock(Typed value, String format, int digits) {
    int cut = 6 - digits + (digits == 0 ? 1 : 0);
    String printed = "strftime(" + value.sql() + ", " + Sql.text(format) + ")";
    return Typed.of(
        cut == 0 ? printed : "left(" + printed + ", -" + cut + ")",
        new Varchar(Optional.empty()),
        value);
  }

  private static final String DAYS_TEXT =
      "CASE WHEN {0} < 0 THEN '-' ELSE '' END || CAST(abs({0}) // 86400000 AS VARCHAR) || ' ' ||"
          + " lpad(CAST(abs({0}) // 3600000 % 24 AS VARCHAR), 2, '0') || ':' ||"
          + " lpad(CAST(abs({0}) // 60000 % 60 AS VARCHAR), 2, '0') || ':' ||"
          + " lpad(CAST(abs({0}) // 1000 % 60 AS VARCHAR), 2, '0') || '.' ||"
          + " lpad(CAST(abs({0}) % 1000 AS VARCHAR), 3, '0')";

  private static final String MONTHS_TEXT =
      "CASE WHEN {0} < 0 THEN '-' ELSE '' END || CAST(abs({0}) // 12 AS VARCHAR) || '-' ||"
          + " CAST(abs({0}) % 12 AS VARCHAR)";

  /**
   * A floating number as Trino prints it, {@code 1.25E-3}: the shortest digits that tell the number
   * apart, which DuckDB prints with or without exponent, put into scientific form.
   */
  private static final String FLOATING_TEXT =
      """
      CASE WHEN {0} IS NULL THEN NULL WHEN isnan({0}) THEN 'NaN' WHEN isinf({0}) THEN \
      CASE WHEN {0} > 0 THEN 'Infinity' ELSE '-Infinity' END \
      WHEN {0} = 0 THEN CASE WHEN left(CAST({0} AS VARCHAR), 1) = '-' THEN '-0E0' ELSE '0E0' END \
      ELSE list_transform([struct_pack(m := split_part(ltrim(CAST({0} AS VARCHAR), '-'), 'e', 1), \
      e := coalesce(TRY_CAST(nullif(split_part(CAST({0} AS VARCHAR), 'e', 2), '') AS INTEGER), 0))], \
      lambda p: list_transform([struct_pack(d := ltrim(replace(p.m, '.', ''), '0'), \
      x := p.e + CASE WHEN left(p.m, 2) = '0.' \
      THEN -1 - (length(p.m) - 2 - length(ltrim(substr(p.m, 3), '0'))) \
      ELSE length(split_part(p.m, '.', 1)) - 1 END)], \
      lambda q: CASE WHEN {0} < 0 THEN '-' ELSE '' END || left(q.d, 1) || '.' || \
      coalesce(nullif(rtrim(substr(q.d, 2), '0'), ''), '0') || 'E' || CAST(q.x AS VARCHAR))[1])[1] END\
      """;
}
