package io.lakesdk.query.files;

import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * The table function by which the engine takes rows from Java, a few thousand at a time, in as many
 * threads as there are files. It is called with the number of a scan, under a name that no
 * statement can write. Bytes travel as hexadecimal digits, arrays, maps and structs as JSON, since
 * the driver has no other way for them.
 */
public final class RowFunction {

  private static final String NAME = "lake_rows";

  /** Rows with long texts are given in smaller numbers, so that they take little memory at once. */
  private static final long MOST_TEXT = 8 << 20;

  private final Map<Long, RowScan> scans = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** Makes the function known to a database. */
  public void register(Connection database) throws SQLException {
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName(NAME)
          .withParameter(DuckDBColumnType.BIGINT)
          .withFunction(new Function())
          .register(database);
    }
  }

  /** Keeps a scan until {@link #remove}; the number is what calls name it by. */
  public long add(RowScan scan) {
    long number = numbers.incrementAndGet();
    scans.put(number, scan);
    return number;
  }

  public void remove(long number) {
    scans.remove(number);
  }

  /** The call that gives a scan's rows. It has the number of the file as {@code file_index}. */
  public static String call(long number) {
    return NAME + "(" + number + ")";
  }

  /** How to get each column of a scan from {@code f}. */
  public static Map<String, String> expressions(RowScan scan) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < scan.columns().size(); i++) {
      Column column = scan.columns().get(i);
      all.put(column.name(), value(column.type(), "f.c" + i, scan.isText()));
    }
    return all;
  }

  private static String value(DataType type, String sql, boolean text) {
    if (NestedJson.isNested(type)) {
      return NestedJson.read(type, sql);
    }
    if (text) {
      return Texts.parsed(type, sql);
    }
    if (type == Primitive.BINARY) {
      return "unhex(" + sql + ")";
    }
    return Texts.fitted(type, sql);
  }

  /** What the engine calls; the three states are those of a statement, a reading and a thread. */
  private final class Function implements DuckDBTableFunction<RowScan, RowScan.Run, RowScan.Turn> {

    @Override
    public RowScan bind(DuckDBTableFunctionBindInfo info) throws SQLException {
      RowScan scan = scans.get(info.getParameter(0).getLong());
      if (scan == null) {
        throw new SQLException("the scan has ended");
      }
      info.addResultColumn("file_index", DuckDBColumnType.BIGINT);
      for (int i = 0; i < scan.columns().size(); i++) {
        DataType type = scan.columns().get(i).type();
        if (scan.isText()) {
          info.addResultColumn("c" + i, DuckDBColumnType.VARCHAR);
        } else if (type instanceof DecimalType decimal) {
          try (DuckDBLogicalType sized =
              DuckDBLogicalType.decimal(decimal.precision(), decimal.scale())) {
            info.addResultColumn("c" + i, sized);
          }
        } else {
          info.addResultColumn("c" + i, column(type));
        }
      }
      return scan;
    }

    @Override
    public RowScan.Run init(DuckDBTableFunctionInitInfo info) {
      RowScan scan = info.getBindData();
      info.setMaxThreads(Math.max(1, scan.parts()));
      return new RowScan.Run();
    }

    @Override
    public RowScan.Turn localInit(DuckDBTableFunctionInitInfo info) {
      RowScan scan = info.getBindData();
      return scan.new Turn();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter out) {
      Thread engine = Thread.currentThread();
      if (engine.getContextClassLoader() == null) {
        // Threads that began outside of Java have none, and libraries ask for one.
        engine.setContextClassLoader(RowFunction.class.getClassLoader());
      }
      RowScan scan = info.getBindData();
      RowScan.Run run = info.getInitData();
      RowScan.Turn turn = info.getLocalInitData();
      List<Column> columns = scan.columns();
      long count = 0;
      long text = 0;
      for (; count < out.capacity() && text < MOST_TEXT; count++) {
        @Nullable Object[] row = turn.next(run);
        if (row == null) {
          break;
        }
        out.vector(0).setLong(count, turn.part());
        for (int i = 0; i < row.length; i++) {
          Object value = row[i];
          if (value instanceof String string) {
            text += string.length();
          }
          if (value == null) {
            out.vector(i + 1).setNull(count);
          } else {
            write(out.vector(i + 1), count, value, columns.get(i).type());
          }
        }
      }
      return count;
    }
  }

  private static void write(DuckDBWritableVector out, long row, Object value, DataType type) {
    if (value instanceof String text) {
      out.setString(row, text);
    } else if (value instanceof Long number) {
      out.setLong(row, number);
    } else if (value instanceof Integer number) {
      out.setInt(row, number);
    } else if (value instanceof Double number) {
      out.setDouble(row, number);
    } else if (value instanceof LocalDateTime time) {
      out.setTimestamp(row, time);
    } else if (value instanceof LocalDate date) {
      out.setDate(row, date);
    } else if (value instanceof BigDecimal number) {
      out.setBigDecimal(row, number);
    } else if (value instanceof Boolean truth) {
      out.setBoolean(row, truth);
    } else if (value instanceof Float number) {
      out.setFloat(row, number);
    } else if (value instanceof Short number) {
      out.setShort(row, number);
    } else if (value instanceof Byte number) {
      out.setByte(row, number);
    } else if (value instanceof byte[] bytes) {
      out.setString(row, HexFormat.of().formatHex(bytes));
    } else {
      out.setString(row, NestedJson.write(value, type));
    }
  }

  private static DuckDBColumnType column(DataType type) {
    if (type instanceof Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> DuckDBColumnType.BOOLEAN;
        case TINYINT -> DuckDBColumnType.TINYINT;
        case SMALLINT -> DuckDBColumnType.SMALLINT;
        case INT -> DuckDBColumnType.INTEGER;
        case BIGINT -> DuckDBColumnType.BIGINT;
        case FLOAT -> DuckDBColumnType.FLOAT;
        case DOUBLE -> DuckDBColumnType.DOUBLE;
        case DATE -> DuckDBColumnType.DATE;
        case TIMESTAMP -> DuckDBColumnType.TIMESTAMP;
        case STRING, BINARY -> DuckDBColumnType.VARCHAR;
      };
    }
    return DuckDBColumnType.VARCHAR;
  }
}
