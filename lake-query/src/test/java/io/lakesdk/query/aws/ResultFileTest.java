package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Query;
import io.lakesdk.query.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of more than a page, which are read from the file that Athena has written. */
class ResultFileTest {

  private static final List<String> NAMES = List.of("x", "y");
  private static final List<String> TYPES = List.of("integer", "varchar");

  private final FakeAthena athena = new FakeAthena();

  private List<List<Object>> answer(String file) {
    // One row is shown by the page, and more are announced.
    athena.then("GetQueryResults", FakeAthena.page("more", NAMES, TYPES, List.of("1")));
    athena.file(file);
    try (Lake lake = athena.lake();
        Rows rows =
            FakeAthena.engine(lake, Pause.real()).run(Query.sql("SELECT 1 AS x, '' AS y"))) {
      return rows.asLists().toList();
    }
  }

  @Test
  void nullIsNothingAndEmptyTextIsQuoted() {
    assertThat(
            answer(
                "\"x\",\"y\"\n"
                    + "\"1\",\n"
                    + "\"2\",\"\"\n"
                    + "\"3\",\"it said \"\"a, b\"\"\nand more\"\n"
                    + ",\"\"\"\"\n"
                    + ",\n"))
        .containsExactly(
            Arrays.asList(1, null),
            List.of(2, ""),
            List.of(3, "it said \"a, b\"\nand more"),
            Arrays.asList(null, "\""),
            Arrays.asList(null, null));
  }

  @Test
  void theLastLineMayEndWithoutABreak() {
    assertThat(answer("\"x\",\"y\"\n\"1\",\"a\"")).containsExactly(List.of(1, "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2", "\"2\"", "\"2\",", "\"2\",\"", "\"2\",\"ab", "\"2\",\"a\"\"", "2"})
  void aTruncatedLastLineIsToldWithItsRow(String end) {
    assertThatThrownBy(() -> answer("\"x\",\"y\"\n\"1\",\"a\"\n" + end))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot read query without datasets: the file with its rows ends in the middle of row 2;"
                + " run it again (query execution q1)");
  }

  @Test
  void aFileThatLostRowsThatAthenaHasShownIsTold() {
    assertThatThrownBy(() -> answer("\"x\",\"y\"\n"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("the file ends after row 0, and Athena has shown more");
  }

  @Test
  void aFileOfSomethingElseIsTold() {
    assertThatThrownBy(() -> answer("\"a\",\"y\"\n\"1\",\n"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("its first line is not the names of its columns");
    assertThatThrownBy(() -> answer("\"x\",\"y\"\n\"1\",\"a\",\"b\"\n"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("row 1 has another number of values than there are columns");
    assertThatThrownBy(() -> answer("\"x\",\"y\"\n\"one\",\"a\"\n"))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "Cannot read row 1 of query without datasets: column x has a value that is no integer");
  }

  @Test
  void aFileThatIsGoneIsTold() {
    athena.then("file", Answer.s3Error(404, "NoSuchKey"));
    assertThatThrownBy(() -> answer(""))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "Cannot read query without datasets: the file with its rows is gone; run it again");
  }

  @Test
  void largeFilesComeInPartsOfWhichEachIsTriedAgain() {
    String line = "\"7\",\"" + "z".repeat(990) + "\"\n";
    int rows = 20_000;
    athena.then("file", Answer.lost(), Answer.s3Error(503, "SlowDown"));
    athena.then("GetQueryResults", FakeAthena.page("more", NAMES, TYPES, List.of("1")));
    athena.file("\"x\",\"y\"\n" + line.repeat(rows));
    try (Lake lake = athena.lake();
        Rows result =
            FakeAthena.engine(lake, Pause.real()).run(Query.sql("SELECT 1 AS x, '' AS y"));
        Stream<List<Object>> lists = result.asLists()) {
      assertThat(lists.filter(row -> row.get(0).equals(7)).count()).isEqualTo(rows);
    }
    assertThat(athena.partsSent()).hasSize(5);
    assertThat(athena.partsSent().get(0).uri().getPath()).isEqualTo("/results/some/q1.csv");
    assertThat(athena.partsSent().get(4).header("If-Match")).isEqualTo("\"tag\"");
  }
}
