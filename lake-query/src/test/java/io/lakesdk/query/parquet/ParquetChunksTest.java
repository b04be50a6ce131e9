package io.lakesdk.query.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.schema.Column;
import io.lakesdk.schema.Primitive;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ReadOptions.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB answers alike from a file and from the parts of it that are selected. */
class ParquetChunksTest {

  @TempDir Path folder;
  private Connection duck;

  @BeforeEach
  void write() throws SQLException {
    duck = DriverManager.getConnection("jdbc:duckdb:");
    execute(
        "COPY (SELECT i AS id, i % 7 AS few, hash(i) AS Big, 'text ' || hash(i + 1) AS words,"
            + " {'a': i, 'b': 'x' || hash(i)} AS nested, [i, i + 1] AS list"
            + " FROM range(200000) t(i)) TO '"
            + path("whole")
            + "' (FORMAT parquet, ROW_GROUP_SIZE 20000)");
  }

  @AfterEach
  void close() throws SQLException {
    duck.close();
  }

  private Path path(String name) {
    return folder.resolve(name + ".parquet");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private String answer(String sql, Path file) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql.formatted("read_parquet('" + file + "')"))) {
      assertThat(rows.next()).isTrue();
      StringBuilder answer = new StringBuilder();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        answer.append(rows.getString(i)).append('|');
      }
      return answer.toString();
    }
  }

  /** A file with the selected parts, and 0xff where nothing was selected. */
  private long writeParts(byte[] whole, List<Range> ranges, Path file) throws IOException {
    byte[] parts = new byte[whole.length];
    Arrays.fill(parts, (byte) 0xff);
    long bytes = 0;
    for (Range range : ranges) {
      System.arraycopy(
          whole, (int) range.offset(), parts, (int) range.offset(), (int) range.length());
      bytes += range.length();
    }
    Files.write(file, parts);
    return bytes;
  }

  private static List<Range> select(byte[] whole, String... columns) {
    List<Column> read = new ArrayList<>();
    Stream.of(columns).forEach(name -> read.add(Column.of(name, Primitive.BIGINT)));
    LocalFiles.Bytes bytes =
        (offset, length) -> Arrays.copyOfRange(whole, (int) offset, (int) offset + length);
    return new ParquetChunks(read).ranges(whole.length, bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id;SELECT sum(id), count(*) FROM %s",
        "few;SELECT sum(few), count(DISTINCT few) FROM %s",
        "big;SELECT sum(mod(big, 1000)) FROM %s",
        "id,words;SELECT max(words), count(*) FROM %s WHERE id BETWEEN 100000 AND 100010",
        "id,few;SELECT count(*) FROM %s WHERE id = 77777 AND few = 0",
        "nested;SELECT sum(nested.a), max(nested.b) FROM %s",
        "list;SELECT sum(list[2]) FROM %s",
        ";SELECT count(*) FROM %s"
      })
  void theAnswerIsTheSame(String columnsAndSql) throws Exception {
    String[] parts = columnsAndSql.split(";", -1);
    byte[] whole = Files.readAllBytes(path("whole"));
    String[] columns = parts[0].isEmpty() ? new String[0] : parts[0].split(",");
    long bytes = writeParts(whole, select(whole, columns), path("parts"));
    assertThat(bytes).isLessThan(whole.length * 3L / 4);
    assertThat(answer(parts[1], path("parts"))).isEqualTo(answer(parts[1], path("whole")));
  }

  @Test
  void allColumnsAreTheWholeFile() throws IOException {
    byte[] whole = Files.readAllBytes(path("whole"));
    assertThat(select(whole, "id", "few", "big", "words", "nested", "list"))
        .containsExactly(new Range(0, whole.length));
  }

  @Test
  void whatIsNoParquetIsReadWhole() {
    for (byte[] other : List.of(new byte[0], new byte[5], new byte[1000])) {
      assertThat(select(other, "id")).containsExactly(new Range(0, Math.max(1, other.length)));
    }
  }

  @Test
  void aDamagedFooterIsReadWhole() throws IOException {
    byte[] whole = Files.readAllBytes(path("whole"));
    Arrays.fill(whole, whole.length - 500, whole.length - 8, (byte) 0xff);
    assertThat(select(whole, "id")).containsExactly(new Range(0, whole.length));
  }

  @Test
  void selectionsOfTheSameColumnsHaveOneName() {
    Column one = Column.of("one", Primitive.INT);
    Column two = Column.of("two", Primitive.INT);
    assertThat(new ParquetChunks(List.of(one, two)).name())
        .isEqualTo(new ParquetChunks(List.of(two, one)).name())
        .isNotEqualTo(new ParquetChunks(List.of(one)).name());
  }
}
