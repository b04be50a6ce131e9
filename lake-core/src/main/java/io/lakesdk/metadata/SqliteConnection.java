package io.lakesdk.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection with the statements that were last prepared on it, since SQLite takes longer to
 * prepare most of the metadata's statements than to run them. Not for several threads at once.
 */
final class SqliteConnection {

  private static final int KEPT = 128;

  private final Connection connection;

  /** Those that are not in use, the one that was given back first at the head. */
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  SqliteConnection(Connection connection) {
    this.connection = connection;
  }

  /** Something that is done with a statement, whose results are closed when it returns. */
  interface Work<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  <T> T prepared(String sql, Work<T> work) throws SQLException {
    PreparedStatement statement = idle.remove(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    boolean done = false;
    try {
      T result = work.with(statement);
      statement.clearParameters();
      done = true;
      return result;
    } finally {
      if (done) {
        giveBack(sql, statement);
      } else {
        statement.close();
      }
    }
  }

  /** A statement of the same text may have been given back meanwhile, if one ran inside another. */
  private void giveBack(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement other = idle.put(sql, statement);
    if (other != null) {
      other.close();
    }
    if (idle.size() > KEPT) {
      Iterator<PreparedStatement> oldest = idle.values().iterator();
      PreparedStatement evicted = oldest.next();
      oldest.remove();
      evicted.close();
    }
  }

  /** Ends the statements too. */
  void close() throws SQLException {
    connection.close();
  }
}
