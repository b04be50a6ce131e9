package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV as Athena's OpenCSV SerDe reads it. */
class OpenCsvFilesTest extends FilesFixture {

  OpenCsvFilesTest() {
    super("web");
  }

  private static Dataset.Builder lines(Format format) {
    return Dataset.named("web.lines").in(Zone.RAW).format(format);
  }

  private static Dataset texts() {
    return lines(Format.OPEN_CSV)
        .column("a", DataType.STRING)
        .column("b", DataType.STRING)
        .column("c", DataType.STRING)
        .build();
  }

  /** What Hive's SerDe makes of lines, with its peculiarities. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "x,y,z~[x, y, z]",
        "\"a, b\",\"say \"\"hi\"\"\",z~[a, b, say \"hi\", z]",
        "\"back \\\\ slash\",\"q \\\" q\",\\t~[back \\ slash, q \" q, t]",
        ",\"\",~[, , ]",
        "x~[x, null, null]",
        "x,y,z,more~[x, y, z]",
        "^ x, y ,\tz^~^[ x,  y , \tz]^",
        "aaa,bc\"d\"ef,g~[aaa, bc\"d\"ef, g]",
        "aaa,\"never closed,z~[aaa, null, null]",
        "aaa,\"b\" ,z~[aaa, b\" , z]",
        "abcd,^  \"q\",z^~[abcd, q, z]"
      })
  void isTakenApart(String line, String values) {
    Content.land(lake, texts(), "a.csv", line.replace("^", "") + "\n");
    assertThat(values("SELECT * FROM lines")).containsExactly(values.replace("^", ""));
  }

  @Test
  void hasValuesOfTypes() {
    Dataset dataset =
        lines(Format.OPEN_CSV.skippingLines(2))
            .column("id", DataType.BIGINT)
            .column("truth", DataType.BOOLEAN)
            .column("ratio", DataType.DOUBLE)
            .column("price", DataType.decimal(5, 2))
            .column("day", DataType.DATE)
            .column("at", DataType.TIMESTAMP)
            .column("name", DataType.parse("varchar(3)"))
            .build();
    Content.land(
        lake,
        dataset,
        "a.csv",
        """
        exported by somebody
        price,name,of,columns,elsewhere
        "7","TRUE",1.5e3,2.5,"18276","1579146280000","Ada Lovelace"

        8
        """);
    assertThat(values("SELECT * FROM lines ORDER BY id NULLS LAST"))
        .containsExactly(
            "[7, true, 1500.0, 2.50, 2020-01-15, 2020-01-16T03:44:40, Ada]",
            "[8, null, null, null, null, null, null]",
            "[null, null, null, null, null, null, null]");
    assertThat(values("SELECT count(*) FROM lines")).containsExactly("[3]");
    assertThat(values("SELECT name FROM lines WHERE day > DATE '2020-01-01'"))
        .containsExactly("[Ada]");
  }

  @ParameterizedTest
  @CsvSource({
    "int, hunter2",
    "int, ''",
    "int, 1.0",
    "bigint, 9223372036854775808",
    "boolean, yes",
    "date, 2024-01-01",
    "date, 1562112000",
    "timestamp, 2024-01-01 00:00:00",
    "'decimal(3,1)', 1.25"
  })
  void valuesOfNoTypeAreErrorsOrNull(String type, String text) {
    String file = "header\n\"" + text + "\",y\n";
    Content.land(lake, values("web.lines", type, Format.OPEN_CSV.skippingLines(1)), "a.csv", file);
    assertThatThrownBy(() -> values("SELECT * FROM lines"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/web/lines/")
        .hasMessageEndingWith("line 2: its value of column value is no " + type)
        .hasNoCause();
    assertThat(values("SELECT name FROM lines")).containsExactly("[y]");
    Format lenient = new Format.OpenCsv(',', '"', '\\', 1, Format.Malformed.NULLS);
    Content.land(lake, values("web.nulls", type, lenient), "a.csv", file);
    assertThat(values("SELECT name FROM nulls WHERE value IS NULL")).containsExactly("[y]");
  }

  private static Dataset values(String table, String type, Format format) {
    return Dataset.named(table)
        .in(Zone.RAW)
        .format(format)
        .column("value", DataType.parse(type))
        .column("name", DataType.STRING)
        .build();
  }

  @Test
  void mayHaveOtherCharacters() {
    Format format = new Format.OpenCsv('|', '`', '^', 0, Format.Malformed.REFUSED);
    Dataset dataset =
        lines(format).column("a", DataType.STRING).column("b", DataType.STRING).build();
    Content.land(lake, dataset, "a.csv", "`x|^`y`|\\z\n");
    assertThat(values("SELECT * FROM lines")).containsExactly("[x|`y, \\z]");
    assertThatThrownBy(() -> new Format.OpenCsv('|', '`', '`', 0, Format.Malformed.REFUSED))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot define option delimiter: delimiter, quote and escape must differ and cannot be"
                + " line breaks");
  }

  @Test
  void isWrittenAsItIsRead() {
    Content.land(lake, texts(), "a.csv", "x,y,z\n");
    assertThat(values("INSERT INTO lines VALUES ('a,', '\"', '\\')")).isEmpty();
    assertThat(values("SELECT * FROM lines ORDER BY 1 DESC"))
        .containsExactly("[x, y, z]", "[a,, \", \\]");
  }
}
