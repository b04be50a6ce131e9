package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.LakeException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What statements run, refuse, and how they end. */
class StatementTest extends OpenShop {

  /** Has more rows than anybody reads. */
  private static final String ENDLESS =
      "SELECT a.n FROM math_x.numbers a, math_x.numbers b, math_x.numbers c, math_x.numbers d";

  /** Takes minutes before its first row. */
  private static final String SLOW =
      "SELECT sum(a.n * b.n) FROM math_x.numbers a, math_x.numbers b, math_x.numbers c"
          + " WHERE a.n + b.n > c.n";

  @Nested
  class Queries {

    @Test
    void lookNamesUpInTheSchema() throws SQLException {
      assertThat(row("SELECT count(*) FROM orders").getLong(1)).isEqualTo(4);
      connection.setSchema("MATH_X");
      assertThat(row("SELECT count(*) FROM numbers").getLong(1)).isEqualTo(NUMBERS);
      assertThat(row("SELECT count(*) FROM \"awsdatacatalog\".\"sales\".\"orders\"").getLong(1))
          .isEqualTo(4);
      fails("42S02", "math_x.orders", () -> row("SELECT 1 FROM orders"));
      fails("HY024", "A schema has a name", () -> connection.setSchema(" "));
    }

    @Test
    void areAllThatRuns() throws SQLException {
      assertThat(statement.execute("VALUES 1, 2")).isTrue();
      assertThat(texts(statement.getResultSet(), "_col0")).hasSize(2);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      fails("42000", "line 1:1", () -> statement.executeUpdate("DELETE FROM orders"));
      fails("0A000", "batches", () -> statement.addBatch("SELECT 1"));
      fails("0A000", "generated keys", statement::getGeneratedKeys);
    }

    @Test
    void mayChangeTheLake() throws SQLException {
      String create = "CREATE TABLE copies AS SELECT * FROM orders";
      assertThat(statement.execute(create)).isFalse();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.getUpdateCount()).isEqualTo(4);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.executeUpdate("INSERT INTO copies SELECT * FROM orders")).isEqualTo(4);
      try (PreparedStatement few =
          connection.prepareStatement("INSERT INTO copies SELECT * FROM orders LIMIT ?")) {
        few.setLong(1, 1);
        assertThat(few.executeUpdate()).isOne();
      }
      assertThat(row("SELECT count(*) FROM copies").getLong(1)).isEqualTo(9);
      fails("HY024", "has rows", () -> statement.executeUpdate("SELECT 1"));
      fails("HY024", "has no rows", () -> statement.executeQuery("DROP TABLE copies"));
      fails("42S02", "sales.copies", () -> row("SELECT 1 FROM copies"));
    }

    @Test
    void failWithTheStateOfTheirError() {
      fails("42000", "line 1:8", () -> row("SELECT FROM"));
      fails("42000", "Column 'x' cannot be resolved", () -> row("SELECT x FROM orders"));
      fails("42S02", "sales.nothing", () -> row("SELECT 1 FROM nothing"));
      fails("22000", "", () -> row("SELECT 1 / (n - n) FROM math_x.numbers"));
      fails("42000", "the parameter 1 has no value", () -> row("SELECT ?"));
      assertThatThrownBy(() -> row("SELECT FROM")).hasCauseInstanceOf(LakeException.class);
    }

    @Test
    void giveAtMostSoManyRows() throws SQLException {
      statement.setMaxRows(3);
      assertThat(texts(statement.executeQuery(ENDLESS), "n")).hasSize(3);
      statement.setLargeMaxRows(0);
      assertThat(texts(statement.executeQuery("SELECT id FROM orders"), "id")).hasSize(4);
      fails("HY024", "A limit of rows is 0 or more", () -> statement.setMaxRows(-1));
      statement.setFetchSize(10);
      assertThat(statement.getFetchSize()).isEqualTo(10);
    }

    @Test
    void streamWhileOthersOfTheConnectionDo() throws SQLException {
      try (Statement other = connection.createStatement();
          ResultSet many = statement.executeQuery(ENDLESS);
          ResultSet few = other.executeQuery("SELECT id FROM orders")) {
        for (int i = 0; i < 4; i++) {
          assertThat(many.next()).isTrue();
          assertThat(few.next()).isTrue();
        }
        assertThat(few.next()).isFalse();
      }
    }
  }

  @Nested
  class Parameters {

    private PreparedStatement prepared(String sql) throws SQLException {
      return connection.prepareStatement(sql);
    }

    @Test
    void areValuesInTheirOrder() throws SQLException {
      try (PreparedStatement query =
          prepared("SELECT id FROM orders WHERE country = ? AND id > ? ORDER BY id")) {
        assertThat(query.getParameterMetaData().getParameterCount()).isEqualTo(2);
        assertThat(query.getMetaData()).isNull();
        query.setString(1, "de");
        fails("07001", "Parameter 2 has no value", query::executeQuery);
        query.setInt(2, 1);
        assertThat(texts(query.executeQuery(), "id")).containsExactly(List.of("2"));
        query.setString(1, "it's");
        assertThat(texts(query.executeQuery(), "id")).containsExactly(List.of("4"));
        query.setString(1, "' OR 1 = 1 --");
        assertThat(texts(query.executeQuery(), "id")).isEmpty();
        query.clearParameters();
        fails("07001", "Parameter 1 has no value", query::execute);
        fails("07009", "There is no parameter 3", () -> query.setInt(3, 1));
        fails("07009", "There is no parameter 0", () -> query.setInt(0, 1));
        fails("HY024", "runs its own text", () -> query.executeQuery("SELECT 1"));
        fails(
            "0A000", "types of parameters", () -> query.getParameterMetaData().getParameterType(1));
      }
    }

    @Test
    void haveTheTypesOfTheirValues() throws Exception {
      UUID id = UUID.fromString("12345678-1234-1234-1234-123456789abc");
      Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
      try (PreparedStatement query = prepared("SELECT ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?")) {
        query.setBoolean(1, true);
        query.setByte(2, (byte) 1);
        query.setShort(3, (short) 2);
        query.setLong(4, 3);
        query.setFloat(5, 1.5f);
        query.setDouble(6, 2.5);
        query.setBigDecimal(7, new BigDecimal("1.20"));
        query.setBytes(8, new byte[] {1});
        query.setDate(9, Date.valueOf("2024-02-29"));
        query.setTimestamp(10, Timestamp.valueOf("2024-02-29 01:02:03.004"));
        query.setTimestamp(11, Timestamp.from(Instant.parse("2024-02-29T03:00:00Z")), tokyo);
        query.setNull(12, Types.INTEGER);
        query.setObject(13, OffsetDateTime.parse("2024-02-29T12:00:00+09:00"));
        query.setObject(14, id);
        query.setArray(15, connection.createArrayOf("integer", new Object[] {1, null, 3}));
        query.setObject(16, "7", Types.BIGINT);
        query.setCharacterStream(17, new StringReader("abcdef"), 3);
        ResultSet results = query.executeQuery();
        assertThat(results.next()).isTrue();
        assertThat(results.getObject(1)).isEqualTo(true);
        assertThat(results.getObject(2)).isEqualTo((byte) 1);
        assertThat(results.getObject(3)).isEqualTo((short) 2);
        assertThat(results.getObject(4)).isEqualTo(3L);
        assertThat(results.getObject(5)).isEqualTo(1.5f);
        assertThat(results.getObject(6)).isEqualTo(2.5);
        assertThat(results.getObject(7)).isEqualTo(new BigDecimal("1.20"));
        assertThat(results.getObject(8)).isEqualTo(new byte[] {1});
        assertThat(results.getObject(9)).isEqualTo(Date.valueOf("2024-02-29"));
        assertThat(results.getString(10)).isEqualTo("2024-02-29 01:02:03.004");
        assertThat(results.getString(11)).isEqualTo("2024-02-29 12:00:00.000");
        assertThat(results.getObject(12)).isNull();
        assertThat(results.getString(13)).isEqualTo("2024-02-29 03:00:00.000");
        assertThat(results.getString(14)).isEqualTo(id.toString());
        assertThat(results.getString(15)).isEqualTo("[1, null, 3]");
        assertThat(results.getObject(16)).isEqualTo(7L);
        assertThat(results.getString(17)).isEqualTo("abc");
        assertThat(query.getMetaData().getColumnTypeName(7)).isEqualTo("decimal(3,2)");
      }
    }

    @Test
    void thatCannotBeValuesAreRefused() throws SQLException {
      try (PreparedStatement query = prepared("SELECT ?")) {
        fails("22003", "Parameter 1 has a value", () -> query.setObject(1, "x", Types.INTEGER));
        fails("0A000", "the type time", () -> query.setObject(1, LocalTime.NOON));
        fails("0A000", "JDBC type 2005", () -> query.setObject(1, "x", Types.CLOB));
        query.setObject(1, Thread.currentThread());
        fails("42000", "the parameter 1 is a", query::executeQuery);
        query.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 2);
        ResultSet results = query.executeQuery();
        assertThat(results.next()).isTrue();
        assertThat(results.getString(1)).isEqualTo("0102");
        query.setObject(1, LocalDate.EPOCH);
        assertThat(results.isClosed()).isFalse();
        assertThat(query.executeQuery().next()).isTrue();
        assertThat(results.isClosed()).isTrue();
      }
    }
  }

  @Nested
  class Ends {

    @Test
    void comeWithTheirConnection() throws SQLException {
      ResultSet results = statement.executeQuery(ENDLESS);
      assertThat(results.next()).isTrue();
      connection.close();
      connection.close();
      assertThat(results.isClosed()).isTrue();
      assertThat(statement.isClosed()).isTrue();
      fails("HY010", "The statement is closed", () -> statement.executeQuery("SELECT 1"));
      fails("HY010", "The statement is closed", statement::cancel);
      fails("08003", "The connection is closed", connection::createStatement);
      fails("08003", "The connection is closed", connection::getMetaData);
      fails("08003", "The connection is closed", () -> connection.setClientInfo("a", "b"));
    }

    @Test
    void comeWithTheirResultsIfThatIsWanted() throws SQLException {
      statement.closeOnCompletion();
      ResultSet first = statement.executeQuery("SELECT 1");
      ResultSet second = statement.executeQuery("SELECT 2");
      assertThat(first.isClosed()).isTrue();
      assertThat(statement.isClosed()).isFalse();
      second.close();
      assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void comeWhenTheTimeIsOver() throws SQLException {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> texts(statement.executeQuery(SLOW), "_col0"))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("it took longer than its timeout of 1000 milliseconds");
      statement.setQueryTimeout(0);
      connection.setNetworkTimeout(Runnable::run, 500);
      assertThatThrownBy(() -> texts(statement.executeQuery(SLOW), "_col0"))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("500 milliseconds");
      fails("HY024", "A timeout is 0 or more", () -> statement.setQueryTimeout(-1));
    }

    @Test
    void comeWhenAnotherThreadCancels() throws Exception {
      ResultSet results = statement.executeQuery(ENDLESS);
      assertThat(results.next()).isTrue();
      statement.cancel();
      fails("57014", "it was cancelled", () -> texts(results, "n"));
      assertThat(row("SELECT 1").getInt(1)).isEqualTo(1);
    }

    @Test
    void comeWhenItIsCancelledBeforeItsFirstRow() throws Exception {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        AtomicReference<Thread> reader = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Future<List<List<String>>> slow =
            thread.submit(
                () -> {
                  reader.set(Thread.currentThread());
                  started.countDown();
                  return texts(statement.executeQuery(SLOW), "_col0");
                });
        started.await();
        while (!slow.isDone()) {
          statement.cancel();
          TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThatThrownBy(slow::get)
            .cause()
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("it was cancelled")
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("57014");
      } finally {
        thread.shutdownNow();
      }
    }

    @Test
    void comeWithTheirLake() throws SQLException {
      ResultSet results = statement.executeQuery(ENDLESS);
      lake.close();
      assertThatThrownBy(() -> texts(results, "n"))
          .isInstanceOf(SQLTransientConnectionException.class)
          .hasMessageContaining("the lake was closed");
    }
  }

  @Test
  void thereAreNoTransactions() throws SQLException {
    assertThat(connection.getAutoCommit()).isTrue();
    connection.setAutoCommit(true);
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isFalse();
    connection.setTransactionIsolation(Connection.TRANSACTION_NONE);
    fails("0A000", "transactions", () -> connection.setAutoCommit(false));
    fails("0A000", "transactions", connection::commit);
    fails("0A000", "transactions", connection::rollback);
    fails("0A000", "transactions", connection::setSavepoint);
    fails("0A000", "procedures", () -> connection.prepareCall("{call x()}"));
    try (Statement scrolled =
        connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      assertThat(scrolled.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
      assertThat(connection.getWarnings().getMessage()).contains("read once, forwards");
    }
    assertThat(connection.unwrap(LakeConnection.class)).isSameAs(connection);
    assertThat(connection.isWrapperFor(Thread.class)).isFalse();
    fails("HY024", "is a LakeStatement and no Thread", () -> statement.unwrap(Thread.class));
  }
}
