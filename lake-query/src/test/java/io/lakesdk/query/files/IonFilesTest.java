package io.lakesdk.query.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.ion.IonSystem;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonSystemBuilder;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Amazon Ion. */
class IonFilesTest extends FilesFixture {

  private static final IonSystem ION = IonSystemBuilder.standard().build();

  private static final String PEOPLE =
      """
      {id: 1, name: "Ada", Age: 36}
      // as people write it
      {
        id: 2,
        name: 'Grace', // a symbol
        age: null.int,
        more: [1, 2]
      }
      {id: 3}
      """;

  IonFilesTest() {
    super("shop");
  }

  private static Dataset.Builder things() {
    return Dataset.named("shop.things").in(Zone.RAW).format(Format.ION);
  }

  private static Dataset people(Format format) {
    return things()
        .format(format)
        .column("id", DataType.INT)
        .column("name", DataType.STRING)
        .column("age", DataType.SMALLINT)
        .build();
  }

  private static byte[] binary(String text) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (IonWriter writer = ION.newBinaryWriter(file)) {
      writer.writeValues(ION.newReader(text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(file)) {
      out.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ion", "a.10n", "a.ion.gz", "a.10n.gz", "a"})
  void areTextOrBinaryWhateverTheirNames(String name) {
    byte[] content = name.contains("10n") ? binary(PEOPLE) : PEOPLE.getBytes(UTF_8);
    Content.land(lake, people(Format.ION), name, name.endsWith(".gz") ? gzip(content) : content);
    assertThat(values("SELECT * FROM things ORDER BY id"))
        .containsExactly("[1, Ada, 36]", "[2, Grace, null]", "[3, null, null]");
    assertThat(values("SELECT count(*) FROM things")).containsExactly("[3]");
    assertThat(values("SELECT name FROM things WHERE age > 30")).containsExactly("[Ada]");
  }

  /** Which types go together is in the documentation of the Ion Hive SerDe. */
  @Test
  void haveValuesOfEveryType() {
    Dataset all =
        things()
            .column("truth", DataType.BOOLEAN)
            .column("tiny", DataType.TINYINT)
            .column("small", DataType.SMALLINT)
            .column("number", DataType.INT)
            .column("large", DataType.BIGINT)
            .column("ratio", DataType.FLOAT)
            .column("precise", DataType.DOUBLE)
            .column("price", DataType.decimal(12, 3))
            .column("whole", DataType.decimal(38, 0))
            .column("name", DataType.parse("varchar(5)"))
            .column("raw", DataType.BINARY)
            .column("chars", DataType.BINARY)
            .column("day", DataType.DATE)
            .column("moment", DataType.TIMESTAMP)
            .column("fine", DataType.TIMESTAMP)
            .column("tags", DataType.parse("array<string>"))
            .column("sexp", DataType.parse("array<int>"))
            .column("counts", DataType.parse("map<string,bigint>"))
            .column(
                "place", DataType.parse("struct<street:string,areas:array<decimal(5,2)>,none:int>"))
            .build();
    String row =
        """
        {truth: true, tiny: -128, small: 32767, number: -2147483648, large: 9223372036854775807,
         ratio: 1.5e0, precise: 1e-1, price: -12345678.9, whole: 12345678901234567890123456789012345678,
         name: "Ada \u00fc", raw: {{AP8=}}, chars: {{"abc"}}, day: 2024-02-29T, moment: 2024-02-29T23:30:01.123-02:00,
         fine: 2024-02-29T12:30:01.9996Z, tags: [a, null, "quote \\" "], sexp: (1 2),
         counts: {a: 1, 'b c': null}, place: {STREET: Main, areas: [1, 2.5], other: 7}}
        {truth: null, tiny: null.int, name: null.string, place: null.struct, tags: []}
        """;
    Content.land(lake, all, "all.ion", row);

    List<Map<String, Object>> rows = run("SELECT * FROM things ORDER BY truth NULLS LAST");

    Map<String, Object> counts = new HashMap<>();
    counts.put("a", 1L);
    counts.put("b c", null);
    Map<String, Object> place = new HashMap<>();
    place.put("street", "Main");
    place.put("areas", List.of(new BigDecimal("1.00"), new BigDecimal("2.50")));
    place.put("none", null);
    assertThat(rows.get(0))
        .containsEntry("truth", true)
        .containsEntry("tiny", (byte) -128)
        .containsEntry("small", (short) 32767)
        .containsEntry("number", Integer.MIN_VALUE)
        .containsEntry("large", Long.MAX_VALUE)
        .containsEntry("ratio", 1.5f)
        .containsEntry("precise", 0.1)
        .containsEntry("price", new BigDecimal("-12345678.900"))
        .containsEntry("whole", new BigDecimal("12345678901234567890123456789012345678"))
        .containsEntry("name", "Ada \u00fc")
        .containsEntry("raw", new byte[] {0, (byte) 0xff})
        .containsEntry("chars", "abc".getBytes(UTF_8))
        .containsEntry("day", LocalDate.of(2024, 2, 29))
        .containsEntry("moment", LocalDateTime.of(2024, 3, 1, 1, 30, 1, 123_000_000))
        .containsEntry("fine", LocalDateTime.of(2024, 2, 29, 12, 30, 2))
        .containsEntry("tags", Arrays.asList("a", null, "quote \" "))
        .containsEntry("sexp", List.of(1, 2))
        .containsEntry("counts", counts)
        .containsEntry("place", place);
    assertThat(rows.get(1)).containsEntry("tags", List.of());
    assertThat(rows.get(1).values().stream().filter(value -> value != null)).hasSize(1);
  }

  @Test
  void haveAnyValueAsText() {
    Dataset dataset = things().column("id", DataType.INT).column("value", DataType.STRING).build();
    Content.land(
        lake,
        dataset,
        "a.ion",
        "{id: 1, value: {a: \"x\", b: [1.50]}} {id: 2, value: 2024-01-01T} {id: 3, value: true}");
    assertThat(values("SELECT value FROM things ORDER BY id"))
        .containsExactly("[{a:\"x\",b:[1.50]}]", "[2024-01-01]", "[true]");
  }

  @Test
  void haveColumnsWherePathsLead() {
    Format.Ion format =
        Format.ION
            .at("street", "(address street)")
            .at("first", "(tags 0)")
            .at("any", "( address  * )")
            .at("marked", "(A::'b c')")
            .at("whole", "()");
    Dataset dataset =
        things()
            .format(format)
            .column("street", DataType.STRING)
            .column("first", DataType.INT)
            .column("any", DataType.STRING)
            .column("marked", DataType.INT)
            .column("whole", DataType.parse("struct<id:int>"))
            .column("id", DataType.INT)
            .build();
    Content.land(
        lake,
        dataset,
        "a.ion",
        "{id: 1, address: {street: Main, town: Ulm}, tags: [7, 8], 'b c': 5, 'b c': A::6}"
            + "{id: 2, address: 3, tags: [], 'b c': B::A::4} null.struct");
    assertThat(values("SELECT id, street, first, \"any\", marked, whole.id AS w FROM things"))
        .containsExactlyInAnyOrder(
            "[1, Main, 7, Ulm, 6, 1]",
            "[2, null, null, null, null, 2]",
            "[null, null, null, null, null, null]");
  }

  @Test
  void areRowsOfWhateverIsAtTheTop() {
    Dataset dataset =
        things()
            .format(Format.ION.at("whole", "()").at("second", "(1)").at("a", "A::()"))
            .column("whole", DataType.STRING)
            .column("second", DataType.STRING)
            .column("a", DataType.STRING)
            .build();
    Content.land(lake, dataset, "a.ion", "[1, x] 12 {a: 1, b: 2} A::y null");
    assertThat(values("SELECT * FROM things"))
        .containsExactly(
            "[[1,x], x, null]",
            "[12, null, null]",
            "[{a:1,b:2}, 2, null]",
            "[y, null, y]",
            "[null, null, null]");
  }

  @Test
  void tellUpperAndLowerCaseApartWhereTheFormatSaysSo() {
    String text = "{'ALIAS': value1}\n{'alias': value2}\n";
    Format.Ion exact =
        new Format.Ion(
            Map.of("a", "(alias)"),
            Format.LetterCase.EXACT,
            Format.Overflow.REFUSED,
            Map.of(),
            Format.Damage.REFUSED);
    Content.land(lake, things().column("alias", DataType.STRING).build(), "a.ion", text);
    Content.land(
        lake,
        Dataset.named("shop.exact").in(Zone.RAW).format(exact).column("a", DataType.STRING).build(),
        "a.ion",
        text);
    assertThat(values("SELECT alias FROM things")).containsExactly("[value1]", "[value2]");
    assertThat(values("SELECT a FROM exact")).containsExactlyInAnyOrder("[null]", "[value2]");
  }

  @Test
  void overflowWhereTheFormatSaysSo() {
    Format.Ion format =
        new Format.Ion(
            Map.of(),
            Format.LetterCase.IGNORED,
            Format.Overflow.REFUSED,
            Map.of("n", Format.Overflow.CUT, "s", Format.Overflow.CUT, "st", Format.Overflow.CUT),
            Format.Damage.REFUSED);
    Dataset dataset =
        things()
            .format(format)
            .column("n", DataType.SMALLINT)
            .column("s", DataType.parse("varchar(5)"))
            .column("st", DataType.parse("struct<f1:smallint,f2:varchar(5)>"))
            .column("strict", DataType.SMALLINT)
            .build();
    Content.land(
        lake,
        dataset,
        "a.ion",
        "{n: 40000, s: \"123456789\", st: {f1: 40000, f2: \"123456789\"}, strict: 40000}");
    assertThat(values("SELECT n, s, st FROM things"))
        .containsExactly("[-25536, 12345, {f1=-25536, f2=12345}]");
    assertThatThrownBy(() -> values("SELECT strict FROM things"))
        .isInstanceOf(BadDataException.class)
        .hasMessageEndingWith("in row 1 the value of column strict does not fit smallint");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{id: \"7\"}|int|its column id is string, which cannot be read as int, the type that its",
        "{id: 1.5}|double|its column id is decimal, which cannot be read as double",
        "{id: 1}{id: 128}|tinyint|in row 2 the value of column id does not fit tinyint",
        "{id: 9223372036854775808}|bigint|in row 1 the value of column id does not fit bigint",
        "{id: 1e300}|float|in row 1 the value of column id does not fit float",
        "{id: 0.125}|decimal(5,2)|in row 1 the value of column id does not fit decimal(5,2)",
        "{id: 1d1000000000}|decimal(5,2)|in row 1 the value of column id does not fit decimal(5,2)",
        "{id: 1d-1000000000}|decimal(5,2)|in row 1 the value of column id does not fit",
        "{id: abcdef}|varchar(5)|in row 1 the value of column id does not fit varchar(5)",
        "{id: {a: [1]}}|struct<a:array<date>>|its column id.a is int, which cannot be read as date",
        "{id: 2024T}|binary|its column id is timestamp, which cannot be read as binary",
        "{id: 1} {id: hunter2|string|in row 2 its content is damaged or cut off",
        "{id: 1} {id: {{ hunter2 }}|string|in row 2 its content is damaged or cut off",
        "{id: $99}|string|it needs a shared symbol table, which Athena does not look up"
      })
  void thatDoNotFitOrAreDamagedAreRefused(String text, String type, String reason) {
    Dataset dataset = things().column("id", DataType.parse(type)).build();
    Content.land(lake, dataset, "bad.ion", text);
    assertThatThrownBy(() -> run("SELECT * FROM things"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/shop/things/")
        .hasMessageContaining("bad.ion: " + reason)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  /** A file that ends between two rows is whole. */
  @Test
  void thatAreCutOffAreRefused() {
    byte[] whole = binary("{id: 1, name: \"a name\"} {id: 2, name: \"another\"}");
    int cuts = 0;
    for (int bytes = 5; bytes < whole.length; bytes++) {
      String table = "shop.cut" + bytes;
      Dataset dataset =
          Dataset.named(table)
              .in(Zone.RAW)
              .format(Format.ION)
              .column("id", DataType.INT)
              .column("name", DataType.STRING)
              .build();
      Content.land(lake, dataset, "a.10n", Arrays.copyOf(whole, bytes));
      for (String what : List.of("*", "count(*)")) {
        try {
          assertThat(run("SELECT " + what + " FROM " + table)).hasSizeLessThan(2);
        } catch (BadDataException e) {
          cuts++;
          assertThat(e).hasMessageContaining("damaged").hasNoCause();
        }
      }
    }
    assertThat(cuts).isGreaterThan(whole.length);
  }

  @Test
  void thatAreDamagedMayBeReadUpToThere() {
    Format.Ion format =
        new Format.Ion(
            Map.of(),
            Format.LetterCase.IGNORED,
            Format.Overflow.REFUSED,
            Map.of(),
            Format.Damage.PASSED_OVER);
    Dataset dataset = things().format(format).column("field", DataType.INT).build();
    Content.land(lake, dataset, "a.ion", "{field: 1} {field: 2} {field: 3 {field: 4}");
    assertThat(values("SELECT field FROM things")).containsExactly("[1]", "[2]");
  }

  @Test
  void withBytesOfAnotherKindAreRefused() {
    Dataset dataset = people(Format.ION);
    Content.land(lake, dataset, "a.ion", gzip(PEOPLE.getBytes(UTF_8)));
    assertThatThrownBy(() -> run("SELECT * FROM things"))
        .isInstanceOf(BadDataException.class)
        .hasMessageEndingWith(
            "it is compressed with gzip, which its name does not say; name it .gz");
  }

  @Test
  void thatClaimToBeLargeTakeNoMemory() {
    Dataset dataset = people(Format.ION);
    byte[] hostile = Arrays.copyOf(binary("1"), 64);
    // A text of two billion bytes, of which 50 are there.
    byte[] claim = {(byte) 0x8e, 0x07, 0x3f, 0x7f, 0x7f, (byte) 0xff};
    System.arraycopy(claim, 0, hostile, 4, claim.length);
    Content.land(lake, dataset, "a.10n", hostile);
    assertThatThrownBy(() -> run("SELECT * FROM things")).isInstanceOf(BadDataException.class);
  }

  @Test
  void nestDeeply() {
    Dataset dataset = people(Format.ION);
    Content.land(lake, dataset, "a.ion", "{id: 1, deep: " + "[".repeat(20_000));
    assertThatThrownBy(() -> run("SELECT * FROM things"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void areNotWritten() {
    Dataset dataset = people(Format.ION);
    Content.land(lake, dataset, "a.ion", PEOPLE);
    assertThatThrownBy(() -> run("INSERT INTO things VALUES (1, 'x', 2)"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("its files are ion, which is not written here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "address", "(address", "(a b))", "(a)(b)", "(a 'b)", "(1.5)"})
  void haveNoPathsThatAreNone(String path) {
    Dataset dataset = things().format(Format.ION.at("id", path)).column("id", DataType.INT).build();
    Content.land(lake, dataset, "a.ion", PEOPLE);
    assertThatThrownBy(() -> run("SELECT id FROM things"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot read dataset shop.things: the path of its column id is no search path such as"
                + " (a b)");
  }

  @Test
  void haveMapsOfTextAlone() {
    Dataset dataset = things().column("id", DataType.parse("array<map<int,int>>")).build();
    Content.land(lake, dataset, "a.ion", PEOPLE);
    assertThatThrownBy(() -> run("SELECT id FROM things"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot read dataset shop.things: its column id is array<map<int,int>>, and a map of"
                + " Ion has keys of text");
  }
}
