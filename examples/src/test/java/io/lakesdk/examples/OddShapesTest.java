package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.Rule;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and shapes that are unusual and allowed, and rights that name what is not there. */
class OddShapesTest extends BadInputFixture {

  private static Dataset files(String name) {
    return Dataset.named(name).in(Zone.RAW).build();
  }

  /** Lands files whose columns nobody has told, and has them found out. */
  private Dataset crawled(String name, String file, String content) {
    Dataset raw = files(name);
    lake.store(Zone.RAW).put(raw.location() + file, utf8(content), PutOptions.defaults());
    var preview = crawl(raw);
    assertThat(preview.problems()).isEmpty();
    Catalog.of(lake).apply(preview);
    return Catalog.of(lake).dataset(preview.tables().get(0).dataset().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void reservedWordsAndUnicodeAreNamesAllTheWay(String format) {
    String content =
        format.equals("csv")
            ? "select,größe,名前,a b,order\n1,2,x,3,4\n"
            : "{\"select\":1,\"größe\":2,\"名前\":\"x\",\"a b\":3,\"order\":4}\n";
    Dataset raw = crawled("odd.table", "x." + format, content);
    assertThat(raw.schema().names()).containsExactly("select", "größe", "名前", "a b", "order");
    assertThat(query("SELECT \"select\", \"größe\", \"名前\", \"a b\", \"order\" FROM odd.\"table\""))
        .containsExactly("[1, 2, x, 3, 4]");
    Dataset clean = Dataset.named("odd.group").in(Zone.CURATED).build();
    Processing.of(lake)
        .run(
            Pipeline.named("odd")
                .read(raw)
                .expect(Rule.notNull("名前"), Rule.between("order", 0, 9))
                .sql("SELECT * FROM input WHERE \"select\" = 1")
                .write(clean, Write.overwrite())
                .build());
    assertThat(query("SELECT * FROM odd.\"group\"")).containsExactly("[1, 2, x, 3, 4]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void columnsNamedAsWhatEnginesAddThemselvesAreOrdinary(String format) {
    String names = "file_index,filename,file_row_number,lake_row,rowid,f,k,c0";
    StringBuilder json = new StringBuilder("{");
    for (String name : names.split(",", -1)) {
      json.append(json.length() == 1 ? "" : ",").append('"').append(name).append("\":7");
    }
    String content = format.equals("csv") ? names + "\n7,7,7,7,7,7,7,7\n" : json + "}\n";
    Dataset raw = files("odd.names");
    for (int month = 1; month <= 2; month++) {
      lake.store(Zone.RAW)
          .put(
              raw.location() + "month=" + month + "/x." + format,
              utf8(content),
              PutOptions.defaults());
    }
    Catalog.of(lake).apply(crawl(raw));
    assertThat(query("SELECT " + names + ", month FROM odd.names ORDER BY month"))
        .containsExactly("[7, 7, 7, 7, 7, 7, 7, 7, 1]", "[7, 7, 7, 7, 7, 7, 7, 7, 2]");
    assertThat(query("SELECT count(*), max(month) FROM odd.names")).containsExactly("[2, 2]");
    Dataset clean =
        Dataset.named("odd.clean")
            .in(Zone.CURATED)
            .column("file_index", DataType.INT)
            .partitionedBy("month", DataType.INT)
            .build();
    Processing.of(lake)
        .run(
            Pipeline.named("odd")
                .read(Catalog.of(lake).dataset(raw.id()))
                .sql("SELECT CAST(file_index AS integer) AS file_index, month FROM input")
                .write(clean, Write.overwrite())
                .build());
    assertThat(query("SELECT file_index, month FROM odd.clean ORDER BY 2"))
        .containsExactly("[7, 1]", "[7, 2]");
    assertThat(query("SELECT count(*), sum(month) FROM odd.clean")).containsExactly("[2, 3]");
  }

  @Test
  void aBadValueInAColumnNamedAsTheEnginesOwnIsFound() {
    Dataset raw =
        Dataset.named("odd.figures")
            .in(Zone.RAW)
            .format(Format.JSON_LINES)
            .column("file_index", DataType.INT)
            .build();
    land(raw, "x.jsonl", utf8("{\"file_index\":1}\n{\"file_index\":\"hunter2\"}\n"));
    assertThatThrownBy(() -> query("SELECT file_index FROM odd.figures"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("in row 2 of data the value of column file_index is not int")
        .satisfies(BadInputFixture::tellsNoData);
  }

  @Test
  void fieldsInsideOfStructsAreFoundWhateverTheirCase() {
    Dataset raw =
        crawled(
            "odd.nested",
            "x.json",
            "{\"Person\":{\"FirstName\":\"Ada\",\"Tags\":[{\"Key\":\"a\"}]}}\n");
    assertThat(raw.schema().columns().get(0).type())
        .hasToString("struct<firstname:string,tags:array<struct<key:string>>>");
    assertThat(query("SELECT person.firstname, person.tags[1].key FROM odd.nested"))
        .containsExactly("[Ada, a]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void twoThousandColumnsGoAllTheWay(String format) {
    String names =
        IntStream.range(0, 2000).mapToObj(i -> "col_" + i).collect(Collectors.joining(","));
    String content =
        format.equals("csv")
            ? names
                + "\n"
                + IntStream.range(0, 2000)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(","))
                + "\n"
            : IntStream.range(0, 2000)
                .mapToObj(i -> "\"col_" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}\n"));
    Dataset raw = crawled("odd.wide", "x." + format, content);
    assertThat(raw.schema().columns()).hasSize(2000);
    Dataset clean = Dataset.named("odd.wide_clean").in(Zone.CURATED).build();
    Processing.of(lake)
        .run(
            Pipeline.named("wide")
                .read(raw)
                .expect(Rule.notNull("col_1999"))
                .write(clean, Write.overwrite())
                .build());
    assertThat(query("SELECT col_0 + col_1999 FROM odd.wide_clean")).containsExactly("[1999]");
    assertThat(query("SELECT * FROM odd.wide_clean").get(0)).endsWith(", 1998, 1999]");
  }

  @Test
  void aRowFilterOnAColumnThatIsNotThereHidesEverything() {
    Dataset raw = people(Format.CSV);
    land(raw, "a.csv", utf8("id,name,born,paid\n1,Ada,,\n"));
    Principal analyst = Principal.role("analyst");
    Security.of(lake)
        .grant(Grant.select("id").on("crm.people").where("city = 'hunter2'").to(analyst));
    assertThatThrownBy(
            () -> QueryEngine.of(lake.as(analyst)).run(Query.sql("SELECT id FROM crm.people")))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(
            "Cannot select from dataset crm.people: the row filter of a grant to role analyst does"
                + " not fit the dataset's columns; whoever opened the lake can grant anew")
        .satisfies(BadInputFixture::tellsNoData);
  }
}
