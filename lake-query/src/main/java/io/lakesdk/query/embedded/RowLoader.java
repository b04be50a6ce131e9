package io.lakesdk.query.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows of Java values into a table. The appender does not take a struct as one value, but
 * takes it inside a list; so a column of structs is kept as one of lists with one struct.
 */
final class RowLoader {

  private final Duck duck;
  private final String schema;
  private final String table;
  private final List<Column> columns;

  RowLoader(Duck duck, String schema, String table, List<Column> columns) {
    this.duck = duck;
    this.schema = schema;
    this.table = table;
    this.columns = List.copyOf(columns);
  }

  void load(Iterator<@Nullable Object[]> rows) {
    try (DuckDBConnection connection = duck.connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(definition());
      }
      try (DuckDBAppender appender = connection.createAppender(schema, table)) {
        for (long row = 1; rows.hasNext(); row++) {
          append(appender, rows.next(), row);
        }
      }
    } catch (SQLException e) {
      try (Plan plan = new Plan(duck)) {
        throw new DuckErrors(duck, plan).translate(e);
      }
    }
  }

  private String definition() {
    List<String> definitions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      DataType type = columns.get(i).type();
      definitions.add(
          "c" + i + " " + SqlTypes.of(type).duckType() + (type instanceof StructType ? "[]" : ""));
    }
    if (definitions.isEmpty()) {
      definitions.add("lake_row BOOLEAN");
    }
    return "CREATE TABLE "
        + SqlText.name(schema)
        + "."
        + SqlText.name(table)
        + " ("
        + String.join(", ", definitions)
        + ")";
  }

  String select(Set<String> wanted) {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (wanted.contains(column.name())) {
        selected.add(
            "c"
                + i
                + (column.type() instanceof StructType ? "[1]" : "")
                + " AS "
                + SqlText.name(column.name()));
      }
    }
    return "SELECT "
        + (selected.isEmpty() ? "1 AS lake_row" : String.join(", ", selected))
        + " FROM "
        + SqlText.name(schema)
        + "."
        + SqlText.name(table);
  }

  private void append(DuckDBAppender appender, @Nullable Object[] row, long number)
      throws SQLException {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(
          "Row " + number + " has " + row.length + " values for " + columns.size() + " columns");
    }
    appender.beginRow();
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      Object value;
      try {
        value = fitted(row[i], column.type());
      } catch (ClassCastException | ArithmeticException e) {
        throw misfit(column, number);
      }
      append(appender, value, column.type());
    }
    if (columns.isEmpty()) {
      appender.append(true);
    }
    appender.endRow();
  }

  private static BadDataException misfit(Column column, long row) {
    return new BadDataException(
        "take in",
        Subject.column(column.name()),
        "the value in row " + row + " does not fit " + column.type());
  }

  private static void append(DuckDBAppender appender, @Nullable Object value, DataType type)
      throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (type instanceof StructType) {
      appender.append(List.of(value));
    } else if (value instanceof List<?> list) {
      appender.append(list);
    } else if (value instanceof Map<?, ?> map) {
      appender.append(map);
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof BigDecimal number) {
      appender.append(number);
    } else if (value instanceof LocalDateTime time) {
      appender.append(time);
    } else if (value instanceof LocalDate date) {
      appender.append(date);
    } else if (value instanceof byte[] bytes) {
      appender.append(bytes);
    } else {
      scalar(appender, value);
    }
  }

  private static void scalar(DuckDBAppender appender, Object value) throws SQLException {
    if (value instanceof Boolean truth) {
      appender.append(truth);
    } else if (value instanceof Byte number) {
      appender.append(number);
    } else if (value instanceof Short number) {
      appender.append(number);
    } else if (value instanceof Integer number) {
      appender.append(number);
    } else if (value instanceof Long number) {
      appender.append(number);
    } else if (value instanceof Float number) {
      appender.append(number);
    } else {
      appender.append((Double) value);
    }
  }

  /** The value in exactly the class that the appender wants for the type. */
  private static @Nullable Object fitted(@Nullable Object value, DataType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof Primitive primitive) {
      return primitive(value, primitive);
    }
    if (type instanceof DecimalType decimal) {
      BigDecimal number = ((BigDecimal) value).setScale(decimal.scale());
      if (number.precision() > decimal.precision()) {
        throw new ArithmeticException("precision");
      }
      return number;
    }
    if (type instanceof ArrayType array) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object one : (List<?>) value) {
        list.add(fitted(one, array.element()));
      }
      return list;
    }
    if (type instanceof MapType map) {
      Map<@Nullable Object, @Nullable Object> fitted = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((k, v) -> fitted.put(fitted(k, map.key()), fitted(v, map.value())));
      return fitted;
    }
    if (type instanceof StructType struct) {
      Map<String, @Nullable Object> fitted = new LinkedHashMap<>();
      for (StructType.Field field : struct.fields()) {
        fitted.put(field.name(), fitted(((Map<?, ?>) value).get(field.name()), field.type()));
      }
      return fitted;
    }
    return (String) value;
  }

  private static Object primitive(Object value, Primitive type) {
    return switch (type) {
      case BOOLEAN -> (Boolean) value;
      case TINYINT -> (Byte) value;
      case SMALLINT -> (Short) value;
      case INT -> (Integer) value;
      case BIGINT -> (Long) value;
      case FLOAT -> (Float) value;
      case DOUBLE -> (Double) value;
      case STRING -> (String) value;
      case BINARY -> (byte[]) value;
      case DATE -> (LocalDate) value;
      case TIMESTAMP -> (LocalDateTime) value;
    };
  }
}
