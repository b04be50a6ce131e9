package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.publish.Publishing;
import io.lakesdk.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Files that are not what their dataset says: what is refused, in which words, what is read. */
abstract class BadFilesContract {

  private static final String SECRET = "hunter2";

  private Lake lake;

  abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private static Dataset.Builder people() {
    return Dataset.named("crm.people")
        .in(Zone.RAW)
        .column("id", DataType.INT)
        .column("name", DataType.STRING)
        .column("born", DataType.DATE)
        .column("paid", DataType.decimal(5, 2));
  }

  /** The message, which must name the file and no path or datum; the content stays as it was. */
  private void refused(Dataset dataset, String file, byte[] content, String reason) {
    Content.land(lake, dataset, file, content);
    long before = Publishing.of(lake).snapshot(dataset).totals().bytes();
    assertThatThrownBy(() -> Content.rows(lake, dataset))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/crm/people/")
        .hasMessageContaining(file.substring(0, file.indexOf('.')))
        .hasMessageContaining(reason)
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining("/proc/")
        .hasNoCause();
    assertThat(Publishing.of(lake).snapshot(dataset).totals().bytes()).isEqualTo(before);
  }

  private void refused(Dataset dataset, String file, String content, String reason) {
    refused(dataset, file, content.getBytes(StandardCharsets.UTF_8), reason);
  }

  @Nested
  class CsvFiles {
    private final Dataset csv = people().format(Format.CSV).build();

    @Test
    void areReadByTheNamesInTheirFirstLine() {
      Content.land(lake, csv, "a.csv", "\uFEFFname,ID,extra\n\"x, y\",1,z\n\"\",,\n");

      assertThat(Content.rows(lake, csv))
          .extracting(row -> row.get("id"), row -> row.get("name"), row -> row.get("born"))
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(1, "x, y", null),
              org.assertj.core.groups.Tuple.tuple(null, "", null));
    }

    @Test
    void mayBeEmptyOrHaveNoRows() {
      Content.land(lake, csv, "a.csv", "");
      Content.land(lake, csv, "b.csv", "id,name,born,paid\n");

      assertThat(Content.rows(lake, csv)).isEmpty();
    }

    @Test
    void withoutAHeaderHaveTheDatasetsColumnsInOrder() {
      Dataset plain = people().format(Format.csv().withoutHeader().delimitedBy(';')).build();
      Content.land(lake, plain, "a.csv", "1;Ada;1815-12-10;9.99\n");

      assertThat(Content.rows(lake, plain))
          .singleElement()
          .asString()
          .isEqualTo("{id=1, name=Ada, born=1815-12-10, paid=9.99}");
    }

    @Test
    void withTooManyValuesAreRefused() {
      refused(
          csv,
          "ragged.csv",
          "id,name,born,paid\n1,a,,\n2,hunter2,,,x\n",
          "in row 3 (the first line is row 1) the number of values is not the number of columns");
    }

    @Test
    void withTooFewValuesAreRefused() {
      refused(csv, "short.csv", "id,name,born,paid\n1,hunter2\n", "in row 2");
    }

    @Test
    void withAnUnclosedQuoteAreRefused() {
      refused(
          csv, "quote.csv", "id,name,born,paid\n1,\"hunter2,,\n2,b,,\n", "a quote is not closed");
    }

    @Test
    void inAnotherEncodingAreRefused() {
      refused(
          csv,
          "latin.csv",
          "id,name,born,paid\n1,hunter2 \u00fc,,\n".getBytes(StandardCharsets.ISO_8859_1),
          "the text is not UTF-8");
    }

    @Test
    void withATooLongLineAreRefused() {
      refused(
          csv,
          "long.csv",
          "id,name,born,paid\n1," + SECRET.repeat(400_000) + ",,\n",
          "the line is longer than 2,000,000 bytes");
    }

    @Test
    void withMixedTypesInAColumnAreRefusedWithTheRow() {
      refused(
          csv,
          "mixed.csv",
          "id,name,born,paid\n1,a,,\nhunter2,b,,\n",
          "in row 2 of data the value of column id is not int, the type that dataset crm.people"
              + " declares");
    }

    @Test
    void withNumbersThatWouldBeRoundedOrOutOfRangeAreRefused() {
      refused(csv, "f1.csv", "id\n1.7\n", "the value of column id is not int");
    }

    @Test
    void withNumbersOutOfRangeAreRefused() {
      refused(csv, "f2.csv", "id\n1\n3000000000\n", "in row 2 of data the value of column id");
    }

    @Test
    void withTooManyDecimalsAreRefused() {
      refused(csv, "f3.csv", "paid\n1.234\n", "the value of column paid is not decimal(5,2)");
    }

    @Test
    void withDatesThatDoNotExistAreRefused() {
      refused(
          csv,
          "d.csv",
          "born\n2024-02-29\n2023-02-29\n",
          "in row 2 of data the value of column born is not date");
    }

    @Test
    void namingAColumnTwiceAreRefused() {
      refused(csv, "twice.csv", "id,ID\n1,2\n", "names column id more than once");
    }

    @Test
    void namingNoColumnAreRefusedWithTheRemedy() {
      refused(csv, "plain.csv", "1,hunter2x\n", "declare the format with withoutHeader()");
    }

    @Test
    void areNamedAmongMany() {
      for (int i = 0; i < 20; i++) {
        Content.land(lake, csv, "good" + i + ".csv", "id,name\n1,a\n");
      }
      refused(csv, "bad.csv", "id,name\nx,a\n", "the value of column id is not int");
    }

    @Test
    void keepLineBreaksInValues() {
      Content.land(lake, csv, "a.csv", "id,name\n1,\"a\nb\"\n");

      assertThat(Content.rows(lake, csv))
          .extracting(row -> row.get("name"))
          .containsExactly("a\nb");
    }

    @Test
    void withANulByteAreRefusedWithTheRow() {
      refused(
          csv,
          "nul.csv",
          "id,name\n1,a\n2,hunter2\0d\n",
          "in row 2 of data the value of column name holds a NUL byte");
    }

    @Test
    void inUtf16AreRefused() {
      refused(
          csv,
          "wide.csv",
          "id,name\n1,hunter2\n".getBytes(StandardCharsets.UTF_16),
          "its first line holds a NUL byte");
    }

    @Test
    void mayEndLinesWithADelimiter() {
      Content.land(lake, csv, "a.csv", "id,name\n1,a,\n");

      assertThat(Content.rows(lake, csv)).extracting(row -> row.get("name")).containsExactly("a");
    }
  }

  @Nested
  class JsonFiles {
    private final Dataset lines = people().format(Format.JSON_LINES).build();

    @Test
    void areReadByKeyWhateverItsCase() {
      Content.land(lake, lines, "a.jsonl", "{\"ID\":1,\"Name\":\"a\",\"x\":{}}\n\n{\"ID\":null}\n");

      assertThat(Content.rows(lake, lines))
          .extracting(row -> row.get("id"), row -> row.get("name"))
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(1, "a"),
              org.assertj.core.groups.Tuple.tuple(null, null));
    }

    @Test
    void mayBeOneArray() {
      Dataset json = people().format(Format.JSON).build();
      Content.land(lake, json, "a.json", " [{\"id\":1},{\"id\":2}]");
      Content.land(lake, json, "b.json", "{\"id\":3}");

      assertThat(Content.rows(lake, json))
          .extracting(row -> row.get("id"))
          .containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void brokenInTheMiddleAreRefusedWithTheLine() {
      refused(
          lines,
          "broken.jsonl",
          "{\"id\":1}\n{\"id\":2,\"name\":\"hunter2\n{\"id\":3}\n",
          "in line 2 the text is not well-formed JSON");
    }

    @Test
    void withOtherThanObjectsAreRefused() {
      refused(lines, "scalar.jsonl", "{\"id\":1}\n5\n", "something other than an object");
    }

    @Test
    void withMixedTypesInAColumnAreRefusedWithTheRow() {
      refused(
          lines,
          "mixed.jsonl",
          "{\"id\":1}\n{\"id\":\"hunter2\"}\n",
          "in row 2 of data the value of column id is not int");
    }

    @Test
    void withAFractionInAWholeColumnAreRefused() {
      refused(lines, "f.jsonl", "{\"id\":1.7}\n", "the value of column id is not int");
    }

    @Test
    void areReadByKeyWhateverItsCaseInsideOfObjectsToo() {
      DataType address = DataType.parse("struct<city:string,tags:array<struct<key:string>>>");
      DataType byYear = DataType.parse("map<string,struct<sum:int>>");
      Dataset nested =
          Dataset.named("crm.nested")
              .in(Zone.RAW)
              .format(Format.JSON_LINES)
              .column("address", address)
              .column("years", byYear)
              .build();
      Content.land(
          lake,
          nested,
          "a.jsonl",
          "{\"Address\":{\"City\":\"Oslo\",\"Tags\":[{\"Key\":\"a\"},{\"Key\":\"b\"}]},"
              + "\"years\":{\"2001\":{\"SUM\":1},\"\\\"\":{\"SUM\":2}}}\n{\"Address\":null}\n");
      Content.land(lake, nested, "b.jsonl", "{\"address\":{\"CITY\":\"Bern\"}}\n");

      try (Rows rows =
          QueryEngine.of(lake)
              .run(
                  Query.sql(
                      "SELECT address.city, address.tags[2].key, years['2001'].sum FROM crm.nested"
                          + " WHERE address IS NOT NULL ORDER BY 1"))) {
        assertThat(rows.asLists().map(List::toString))
            .containsExactly("[Bern, null, null]", "[Oslo, b, 1]");
      }
    }

    @Test
    void withKeysInsideOfObjectsThatDifferOnlyInCaseAreRefused() {
      Dataset nested =
          Dataset.named("crm.people")
              .in(Zone.RAW)
              .format(Format.JSON_LINES)
              .column("address", DataType.parse("struct<city:string>"))
              .build();
      refused(
          nested,
          "case.jsonl",
          "{\"address\":{\"city\":\"hunter2\"}}\n{\"address\":{\"City\":\"hunter2\"}}\n",
          "the objects inside of column address have keys that differ only in case");
    }

    @Test
    void withKeysThatDifferOnlyInCaseAreRefused() {
      refused(lines, "case.jsonl", "{\"id\":1}\n{\"ID\":2}\n", "differ only in case");
    }
  }

  @Nested
  class ParquetFiles {
    record Person(int id, String name) {}

    private final Dataset parquet = people().build();

    private byte[] good() {
      Dataset small = Dataset.named("crm.small").in(Zone.RAW).columns(Person.class).build();
      Content.load(lake, small, Person.class, List.of(new Person(1, "a"), new Person(2, "b")));
      var file =
          Publishing.of(lake)
              .snapshot(small)
              .files(io.lakesdk.publish.PartitionFilter.any())
              .get(0);
      try (var content =
          lake.store(Zone.RAW).get(file.object().key(), io.lakesdk.storage.ReadOptions.current())) {
        return content.readAllBytes();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Test
    void lackingColumnsHaveNullsInThem() {
      Content.land(lake, parquet, "a.parquet", good());

      assertThat(Content.rows(lake, parquet))
          .extracting(Map::toString)
          .containsExactlyInAnyOrder(
              "{id=1, name=a, born=null, paid=null}", "{id=2, name=b, born=null, paid=null}");
    }

    @Test
    void areWidenedWhereNothingIsLost() {
      Dataset wide = Dataset.named("crm.people").in(Zone.RAW).column("id", DataType.BIGINT).build();
      Content.land(lake, wide, "a.parquet", good());

      assertThat(Content.rows(lake, wide)).extracting(Map::toString).contains("{id=1}", "{id=2}");
    }

    @Test
    void ofAnotherTypeAreRefused() {
      Dataset other = Dataset.named("crm.people").in(Zone.RAW).column("name", DataType.INT).build();
      refused(
          other,
          "type.parquet",
          good(),
          "its column name is string, which cannot be read as int, the type that dataset"
              + " crm.people declares, without loss");
    }

    @Test
    void ofANarrowerColumnAreRefused() {
      Dataset other =
          Dataset.named("crm.people").in(Zone.RAW).column("id", DataType.SMALLINT).build();
      refused(other, "narrow.parquet", good(), "its column id is int");
    }

    @Test
    void thatAreEmptyAreRefused() {
      refused(parquet, "empty.parquet", new byte[0], "it is no Parquet file, or was cut off");
    }

    @Test
    void thatAreTruncatedAreRefused() {
      byte[] good = good();
      refused(
          parquet,
          "cut.parquet",
          java.util.Arrays.copyOf(good, good.length / 2),
          "it is no Parquet file, or was cut off");
    }

    @Test
    void thatAreSomethingElseAreRefused() {
      refused(parquet, "text.parquet", "hunter2 ".repeat(10), "it is no Parquet file");
    }

    @Test
    void withADamagedFooterAreRefused() {
      byte[] bytes = good();
      for (int i = bytes.length - 40; i < bytes.length - 8; i++) {
        bytes[i] ^= 0x55;
      }
      Content.land(lake, parquet, "flip.parquet", bytes);
      assertThatThrownBy(() -> Content.rows(lake, parquet))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("flip");
    }

    @Test
    void areNamedAmongMany() {
      for (int i = 0; i < 5; i++) {
        Content.land(lake, parquet, "good" + i + ".parquet", good());
      }
      refused(parquet, "bad.parquet", "nothing of the kind", "it is no Parquet file");
    }
  }
}
