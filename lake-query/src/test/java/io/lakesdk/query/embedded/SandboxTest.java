package io.lakesdk.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB itself refuses, should a statement ever get past the translation. */
class SandboxTest {

  @TempDir Path folder;

  private Stream<String> hostile() {
    return Stream.of(
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd', columns = {'a': 'VARCHAR'}, auto_detect = false)",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_blob('/proc/self/environ')",
        "SELECT * FROM read_text('" + folder.resolve("outside") + "')",
        "COPY (SELECT 1) TO '" + folder.resolve("made") + "'",
        "COPY (SELECT 1) TO ':memory:' (FORMAT csv, USE_TMP_FILE false)",
        "ATTACH '" + folder.resolve("made.db") + "' AS other",
        "INSTALL httpfs",
        "LOAD '/tmp/x.duckdb_extension'",
        "SELECT * FROM read_text('https://example.com/')",
        "SET threads = 1",
        "SET memory_limit = '1TB'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "RESET temp_directory",
        "CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
        "EXPORT DATABASE '" + folder.resolve("made") + "'");
  }

  @TestFactory
  Stream<DynamicTest> refusesInMemory() {
    return hostile().map(sql -> DynamicTest.dynamicTest(sql, () -> refuses(Lake.inMemory(), sql)));
  }

  @TestFactory
  Stream<DynamicTest> refusesInAFolder() {
    return hostile()
        .map(
            sql ->
                DynamicTest.dynamicTest(sql, () -> refuses(Lake.at(folder.resolve("lake")), sql)));
  }

  private void refuses(Lake opened, String sql) throws Exception {
    Files.writeString(folder.resolve("outside"), "secret");
    try (Lake lake = opened;
        DuckDBConnection connection = Duck.of(lake).connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
    }
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(folder.resolve("made.db")).doesNotExist();
    assertThat(Path.of(":memory:")).doesNotExist();
  }

  @Test
  void timesAreInUtcAndTheLibraryIsNotLeftOnTheDisk() throws Exception {
    try (Lake lake = Lake.inMemory();
        DuckDBConnection connection = Duck.of(lake).connect();
        Statement statement = connection.createStatement();
        ResultSet zone = statement.executeQuery("SELECT current_setting('TimeZone')")) {
      assertThat(zone.next()).isTrue();
      assertThat(zone.getString(1)).isEqualTo("UTC");
    }
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(maps.filter(line -> line.contains("libduckdb_java")))
          .allMatch(line -> line.endsWith("(deleted)"));
    }
  }
}
