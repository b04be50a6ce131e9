package io.lakesdk.query.federated.jdbc;

import io.lakesdk.query.federated.jdbc.JdbcColumn.Comparing;
import io.lakesdk.query.federated.jdbc.JdbcColumn.Values;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.VarcharType;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

/**
 * Which type of the lake holds the values of a database's type exactly. What none holds is refused
 * and not rounded, except that a timestamp has milliseconds, as it has in Athena's connectors.
 */
final class JdbcTypes {

  private static final int LONGEST_CHAR = 255;
  private static final int LONGEST_VARCHAR = 65_535;
  private static final int MOST_DIGITS = 38;

  private JdbcTypes() {}

  /**
   * A column's type as the database tells it.
   *
   * @param jdbc of {@link Types}
   * @param name in the database
   * @param size digits or characters; 0 where there is no bound
   * @param scale digits after the point
   */
  record Told(int jdbc, String name, int size, int scale) {
    boolean isUnsigned() {
      return name.toLowerCase(Locale.ROOT).contains("unsigned");
    }
  }

  /** What becomes of it. */
  sealed interface Mapped permits Exact, Refused {}

  /** A type whose values can be read. */
  record Exact(DataType type, Values values, Comparing comparing) implements Mapped {}

  /** A type whose values cannot. */
  record Refused(String reason) implements Mapped {}

  static Mapped map(Dialect dialect, Told told) {
    return dialect == Dialect.POSTGRES
        ? postgres(told).orElseGet(() -> standard(dialect, told))
        : standard(dialect, told);
  }

  private static Mapped standard(Dialect dialect, Told told) {
    boolean wider = told.isUnsigned();
    return switch (told.jdbc()) {
      case Types.BOOLEAN -> bool();
      case Types.BIT -> told.size() <= 1 ? bool() : none(told);
      case Types.TINYINT ->
          wider || dialect == Dialect.SQL_SERVER
              ? smallint()
              : number(DataType.TINYINT, ResultSet::getByte);
      case Types.SMALLINT -> wider ? integer() : smallint();
      case Types.INTEGER -> wider ? bigint() : integer();
      case Types.BIGINT -> wider ? decimal(20, 0) : bigint();
      case Types.REAL -> floating(dialect, DataType.FLOAT, ResultSet::getFloat);
      case Types.FLOAT, Types.DOUBLE -> floating(dialect, DataType.DOUBLE, ResultSet::getDouble);
      case Types.NUMERIC, Types.DECIMAL -> decimal(told);
      case Types.CHAR, Types.NCHAR -> fixed(told.size());
      case Types.VARCHAR, Types.NVARCHAR -> text(told.size(), Comparing.TEXTS);
      case Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB ->
          text(0, Comparing.NOTHING);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          new Exact(DataType.BINARY, ResultSet::getBytes, Comparing.NOTHING);
      case Types.DATE -> new Exact(DataType.DATE, JdbcValues::date, Comparing.DATES);
      case Types.TIMESTAMP ->
          new Exact(
              DataType.TIMESTAMP, JdbcValues::timestamp, times(dialect, Comparing.TIMESTAMPS));
      case Types.TIMESTAMP_WITH_TIMEZONE -> instant(dialect);
      default -> none(told);
    };
  }

  /** What Postgres tells in its own way. */
  private static Optional<Mapped> postgres(Told told) {
    String name = told.name();
    if (name.startsWith("_")) {
      return Optional.of(array(told));
    }
    return Optional.ofNullable(
        switch (name) {
          case "bool" -> bool();
          case "timestamptz" -> instant(Dialect.POSTGRES);
          case "uuid", "json", "jsonb" -> text(0, Comparing.NOTHING);
          case "bit", "varbit", "money" -> none(told);
          case "text", "varchar" -> text(told.size(), Comparing.TEXTS);
          // An enumeration, or another text that is compared in a way of its own.
          default -> told.jdbc() == Types.VARCHAR ? text(0, Comparing.NOTHING) : null;
        });
  }

  /** Arrays of one dimension; the type does not say how many there are. */
  private static Mapped array(Told told) {
    DataType element =
        switch (told.name()) {
          case "_bool" -> DataType.BOOLEAN;
          case "_int2" -> DataType.SMALLINT;
          case "_int4" -> DataType.INT;
          case "_int8" -> DataType.BIGINT;
          case "_float4" -> DataType.FLOAT;
          case "_float8" -> DataType.DOUBLE;
          case "_text", "_varchar", "_uuid" -> DataType.STRING;
          case "_date" -> DataType.DATE;
          default -> null;
        };
    return element == null
        ? none(told)
        : new Exact(new ArrayType(element), JdbcValues::array, Comparing.NOTHING);
  }

  private static Exact bool() {
    return number(DataType.BOOLEAN, ResultSet::getBoolean, Comparing.BOOLEANS);
  }

  private static Exact smallint() {
    return number(DataType.SMALLINT, ResultSet::getShort);
  }

  private static Exact integer() {
    return number(DataType.INT, ResultSet::getInt);
  }

  private static Exact bigint() {
    return number(DataType.BIGINT, ResultSet::getLong);
  }

  private static Exact number(DataType type, JdbcValues.Plain values) {
    return number(type, values, Comparing.EXACT_NUMBERS);
  }

  private static Exact number(DataType type, JdbcValues.Plain values, Comparing comparing) {
    return new Exact(type, JdbcValues.orNull(values), comparing);
  }

  private static Exact floating(Dialect dialect, DataType type, JdbcValues.Plain values) {
    return number(type, values, times(dialect, Comparing.FLOATING_NUMBERS));
  }

  private static Comparing times(Dialect dialect, Comparing exact) {
    return dialect.comparesTimesAndFloats() ? exact : Comparing.NOTHING;
  }

  private static Exact instant(Dialect dialect) {
    return new Exact(DataType.TIMESTAMP, JdbcValues::instant, times(dialect, Comparing.INSTANTS));
  }

  private static Exact decimal(int precision, int scale) {
    return new Exact(
        new DecimalType(precision, scale),
        JdbcValues.decimal(precision, scale),
        Comparing.EXACT_NUMBERS);
  }

  private static Mapped decimal(Told told) {
    // A scale below zero counts zeros before the point, one above the size zeros after it.
    int precision = Math.max(told.size() - Math.min(told.scale(), 0), told.scale());
    if (told.size() < 1 || precision > MOST_DIGITS) {
      return new Refused(
          "its type "
              + told.name()
              + " has no bound that decimal(38) could hold; make a view in the database that casts"
              + " it, as to numeric(38, 9), and read that");
    }
    return decimal(precision, Math.max(told.scale(), 0));
  }

  private static Exact fixed(int size) {
    return size >= 1 && size <= LONGEST_CHAR
        ? new Exact(new CharType(size), ResultSet::getString, Comparing.NOTHING)
        : text(size, Comparing.NOTHING);
  }

  private static Exact text(int size, Comparing comparing) {
    DataType type = size >= 1 && size <= LONGEST_VARCHAR ? new VarcharType(size) : DataType.STRING;
    return new Exact(type, ResultSet::getString, comparing);
  }

  private static Refused none(Told told) {
    return new Refused(
        "its type "
            + told.name()
            + " is none that Athena has; make a view in the database that casts it, as to text,"
            + " and read that");
  }
}
