package io.lakesdk.query.sql.type;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The type of an expression, as Athena (Trino) has it. Prints as Athena prints it: {@code
 * decimal(12,2)}, {@code array(row(a integer))}. Each type comes from DuckDB in one representation,
 * {@link #duckType()}.
 */
public sealed interface SqlType {

  /** The DuckDB type that holds values of this type. */
  String duckType();

  /** Types without parameters. */
  enum Simple implements SqlType {
    BOOLEAN("boolean", "BOOLEAN"),
    TINYINT("tinyint", "TINYINT"),
    SMALLINT("smallint", "SMALLINT"),
    INTEGER("integer", "INTEGER"),
    BIGINT("bigint", "BIGINT"),
    REAL("real", "FLOAT"),
    DOUBLE("double", "DOUBLE"),
    VARBINARY("varbinary", "BLOB"),
    DATE("date", "DATE"),
    /** JSON as text. */
    JSON("json", "VARCHAR"),
    /** Milliseconds, as a BIGINT. */
    INTERVAL_DAY_TO_SECOND("interval day to second", "BIGINT"),
    /** Months, as an INTEGER. */
    INTERVAL_YEAR_TO_MONTH("interval year to month", "INTEGER"),
    UUID("uuid", "UUID"),
    /** Sixteen bytes, those of version 4 as RFC 4291 maps them. */
    IPADDRESS("ipaddress", "BLOB"),
    /** The type of NULL. */
    UNKNOWN("unknown", "INTEGER");

    private final String text;
    private final String duckType;

    Simple(String text, String duckType) {
      this.text = text;
      this.duckType = duckType;
    }

    @Override
    public String duckType() {
      return duckType;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** An exact decimal number. */
  record Decimal(int precision, int scale) implements SqlType {

    /** The most digits. */
    public static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalStateException("decimal(" + precision + "," + scale + ")");
      }
    }

    @Override
    public String duckType() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** Text, of at most {@code length} characters where that is known. */
  record Varchar(Optional<Integer> length) implements SqlType {

    public Varchar {
      Objects.requireNonNull(length, "length");
    }

    @Override
    public String duckType() {
      return "VARCHAR";
    }

    @Override
    public String toString() {
      return length.map(n -> "varchar(" + n + ")").orElse("varchar");
    }
  }

  /** Text of exactly {@code length} characters, padded with spaces, also in DuckDB. */
  record Char(int length) implements SqlType {

    @Override
    public String duckType() {
      return "VARCHAR";
    }

    @Override
    public String toString() {
      return "char(" + length + ")";
    }
  }

  /** A time of day, with 0 to 6 digits of a second. */
  record Time(int precision) implements SqlType {

    @Override
    public String duckType() {
      return "TIME";
    }

    @Override
    public String toString() {
      return "time(" + precision + ")";
    }
  }

  /** Date and time of day, with 0 to 6 digits of a second. */
  record Timestamp(int precision) implements SqlType {

    @Override
    public String duckType() {
      return "TIMESTAMP";
    }

    @Override
    public String toString() {
      return "timestamp(" + precision + ")";
    }
  }

  /**
   * An instant, with 0 to 6 digits of a second.
   *
   * @param zone the time zone whose clock shows it, empty where it differs from value to value
   */
  record TimestampWithTimeZone(int precision, String zone) implements SqlType {

    public TimestampWithTimeZone {
      Objects.requireNonNull(zone, "zone");
    }

    /** An instant shown in UTC. */
    public TimestampWithTimeZone(int precision) {
      this(precision, "UTC");
    }

    @Override
    public String duckType() {
      return "TIMESTAMP WITH TIME ZONE";
    }

    @Override
    public String toString() {
      return "timestamp(" + precision + ") with time zone";
    }
  }

  /** Values of one type in order. */
  record Array(SqlType element) implements SqlType {

    public Array {
      Objects.requireNonNull(element, "element");
    }

    @Override
    public String duckType() {
      return element.duckType() + "[]";
    }

    @Override
    public String toString() {
      return "array(" + element + ")";
    }
  }

  /** Keys with values. */
  record MapOf(SqlType key, SqlType value) implements SqlType {

    public MapOf {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String duckType() {
      return "MAP(" + key.duckType() + ", " + value.duckType() + ")";
    }

    @Override
    public String toString() {
      return "map(" + key + ", " + value + ")";
    }
  }

  /** Values of several types; in DuckDB a STRUCT whose fields are named {@link #duckName}. */
  record Row(List<Field> fields) implements SqlType {

    public Row {
      fields = List.copyOf(fields);
    }

    /** The name of a field, counted from 0, in DuckDB: its own, or one made of its number. */
    public String duckName(int field) {
      return fields.get(field).name().orElse("field" + field);
    }

    @Override
    public String duckType() {
      StringBuilder text = new StringBuilder("STRUCT(");
      for (int i = 0; i < fields.size(); i++) {
        text.append(i == 0 ? "" : ", ");
        text.append('"').append(duckName(i).replace("\"", "\"\"")).append("\" ");
        text.append(fields.get(i).type().duckType());
      }
      return text.append(')').toString();
    }

    @Override
    public String toString() {
      return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "row(", ")"));
    }
  }

  /** One value of a row; the name is lower-case unless it was quoted. */
  record Field(Optional<String> name, SqlType type) {

    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }

    @Override
    public String toString() {
      return name.map(text -> text + " " + type).orElseGet(type::toString);
    }
  }
}
