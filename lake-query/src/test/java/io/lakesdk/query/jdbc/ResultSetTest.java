package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** What results say of their columns and give as values. */
class ResultSetTest extends OpenShop {

  private static final String ALL =
      """
      SELECT true AS flag, CAST(1 AS tinyint) AS tiny, CAST(2 AS smallint) AS small, 3 AS whole,
        CAST(4 AS bigint) AS large, CAST(1.5 AS real) AS short, CAST(2.5 AS double) AS long,
        CAST(12.30 AS decimal(12,2)) AS price, 'text' AS text, CAST('a' AS char(3)) AS fixed,
        X'00ff' AS bytes, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 12:30:45.678' AS moment,
        ARRAY[1, 2] AS list, MAP(ARRAY['k'], ARRAY[1]) AS pairs, CAST(ROW(1, 'x') AS ROW(a integer,
        b varchar)) AS parts, NULL AS nothing, INTERVAL '1' DAY AS span""";

  @Test
  void describeTheirColumns() throws SQLException {
    ResultSetMetaData columns = row(ALL).getMetaData();
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      all.append(columns.getColumnLabel(i)).append(' ');
      all.append(columns.getColumnTypeName(i)).append(' ').append(columns.getColumnType(i));
      all.append(' ').append(columns.getPrecision(i)).append(' ').append(columns.getScale(i));
      all.append('\n');
    }
    int unlimited = Integer.MAX_VALUE;
    assertThat(all.toString().lines())
        .containsExactly(
            "flag boolean " + Types.BOOLEAN + " 1 0",
            "tiny tinyint " + Types.TINYINT + " 3 0",
            "small smallint " + Types.SMALLINT + " 5 0",
            "whole integer " + Types.INTEGER + " 10 0",
            "large bigint " + Types.BIGINT + " 19 0",
            "short real " + Types.REAL + " 7 0",
            "long double " + Types.DOUBLE + " 15 0",
            "price decimal(12,2) " + Types.DECIMAL + " 12 2",
            "text varchar(4) " + Types.VARCHAR + " 4 0",
            "fixed char(3) " + Types.CHAR + " 3 0",
            "bytes varbinary " + Types.VARBINARY + " " + unlimited + " 0",
            "day date " + Types.DATE + " 10 0",
            "moment timestamp(3) " + Types.TIMESTAMP + " 23 3",
            "list array(integer) " + Types.ARRAY + " 0 0",
            "pairs map(varchar(1), integer) " + Types.JAVA_OBJECT + " 0 0",
            "parts row(a integer, b varchar) " + Types.JAVA_OBJECT + " 0 0",
            "nothing unknown " + Types.NULL + " 0 0",
            "span interval day to second " + Types.OTHER + " 0 0");
    assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNullableUnknown);
    assertThat(columns.isSigned(4)).isTrue();
    assertThat(columns.isSigned(9)).isFalse();
    fails(
        "07009",
        "There is no column 19; they are counted from 1 to 18",
        () -> columns.getColumnName(19));
  }

  @Test
  void giveObjectsOfTheClassThatTheyName() throws Exception {
    ResultSet results = row(ALL);
    ResultSetMetaData columns = results.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      Object value = results.getObject(i);
      if (!columns.getColumnLabel(i).equals("nothing")) {
        assertThat(value).isInstanceOf(Class.forName(columns.getColumnClassName(i)));
        assertThat(results.wasNull()).isFalse();
        assertThat(results.getString(i).length())
            .isLessThanOrEqualTo(columns.getColumnDisplaySize(i));
      }
    }
    assertThat(results.getObject("nothing")).isNull();
    assertThat(results.wasNull()).isTrue();
    assertThat(results.getObject("day")).isEqualTo(Date.valueOf("2024-02-29"));
    assertThat(results.getObject("moment")).isEqualTo(Timestamp.valueOf("2024-02-29 12:30:45.678"));
    assertThat(results.getObject("pairs")).isEqualTo(Map.of("k", 1));
    assertThat(results.getObject("parts")).isEqualTo(Map.of("a", 1, "b", "x"));
    assertThat(results.getObject("span")).isEqualTo(Duration.ofDays(1));
    assertThat(results.getObject("bytes")).isEqualTo(new byte[] {0, (byte) 0xff});
  }

  @Test
  void giveNumbersExactlyOrNotAtAll() throws SQLException {
    ResultSet results = row(ALL);
    assertThat(results.getByte("large")).isEqualTo((byte) 4);
    assertThat(results.getShort("large")).isEqualTo((short) 4);
    assertThat(results.getInt("large")).isEqualTo(4);
    assertThat(results.getLong("TINY")).isEqualTo(1);
    assertThat(results.getFloat("short")).isEqualTo(1.5f);
    assertThat(results.getDouble("price")).isEqualTo(12.3);
    assertThat(results.getBigDecimal("price")).isEqualTo(new BigDecimal("12.30"));
    assertThat(results.getBigDecimal("long")).isEqualTo(new BigDecimal("2.5"));
    assertThat(results.getBoolean("tiny")).isTrue();
    assertThat(results.getInt("flag")).isEqualTo(1);
    assertThat(results.getObject("large", Long.class)).isEqualTo(4L);
    assertThat(results.getObject("large", BigInteger.class)).isEqualTo(BigInteger.valueOf(4));
    assertThat(results.getInt("nothing")).isZero();
    assertThat(results.wasNull()).isTrue();
    fails(
        "22003",
        "Column 8 (price) has a value that is no exact Long",
        () -> results.getLong("price"));
    fails(
        "22003",
        "Column 9 (text) has a value that is no exact Integer",
        () -> results.getInt("text"));
    fails("22005", "Column 12 (day) is of type LocalDate", () -> results.getInt("day"));
    fails("22005", "cannot be had as Boolean", () -> results.getBoolean("text"));
    fails("22005", "cannot be had as Thread", () -> results.getObject("day", Thread.class));
    ResultSet large = row("SELECT 300 AS n, 1e300 AS d");
    fails("22003", "no exact Byte", () -> large.getByte(1));
    fails("22003", "no exact Long", () -> large.getLong("d"));
  }

  @Test
  void giveTimes() throws SQLException {
    ResultSet results = row(ALL);
    LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 12, 30, 45, 678_000_000);
    assertThat(results.getObject("day", LocalDate.class)).isEqualTo("2024-02-29");
    assertThat(results.getObject("moment", LocalDateTime.class)).isEqualTo(moment);
    assertThat(results.getObject("moment", LocalTime.class)).isEqualTo(moment.toLocalTime());
    assertThat(results.getObject("moment", Instant.class)).isEqualTo("2024-02-29T12:30:45.678Z");
    assertThat(results.getObject("moment", OffsetDateTime.class))
        .isEqualTo(moment.atOffset(ZoneOffset.UTC));
    assertThat(results.getTimestamp("moment")).isEqualTo(Timestamp.valueOf(moment));
    assertThat(results.getDate("moment")).isEqualTo(Date.valueOf("2024-02-29"));
    assertThat(results.getTime("moment")).isEqualTo(Time.valueOf("12:30:45"));
    assertThat(results.getString("moment")).isEqualTo("2024-02-29 12:30:45.678");
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(results.getTimestamp("moment", tokyo).toInstant())
        .isEqualTo("2024-02-29T03:30:45.678Z");
    assertThat(results.getDate("day", tokyo).getTime())
        .isEqualTo(Instant.parse("2024-02-28T15:00:00Z").toEpochMilli());
    ResultSet text = row("SELECT '2024-02-29 12:30:45.678' AS t, '2024-02-30' AS bad");
    assertThat(text.getTimestamp("t")).isEqualTo(Timestamp.valueOf(moment));
    fails("22003", "no exact LocalDate", () -> text.getObject("bad", LocalDate.class));
  }

  @Test
  void giveArrays() throws SQLException {
    ResultSet results = row("SELECT ARRAY[DATE '2024-01-01', NULL, DATE '2024-01-03'] AS days");
    Array days = results.getArray("days");
    assertThat(days.getBaseTypeName()).isEqualTo("date");
    assertThat(days.getBaseType()).isEqualTo(Types.DATE);
    assertThat((Object[]) days.getArray())
        .containsExactly(Date.valueOf("2024-01-01"), null, Date.valueOf("2024-01-03"));
    assertThat((Object[]) days.getArray(3, 1)).containsExactly(Date.valueOf("2024-01-03"));
    assertThat(texts(days.getResultSet(2, 2), "INDEX", "VALUE"))
        .containsExactly(Arrays.asList("2", null), List.of("3", "2024-01-03"));
    assertThat((Object) results.getObject("days", List.class))
        .asString()
        .startsWith("[2024-01-01,");
    assertThat(results.getObject("days", Array.class).getBaseType()).isEqualTo(Types.DATE);
    assertThat(results.getString("days")).isEqualTo("[2024-01-01, null, 2024-01-03]");
    fails("HY024", "The array has 3 elements", () -> days.getArray(3, 2));
    fails("22005", "cannot be had as array", () -> row(ALL).getArray("text"));
  }

  @Test
  void areReadForwardsOnce() throws SQLException {
    ResultSet results = statement.executeQuery("SELECT id FROM orders ORDER BY id");
    fails("24000", "Call next() before reading", () -> results.getLong(1));
    assertThat(results.isBeforeFirst()).isTrue();
    assertThat(results.next()).isTrue();
    assertThat(results.isFirst()).isTrue();
    assertThat(results.getRow()).isEqualTo(1);
    fails("42S22", "There is no column x", () -> results.getLong("x"));
    fails("07009", "There is no column 2", () -> results.getLong(2));
    fails("07009", "There is no column 0", () -> results.getLong(0));
    fails("0A000", "read once, forwards", results::previous);
    fails("0A000", "updates", () -> results.updateInt(1, 2));
    for (int i = 0; i < 3; i++) {
      assertThat(results.next()).isTrue();
    }
    assertThat(results.next()).isFalse();
    assertThat(results.next()).isFalse();
    assertThat(results.isAfterLast()).isTrue();
    fails("24000", "There is no row any more", () -> results.getLong(1));
    results.close();
    fails("HY010", "The result set is closed", results::next);
  }
}
