package io.lakesdk.query.embedded;

import io.lakesdk.metadata.NativeLibraries;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.storage.LocalFiles;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A database of DuckDB, sealed off by {@link Duck.Sandbox}, that lives as long as one of its
 * connections. After a fatal error it refuses whatever it is asked.
 */
final class DuckDatabase implements AutoCloseable {

  private static final String INVALIDATED = "database has been invalidated";
  private static final String IN_MEMORY = "jdbc:duckdb:";
  private static final Pattern UNPACKED = Pattern.compile("libduckdb_java\\d+\\.so");

  private final DuckDBConnection root;

  private DuckDatabase(DuckDBConnection root) {
    this.root = root;
  }

  static DuckDatabase open(LocalFiles files) {
    return open(files, IN_MEMORY, List.of());
  }

  /**
   * @param first statements for before the database is sealed off
   */
  static DuckDatabase open(LocalFiles files, String url, List<String> first) {
    try {
      Properties properties = new Properties();
      properties.setProperty("jdbc_stream_results", "true");
      DuckDBConnection root = (DuckDBConnection) new DuckDBDriver().connect(url, properties);
      NativeLibraries.removeFiles(UNPACKED);
      try (Statement statement = root.createStatement()) {
        for (String one : first) {
          statement.execute(one);
        }
        Translator.prepare(root);
        for (String setting : Duck.Sandbox.settings(files)) {
          statement.execute(setting);
        }
      }
      return new DuckDatabase(root);
    } catch (SQLException e) {
      throw new IllegalStateException("The engine did not start", e);
    }
  }

  /** Makes the function known that gives rows which Java reads. */
  void take(RowFunction function) {
    try {
      function.register(root);
    } catch (SQLException e) {
      throw new IllegalStateException("The engine did not take a function", e);
    }
  }

  /** A connection of its own; whoever asks closes it. */
  DuckDBConnection connect() throws SQLException {
    return root.duplicate();
  }

  /** Whether a fatal error has ended the database. */
  boolean isInvalid() {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      return false;
    } catch (SQLException e) {
      return isRefusal(e);
    }
  }

  /** Whether this is how a database refuses what it is asked after a fatal error. */
  static boolean isRefusal(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains(INVALIDATED);
  }

  /** Lets go of the database; it ends with the last of its connections. */
  @Override
  public void close() throws SQLException {
    root.close();
  }
}
