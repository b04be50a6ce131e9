package io.lakesdk.query.parquet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Primitive;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ReadOptions.Range;
import java.io.ByteArrayInputStream;
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
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
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

  private String answer(String sql) throws SQLException {
    return answer(sql, path("none"));
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

  private static LocalFiles.Selected select(byte[] whole, String... columns) {
    List<Column> read = new ArrayList<>();
    Stream.of(columns).forEach(name -> read.add(Column.of(name, Primitive.BIGINT)));
    return PartialFile.select(whole, new ParquetChunks(read, RowCondition.any()));
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
    long bytes = PartialFile.write(whole, select(whole, columns), path("parts"));
    assertThat(bytes).isLessThan(whole.length * 3L / 4);
    assertThat(answer(parts[1], path("parts"))).isEqualTo(answer(parts[1], path("whole")));
  }

  @Test
  void allColumnsAreTheWholeFile() throws IOException {
    byte[] whole = Files.readAllBytes(path("whole"));
    assertThat(select(whole, "id", "few", "big", "words", "nested", "list").ranges())
        .containsExactly(new Range(0, whole.length));
  }

  @Test
  void whatIsNoParquetIsReadWhole() {
    for (byte[] other : List.of(new byte[0], new byte[5], new byte[1000])) {
      assertThat(select(other, "id").ranges())
          .containsExactly(new Range(0, Math.max(1, other.length)));
    }
  }

  @Test
  void aDamagedFooterIsReadWhole() throws IOException {
    byte[] whole = Files.readAllBytes(path("whole"));
    Arrays.fill(whole, whole.length - 500, whole.length - 8, (byte) 0xff);
    assertThat(select(whole, "id").ranges()).containsExactly(new Range(0, whole.length));
  }

  private static ParquetChunks chunks(Column... columns) {
    return new ParquetChunks(List.of(columns), RowCondition.any());
  }

  private static LocalFiles.Selected select(byte[] whole, RowCondition condition) {
    Column id = Column.of("id", Primitive.BIGINT);
    return PartialFile.select(whole, new ParquetChunks(List.of(id), condition));
  }

  @Test
  void rowGroupsThatCannotMatchAreNotThere() throws Exception {
    byte[] whole = Files.readAllBytes(path("whole"));
    RowCondition one = new RowCondition.Compare("id", Operator.EQUAL, 77_777L);
    LocalFiles.Selected selected = select(whole, one);
    long bytes = PartialFile.write(whole, selected, path("parts"));
    long all = PartialFile.write(whole, select(whole, "id"), path("all"));
    assertThat(bytes).isLessThan(all / 2);
    assertThat(answer("SELECT count(*), min(id), max(id) FROM %s", path("parts")))
        .isEqualTo("20480|61440|81919|");
    assertThat(answer("SELECT count(*) FROM %s WHERE id = 77777", path("parts"))).isEqualTo("1|");
    assertThat(path("parts").toFile().length()).isEqualTo(whole.length);
  }

  @Test
  void aFileInWhichNothingMatchesHasNoRows() throws Exception {
    byte[] whole = Files.readAllBytes(path("whole"));
    LocalFiles.Selected selected = select(whole, new RowCondition.Compare("id", Operator.LESS, 0L));
    PartialFile.write(whole, selected, path("parts"));
    assertThat(answer("SELECT count(*), sum(id) FROM %s", path("parts"))).isEqualTo("0|null|");
    assertThat(answer("SELECT count(*) FROM parquet_schema('%s')".formatted(path("parts"))))
        .isEqualTo(answer("SELECT count(*) FROM parquet_schema('%s')".formatted(path("whole"))));
  }

  @Test
  void aColumnThatWasNotSelectedIsNotReadAsSomethingElse() throws Exception {
    byte[] whole = Files.readAllBytes(path("whole"));
    PartialFile.writeWithHoles(whole, select(whole, "id"), path("parts"));
    assertThat(answer("SELECT sum(id) FROM %s", path("parts")))
        .isEqualTo(answer("SELECT sum(id) FROM %s", path("whole")));
    assertThatThrownBy(() -> answer("SELECT sum(length(words)) FROM %s", path("parts")))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void whatOtherWritersSayStaysInTheFooter() throws Exception {
    byte[] whole = Files.readAllBytes(path("whole"));
    byte[] footer = PartialFile.footer(whole);
    BitSet all = new BitSet();
    all.set(0, 10);
    assertThat(FooterCut.keep(footer, all, 200_000)).isEqualTo(footer);
    // a field that no version of Parquet has, after the others
    byte[] longer = Arrays.copyOf(footer, footer.length + 5);
    System.arraycopy(new byte[] {0x08, 60, 1, 'x', 0}, 0, longer, footer.length - 1, 5);
    longer[footer.length] = 120;
    assertThat(FooterCut.keep(longer, all, 200_000)).isEqualTo(longer);
    BitSet third = new BitSet();
    third.set(2);
    byte[] cut = FooterCut.keep(longer, third, 20_000);
    FileMetaData left = Util.readFileMetaData(new ByteArrayInputStream(cut));
    FileMetaData before = Util.readFileMetaData(new ByteArrayInputStream(footer));
    assertThat(left.getRow_groups()).containsExactly(requireNonNull(before.getRow_groups()).get(2));
    assertThat(left.getNum_rows()).isEqualTo(20_000);
    assertThat(left.getSchema()).isEqualTo(before.getSchema());
    assertThat(Arrays.copyOfRange(cut, cut.length - 5, cut.length))
        .isEqualTo(Arrays.copyOfRange(longer, longer.length - 5, longer.length));
  }

  @Test
  void chunksThatShareBytesAreReadWhole() throws Exception {
    byte[] whole = Files.readAllBytes(path("whole"));
    byte[] footer = PartialFile.footer(whole);
    FileMetaData file = Util.readFileMetaData(new ByteArrayInputStream(footer));
    RowGroup group = requireNonNull(file.getRow_groups()).get(0);
    List<ColumnChunk> chunks = requireNonNull(group.getColumns());
    ColumnMetaData first = requireNonNull(chunks.get(0).getMeta_data());
    ColumnMetaData second = requireNonNull(chunks.get(1).getMeta_data());
    second.setData_page_offset(first.getData_page_offset());
    second.unsetDictionary_page_offset();
    second.setEncodings(List.of(Encoding.PLAIN));
    byte[] strange = PartialFile.withFooter(whole, file);
    assertThat(select(strange, "id").ranges()).containsExactly(new Range(0, strange.length));
  }

  @Test
  void selectionsOfTheSameColumnsHaveOneName() {
    Column one = Column.of("one", Primitive.INT);
    Column two = Column.of("two", Primitive.INT);
    assertThat(chunks(one, two).name())
        .isEqualTo(chunks(two, one).name())
        .isNotEqualTo(chunks(one).name());
    RowCondition condition = new RowCondition.NotNull("one");
    assertThat(new ParquetChunks(List.of(one), condition).name())
        .isEqualTo(new ParquetChunks(List.of(one), new RowCondition.NotNull("one")).name())
        .isNotEqualTo(chunks(one).name());
  }
}
