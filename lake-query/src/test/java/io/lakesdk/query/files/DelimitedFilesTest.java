package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delimited lines without quotes. */
class DelimitedFilesTest extends FilesFixture {

  DelimitedFilesTest() {
    super("web");
  }

  private static Dataset.Builder lines(Format format) {
    return Dataset.named("web.lines").in(Zone.RAW).format(format);
  }

  @Test
  void haveTheirColumnsByPosition() {
    Dataset dataset =
        lines(Format.DELIMITED.delimitedBy(',').skippingLines(1))
            .column("id", DataType.INT)
            .column("name", DataType.STRING)
            .column("day", DataType.DATE)
            .column("paid", DataType.decimal(5, 2))
            .build();
    Content.land(
        lake,
        dataset,
        "a.csv",
        """
        name,id,what,ever
        1,"Ada",2024-02-29,9.99,surplus
        2,\\N,\\N,\\N
        3,
        x4,,2024-02-30,1.999
        """);
    assertThat(values("SELECT * FROM lines ORDER BY id NULLS LAST"))
        .containsExactly(
            "[1, \"Ada\", 2024-02-29, 9.99]",
            "[2, null, null, null]",
            "[3, , null, null]",
            "[null, , null, null]");
    assertThat(values("SELECT paid FROM lines WHERE id = 1")).containsExactly("[9.99]");
  }

  @Test
  void haveArraysMapsAndStructs() {
    Dataset dataset =
        lines(Format.DELIMITED)
            .column("id", DataType.INT)
            .column("numbers", DataType.parse("array<int>"))
            .column("counts", DataType.parse("map<string,bigint>"))
            .column(
                "place",
                DataType.parse("struct<street:string,since:timestamp,tags:array<varchar(2)>>"))
            .build();
    Content.land(
        lake,
        dataset,
        "a.txt",
        "1\u00011\u00022\u0002x\u0002\\N\u0001a\u00037\u0002b\u0003\\N\u0002c\u0001Main\u0002"
            + "2024-01-01 10:00:00.5\u0002abc\u0003d\n"
            + "2\u0001\u0001\u0001\n"
            + "3\u0001\\N\u0001\\N\u0001\\N\n");
    assertThat(values("SELECT numbers, counts, place FROM lines ORDER BY id"))
        .containsExactly(
            "[[1, 2, null, null], {a=7, b=null, c=null}, {street=Main,"
                + " since=2024-01-01T10:00:00.500, tags=[ab, d]}]",
            "[[], {}, {street=, since=null, tags=null}]",
            "[null, null, null]");
  }

  @Test
  void mayEscapeDelimitersAndNameWhatIsNull() {
    Dataset dataset =
        lines(Format.DELIMITED.delimitedBy('|').escapedBy('\\').nullAs("-"))
            .column("name", DataType.STRING)
            .column("id", DataType.INT)
            .build();
    Content.land(lake, dataset, "a.txt", "a\\|b\\\\|1\r\n-|2\r\\-|-\n");
    assertThat(values("SELECT * FROM lines ORDER BY name"))
        .containsExactly("[-, null]", "[a|b\\, 1]", "[null, 2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zst", "snappy", "lz4"})
  void mayBeCompressed(String ending) {
    Dataset dataset =
        lines(Format.DELIMITED.delimitedBy(',').skippingLines(1))
            .column("id", DataType.INT)
            .column("name", DataType.STRING)
            .build();
    Content.land(lake, dataset, "a.csv." + ending, TestFiles.read("people.csv." + ending));
    assertThat(values("SELECT count(*), sum(id), max(name) FROM lines"))
        .containsExactly("[1000, 499500, name 999]");
  }

  @Test
  void areRefusedWhereTypesNestTooDeeply() {
    String type = "array<".repeat(8) + "int" + ">".repeat(8);
    Dataset dataset = lines(Format.DELIMITED).column("deep", DataType.parse(type)).build();
    Content.land(lake, dataset, "a.txt", "1\n");
    assertThatThrownBy(() -> values("SELECT deep FROM lines"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("for which delimited lines do not have enough delimiters");
  }

  @Test
  void needDelimitersThatDiffer() {
    assertThatThrownBy(() -> Format.DELIMITED.delimitedBy('\u0002'))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot define option delimiter: delimiters must differ and cannot be line breaks");
  }
}
