package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines that statements write as Hive's SerDes of text do. */
class WrittenTextTest extends FilesFixture {

  private static final String PLAIN = "format = 'TEXTFILE', write_compression = 'NONE'";

  WrittenTextTest() {
    super("shop");
  }

  /** The text of the only file of a table. */
  private String text(String table) throws IOException {
    List<String> keys =
        lake.store(Zone.CURATED).all("shop/" + table + "/").map(ListedObject::key).toList();
    assertThat(keys).hasSize(1);
    try (var content = lake.store(Zone.CURATED).get(keys.get(0), ReadOptions.current())) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void external(String table, String columns, String rest) {
    run("CREATE EXTERNAL TABLE " + table + " (" + columns + ") " + rest);
  }

  private static String at(String table) {
    return " LOCATION 's3://curated/shop/"
        + table
        + "/' TBLPROPERTIES"
        + " ('write.compression'='NONE')";
  }

  @Test
  void haveTheDelimitersOfHiveAndNoQuotes() throws IOException {
    run(
        "CREATE TABLE t WITH ("
            + PLAIN
            + """
            ) AS SELECT 1 AS id, 'say "x", y' AS name, true AS truth, DECIMAL '1.50' AS price,
              DATE '2024-02-29' AS day, TIMESTAMP '2024-01-01 10:00:00.500' AS at, X'00ff' AS raw,
              1.5e0 AS ratio, CAST(NULL AS varchar) AS none, '' AS blank,
              ARRAY[1, NULL, 3] AS numbers,
              MAP(ARRAY['a', 'b'], ARRAY[ARRAY[1, 2], NULL]) AS lists,
              CAST(ROW('Main', ARRAY['p', 'q']) AS ROW(street varchar, tags array(varchar))) AS place
            """);
    assertThat(text("t"))
        .isEqualTo(
            "1\u0001say \"x\", y\u0001true\u00011.50\u00012024-02-29\u00012024-01-01 10:00:00.5"
                + "\u0001AP8=\u00011.5\u0001\\N\u0001\u00011\u0002\\N\u00023\u0001"
                + "a\u00031\u00042\u0002b\u0003\\N\u0001Main\u0002p\u0003q\n");
    assertThat(
            values(
                "SELECT id, name, truth, price, day, at, to_hex(raw), ratio, none, blank, numbers,"
                    + " lists, place FROM t"))
        .containsExactly(
            "[1, say \"x\", y, true, 1.50, 2024-02-29, 2024-01-01T10:00:00.500, 00FF, 1.5, null, ,"
                + " [1, null, 3], {a=[1, 2], b=null}, {street=Main, tags=[p, q]}]");
  }

  @Test
  void haveTheDelimiterThatIsGiven() throws IOException {
    run("CREATE TABLE t WITH (" + PLAIN + ", field_delimiter = ',') AS SELECT 1 AS a, 'x' AS b");
    assertThat(text("t")).isEqualTo("1,x\n");
    assertThat(values("SHOW CREATE TABLE t").toString())
        .contains("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", "'field.delim'=','");
  }

  @Test
  void areNotWrittenWhereTheyWouldBeReadAsSomethingElse() {
    Map<String, String> refused =
        Map.of(
            "'a' || chr(1)", "has a delimiter in it; take a table of text with ESCAPED BY",
            "'a' || chr(10)", "has a line break, which delimited text cannot hold",
            "'\\N'", "is the text that stands for NULL",
            "ARRAY['a' || chr(2)]", "has a delimiter in it",
            "ARRAY['']", "has a list of one element that is NULL or empty",
            "ARRAY[CAST(NULL AS varchar)]", "has a list of one element that is NULL or empty");
    refused.forEach(
        (value, message) -> {
          assertThatThrownBy(
                  () -> run("CREATE TABLE t WITH (" + PLAIN + ") AS SELECT " + value + " AS x"))
              .isInstanceOf(BadDataException.class)
              .hasMessageStartingWith("Cannot write dataset shop.t: a value of column x ")
              .hasMessageContaining(message);
          assertThat(lake.store(Zone.CURATED).all("shop/t/")).isEmpty();
        });
    run(
        "CREATE TABLE t WITH ("
            + PLAIN
            + ") AS SELECT CAST('a' AS varchar) AS x, ARRAY[1] AS y WHERE false");
    run("INSERT INTO t VALUES ('a' || chr(2), CAST(ARRAY[] AS array(integer)))");
    assertThat(values("SELECT length(x), y FROM t")).containsExactly("[2, []]");
  }

  @Test
  void areEscapedWhereTheTableSaysSo() throws IOException {
    external(
        "t",
        "name string, tags array<string>, id int",
        "ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' ESCAPED BY '\\\\' NULL DEFINED AS '-'"
            + at("t"));
    run("INSERT INTO t VALUES ('a|b\\c', ARRAY['x' || chr(2), 'y'], -5), (NULL, NULL, NULL)");
    assertThat(text("t")).contains("a\\|b\\\\c|x\\\u0002\u0002y|-5\n", "-|-|-\n");
    assertThat(values("SELECT name, cardinality(tags), id FROM t ORDER BY id"))
        .containsExactly("[a|b\\c, 2, -5]", "[null, null, null]");
    assertThatThrownBy(() -> run("INSERT INTO t VALUES ('-', NULL, NULL)"))
        .isInstanceOf(BadDataException.class);
  }

  @Test
  void haveOneHeaderWhereTheTableSaysSo() throws IOException {
    String rows = "ROW FORMAT DELIMITED FIELDS TERMINATED BY ','";
    external("t", "id int, name string", rows + header("t", 1));
    run("INSERT INTO t VALUES (1, 'x')");
    assertThat(text("t")).isEqualTo("id,name\n1,x\n");
    assertThat(values("SELECT * FROM t")).containsExactly("[1, x]");
    external("u", "id int, name string", rows + header("u", 2));
    assertThatThrownBy(() -> run("INSERT INTO u VALUES (1, 'x')"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("its files begin with 2 lines that are passed over");
  }

  private static String header(String table, int lines) {
    return at(table).replace(")", ", 'skip.header.line.count'='" + lines + "')");
  }

  @Test
  void areInsertedIntoTablesOfTheOtherSerDes() throws IOException {
    external(
        "csv",
        "id string, name string",
        "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES"
            + " ('separatorChar'=';')"
            + at("csv"));
    run("INSERT INTO csv VALUES ('1', 'a;\"b\\'), ('', ' ')");
    assertThat(text("csv")).isEqualTo("\"1\";\"a;\\\"b\\\\\"\n\"\";\" \"\n");
    assertThat(values("SELECT id, name FROM csv ORDER BY id DESC"))
        .containsExactly("[1, a;\"b\\]", "[,  ]");
    for (String value : List.of("NULL", "'a' || chr(10)")) {
      assertThatThrownBy(() -> run("INSERT INTO csv VALUES ('1', " + value + ")"))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("Cannot write dataset shop.csv: a value of column name");
    }
    assertThat(values("SELECT count(*) FROM csv")).containsExactly("[2]");
    external(
        "numbers",
        "a bigint, b double, c decimal(9,2), d date, e timestamp, f boolean, g varchar(3)",
        "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'" + at("numbers"));
    String row =
        "-5, 1.5e300, 7.10, DATE '1969-12-31', TIMESTAMP '2024-01-01 10:00:00.123', true, 'x,y'";
    run("INSERT INTO numbers VALUES (" + row + ")");
    assertThat(
            values(
                "SELECT count(*) FROM numbers WHERE (a, b, c, d, e, f, g) = CAST(ROW("
                    + row
                    + ") AS ROW(a bigint, b double, c decimal(9,2), d date, e timestamp(3), f"
                    + " boolean, g varchar(3)))"))
        .containsExactly("[1]");
    for (String serde :
        List.of("org.openx.data.jsonserde.JsonSerDe", "org.apache.hive.hcatalog.data.JsonSerDe")) {
      external("j", "id int, tags array<string>", "ROW FORMAT SERDE '" + serde + "'" + at("j"));
      run("INSERT INTO j VALUES (1, ARRAY['a' || chr(10) || 'b'])");
      assertThat(text("j")).isEqualTo("{\"id\":1,\"tags\":[\"a\\nb\"]}\n");
      assertThat(values("SELECT id, cardinality(tags) FROM j")).containsExactly("[1, 1]");
      run("DROP TABLE j");
    }
  }
}
