package io.lakesdk.catalog;

import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.Resources;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.CrawledTable.Standing;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What crawls find, and what applying them does. */
public abstract class CrawlContract {

  private Lake lake;
  private Catalog catalog;

  /** A new, empty lake. */
  protected abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
    catalog = Catalog.of(lake);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private void put(String key, String text) {
    put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String key, byte[] bytes) {
    lake.store(Zone.RAW).put(key, bytes, PutOptions.defaults());
  }

  private void putResource(String key, String name) throws IOException {
    put(key, Resources.toByteArray(Resources.getResource(CrawlContract.class, name)));
  }

  private CrawlPreview crawl() {
    return catalog.preview(Crawler.of(Zone.RAW, ""));
  }

  private Dataset dataset(String id) {
    return catalog.dataset(DatasetId.parse(id));
  }

  private long versions(String id) {
    return Publishing.of(lake).snapshot(dataset(id)).version();
  }

  private int files(String id) {
    return (int) Publishing.of(lake).snapshot(dataset(id)).totals().files();
  }

  @Nested
  class RealFiles {

    @BeforeEach
    void landThem() throws IOException {
      putResource("aviation/airports/airports.csv", "airports.csv");
      putResource("aviation/flights/flights.json", "flights-2k.json");
      putResource("geo/zipcodes/zipcodes.csv", "zipcodes-2k.csv");
      putResource("geo/weather/seattle.csv", "seattle-weather.csv");
    }

    @Test
    void theirTypesAreTold() {
      CrawlPreview preview = crawl();
      assertThat(preview.findings()).isEmpty();
      assertThat(preview.table("aviation.airports").dataset().schema())
          .hasToString(
              "iata string, name string, city string, state string, country string,"
                  + " latitude double, longitude double");
      assertThat(preview.table("aviation.flights").dataset().schema())
          .hasToString("date string, delay int, distance int, origin string, destination string");
      assertThat(preview.table("geo.weather").dataset().schema())
          .hasToString(
              "date date, precipitation double, temp_max double, temp_min double, wind double,"
                  + " weather string");
      assertThat(preview.table("geo.zipcodes").dataset().schema().column("zip_code").type())
          .isEqualTo(STRING);
      assertThat(preview.table("aviation.flights").rows()).isEqualTo(2000);
      assertThat(preview.table("aviation.flights").dataset().format()).isEqualTo(Format.JSON);
    }

    @Test
    void thePreviewReadsWell() {
      CrawlPreview preview = catalog.preview(Crawler.of(Zone.RAW, "geo/zipcodes"));
      assertThat(preview)
          .hasToString(
              """
              Crawl of raw/geo/zipcodes/: 1 table

              geo.zipcodes (new)
                raw/geo/zipcodes/: 1 file of CSV with commas and a header, 94.0 KiB, 2,003 rows
                  zip_code   string  digits with a leading zero, which a number would lose, in 156 of 2,003 values, first at zipcodes.csv line 2; 5 characters long
                  latitude   double  numbers with a fraction or exponent in all 2,003 values
                  longitude  double  numbers with a fraction or exponent in all 2,003 values
                  city       string  texts in all 2,003 values; 3 to 23 characters
                  state      string  texts in all 2,003 values; 2 characters long
                  county     string  texts in all 2,003 values; 3 to 22 characters\
              """);
    }

    @Test
    void applyingTwiceChangesNothingTheSecondTime() {
      CrawlPreview preview = crawl();
      CrawlReport first = catalog.apply(preview);
      assertThat(first.tables()).hasSize(4).allMatch(table -> table.publication().isPresent());
      assertThat(first.tables().get(0))
          .hasToString("aviation.airports: new, 1 file added as version 1");
      CrawlReport again = catalog.apply(preview);
      assertThat(again.tables()).allMatch(table -> table.publication().isEmpty());
      CrawlReport anew = catalog.apply(crawl());
      assertThat(anew.tables())
          .allMatch(table -> table.publication().isEmpty())
          .allMatch(table -> table.standing() == Standing.UNCHANGED);
      assertThat(versions("aviation.flights")).isEqualTo(1);
      assertThat(catalog.versions(DatasetId.parse("aviation.flights"))).hasSize(1);
    }
  }

  @Nested
  class PartitionFolders {

    @Test
    void theyBecomeKeysAndNewOnesJoinLater() {
      put("sales/orders/year=2001/country=DE/a.csv", "id,total\n1,2.5\n");
      put("sales/orders/year=2001/country=FR/b.csv", "id,total\n2,3\n");
      put("sales/orders/_SUCCESS", "x");
      CrawlPreview preview = crawl();
      assertThat(preview.table("sales.orders").dataset().partitions())
          .hasToString("[year int, country string]");
      assertThat(preview.findings())
          .hasToString("[raw/sales/orders/_SUCCESS: left out, since its name starts with _ or .]");
      catalog.apply(preview);

      put("sales/orders/year=2002/country=DE/c.csv", "id,total\n3,4\n");
      CrawlPreview next = crawl();
      assertThat(next.table("sales.orders").unpublished()).isEqualTo(1);
      assertThat(next.table("sales.orders").standing()).isEqualTo(Standing.UNCHANGED);
      catalog.apply(next);
      assertThat(versions("sales.orders")).isEqualTo(2);
      assertThat(catalog.partitions(DatasetId.parse("sales.orders")).where("year > 2001").list())
          .hasSize(1);
      assertThat(catalog.partitions(DatasetId.parse("sales.orders")).list()).hasSize(3);
    }

    @Test
    void theirTypesAreToldByTheirValues() {
      put("a/t/day=2001-01-31/month=01/code=7/x.csv", "id\n1\n");
      put("a/t/day=2001-02-28/month=02/code=__HIVE_DEFAULT_PARTITION__/x.csv", "id\n1\n");
      CrawledTable table = crawl().table("a.t");
      assertThat(table.dataset().partitions()).hasToString("[day date, month string, code int]");
      assertThat(table.evidence("month").reason())
          .isEqualTo(
              "of 2 values in folder names, some start with a zero, which a number would lose");
    }

    @Test
    void foldersThatDisagreeAreAProblem() {
      put("a/t/year=2001/x.csv", "id\n1\n");
      put("a/t/x.csv", "id\n1\n");
      assertThat(crawl().problems().get(0).text())
          .startsWith("its folders have the keys [year] and those of a/t/x.csv []");
    }

    @Test
    void filesBesideFoldersWithFilesAreAProblem() {
      put("a/x.csv", "id\n1\n");
      put("a/t/y.csv", "id\n1\n");
      put("top.csv", "id\n1\n");
      CrawlPreview preview = crawl();
      assertThat(preview.tables()).hasSize(1);
      assertThat(preview.problems())
          .extracting(Finding::toString)
          .containsExactly(
              "raw/a/: files lie beside the folder a/t/, which is a table of its own; move them"
                  + " into a folder",
              "raw/top.csv: it lies at the top of the zone; a table is a folder, so move it into"
                  + " one");
    }
  }

  @Nested
  class Changes {

    @Test
    void aFileThatChangesAfterThePreviewIsAConflict() {
      put("a/t/x.csv", "id\n1\n");
      CrawlPreview preview = crawl();
      put("a/t/x.csv", "id\n2\n");
      assertThatThrownBy(() -> catalog.apply(preview))
          .isInstanceOf(ConflictException.class)
          .hasMessage(
              "Cannot apply the crawl to object raw/a/t/x.csv: it was changed since the preview;"
                  + " preview again");
      assertThat(catalog.list()).isEmpty();
    }

    @Test
    void aFileThatIsGoneAfterThePreviewIsAConflict() {
      put("a/t/x.csv", "id\n1\n");
      put("b/t/x.csv", "id\n1\n");
      CrawlPreview preview = crawl();
      lake.store(Zone.RAW).delete("b/t/x.csv");
      assertThatThrownBy(() -> catalog.apply(preview))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("object raw/b/t/x.csv: it was removed since the preview");
      assertThat(catalog.list()).isEmpty();
    }

    @Test
    void aFileWrittenAnewReplacesWhatItWas() {
      put("a/t/x.csv", "id\n1\n");
      put("a/t/y.csv", "id\n1\n");
      catalog.apply(crawl());
      put("a/t/x.csv", "id\n2\n3\n");
      catalog.apply(crawl());
      assertThat(files("a.t")).isEqualTo(2);
      assertThat(Publishing.of(lake).snapshot(dataset("a.t")).totals().rows()).isEqualTo(3);
    }

    @Test
    void onlyWhoMayReadAndWriteTheZoneApplies() {
      put("a/t/x.csv", "id\n1\n");
      Principal reader = Principal.role("reader");
      Security.of(lake).grant(Grant.read().on(Zone.RAW).to(reader));
      Catalog seen = Catalog.of(lake.as(reader));
      CrawlPreview preview = seen.preview(Crawler.of(Zone.RAW, "a"));
      assertThat(preview.tables()).hasSize(1);
      assertThatThrownBy(() -> seen.apply(preview)).isInstanceOf(AccessDeniedException.class);
      assertThat(catalog.list()).isEmpty();

      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(reader));
      seen.apply(preview);
      assertThat(seen.list()).hasSize(1);
      assertThat(seen.apply(seen.preview(Crawler.of(Zone.RAW, "a"))).tables().get(0).publication())
          .isEmpty();
    }

    @Test
    void twoPreviewsOfTheSameFilesDoNotAddThemTwice() {
      put("a/t/x.csv", "id\n1\n");
      CrawlPreview first = crawl();
      put("a/t/y.csv", "id\n1\n");
      CrawlPreview second = crawl();
      catalog.apply(first);
      catalog.apply(second);
      assertThat(files("a.t")).isEqualTo(2);
    }

    @Test
    void aDefinitionThatChangesAfterThePreviewIsAConflict() {
      put("a/t/x.csv", "id\n1\n");
      CrawlPreview preview = crawl();
      catalog.register(Dataset.named("a.t").in(Zone.RAW).column("id", STRING).build());
      assertThatThrownBy(() -> catalog.apply(preview))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("its definition has changed since the preview");
    }

    @Test
    void filesThatALoadLandedGetOnlyTheirColumns() throws IOException {
      Dataset landed = Dataset.named("a.landed").in(Zone.RAW).describedAs("as it came").build();
      catalog.register(landed);
      land(landed, "first", "{\"id\":1}\n{\"id\":2}\n");
      Draft open = Publishing.of(lake).begin(landed, Write.append(), LoadId.of("open"));
      try (open;
          ObjectUpload upload = open.upload("late.json", Partition.none())) {
        upload.write("broken".getBytes(StandardCharsets.UTF_8));
        upload.complete();

        CrawlPreview preview = crawl();
        assertThat(preview.problems()).isEmpty();
        CrawlReport report = catalog.apply(preview);
        assertThat(report).hasToString("a.landed: definition changed, no files to add");
      }
      assertThat(dataset("a.landed").schema()).hasToString("id int");
      assertThat(dataset("a.landed").format()).isEqualTo(Format.JSON_LINES);
      assertThat(dataset("a.landed").description()).contains("as it came");
      assertThat(versions("a.landed")).isEqualTo(1);
    }

    private void land(Dataset dataset, String load, String text) throws IOException {
      try (Draft draft = Publishing.of(lake).begin(dataset, Write.append(), LoadId.of(load))) {
        try (ObjectUpload upload = draft.upload("some.json", Partition.none())) {
          upload.write(text.getBytes(StandardCharsets.UTF_8));
          draft.include(upload.complete(), Partition.none(), OptionalLong.empty());
        }
        Publication published = Publishing.of(lake).publish(draft);
        assertThat(published.files()).hasSize(1);
      }
    }

    @Test
    void registeredColumnsStayAndAreWidened() {
      put("a/t/x.csv", "id,code,note\n1,2,x\n");
      catalog.apply(crawl());
      catalog.register(
          dataset("a.t")
              .withSchema(
                  io.lakesdk.schema.Schema.of(
                      dataset("a.t").schema().column("id").describedAs("the number"),
                      dataset("a.t").schema().column("code"),
                      dataset("a.t").schema().column("note"))));
      put("a/t/y.csv", "id,code,note\n9999999999,007,x\n");
      CrawledTable table = crawl().table("a.t");
      assertThat(table.standing()).isEqualTo(Standing.CHANGED);
      catalog.apply(crawl());
      assertThat(dataset("a.t").schema()).hasToString("id bigint, code string, note string");
      assertThat(dataset("a.t").schema().column("id").description()).isEqualTo("the number");
      assertThat(table.evidence("code").reason())
          .isEqualTo(
              "was int, and now found string, since digits with a leading zero, which a"
                  + " number would lose, in 1 of 2 values, first at y.csv line 2");
    }
  }

  @Nested
  class OddFiles {

    private CrawledTable only(String text) {
      put("a/t/x.csv", text);
      CrawlPreview preview = crawl();
      assertThat(preview.problems()).isEmpty();
      return preview.table("a.t");
    }

    @Test
    void anEmptyFileIsLeftOut() {
      put("a/t/x.csv", "id\n1\n");
      put("a/t/y.csv", "");
      CrawlPreview preview = crawl();
      assertThat(preview.findings()).hasToString("[raw/a/t/y.csv: left out, since it is empty]");
      catalog.apply(preview);
      assertThat(files("a.t")).isEqualTo(1);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
      assertThat(only("\uFEFFid,name\n1,a\n").dataset().schema())
          .hasToString("id int, name string");
    }

    @Test
    void aHeaderAloneIsColumnsOfStrings() {
      CrawledTable table = only("id,name\n");
      assertThat(table.dataset().schema()).hasToString("id string, name string");
      assertThat(table.rows()).isZero();
      assertThat(table.evidence("id").reason())
          .isEqualTo("no value in any row, so nothing narrower can be told");
    }

    @Test
    void twoThousandColumns() {
      StringBuilder header = new StringBuilder("c0");
      StringBuilder row = new StringBuilder("0");
      for (int i = 1; i < 2000; i++) {
        header.append(",c").append(i);
        row.append(',').append(i);
      }
      CrawledTable table = only(header + "\n" + row + "\n");
      assertThat(table.dataset().schema().columns()).hasSize(2000);
      assertThat(crawl().toString()).contains("and 1,950 more columns");
      catalog.apply(crawl());
      assertThat(dataset("a.t").schema().columns()).hasSize(2000);
    }

    @Test
    void reservedWordsAndUnicodeAreNames() {
      assertThat(only("select,stra\u00dfe,\u6ce8 \u6587\n1,2,3\n").dataset().schema().names())
          .containsExactly("select", "stra\u00dfe", "\u6ce8 \u6587");
    }

    @Test
    void withoutAHeaderColumnsAreNumbered() {
      CrawledTable table = only("1;2,5;a\n2;3,5;b\n");
      assertThat(table.dataset().format()).isEqualTo(Format.csv().delimitedBy(';').withoutHeader());
      assertThat(table.dataset().schema()).hasToString("col0 int, col1 string, col2 string");
    }

    @Test
    void oneValueWidensAndTheEvidenceSaysWhere() {
      CrawledTable table =
          only(
              """
              mixed,large,day,huge,many,flag,none
              1,1,2001-02-28,12345678901234567890,1,true,
              x,9999999999,2001-02-30,1,1.5,FALSE,
              """);
      assertThat(table.dataset().schema())
          .hasToString(
              "mixed string, large bigint, day string, huge decimal(38,0), many double,"
                  + " flag boolean, none string");
      assertThat(table.evidence("day").reason())
          .isEqualTo("dates that do not exist in 1 of 2 values, first at x.csv line 3");
      assertThat(table.evidence("mixed").reason())
          .isEqualTo("texts in 1 of 2 values, first at x.csv line 3");
      assertThat(table.toString()).doesNotContain("9999999999", "2001-02-30");
    }

    @Test
    void nestedJsonIsStructsAndArrays() {
      put(
          "a/t/x.json",
          """
          {"id":1,"at":{"city":"x","since":"2001-01-31"},"tags":["a"]}
          {"id":null,"at":{"zip":"00501"},"tags":[],"mix":{}}
          {"id":2,"mix":[1]}
          """);
      CrawledTable table = crawl().table("a.t");
      assertThat(table.dataset().schema())
          .hasToString(
              "id int, at struct<city:string,since:date,zip:string>, tags array<string>,"
                  + " mix string");
      assertThat(table.evidence("id").nulls()).isEqualTo(1);
      assertThat(table.evidence("mix").reason())
          .isEqualTo(
              "values are not all of one sort: 1 are objects (the first at x.json line 2), 1 are"
                  + " arrays (the first at x.json line 3), as text they fit together");
    }

    @Test
    void onlyTheBeginningOfLargeFilesIsRead() {
      StringBuilder text = new StringBuilder("id\n");
      for (int i = 0; i < 100_000; i++) {
        text.append("1\n");
      }
      put("a/t/x.csv", text + "broken\n");
      CrawledTable table = catalog.preview(Crawler.of(Zone.RAW, "").sampling(1000)).table("a.t");
      assertThat(table.dataset().schema().column("id").type()).isEqualTo(INT);
      assertThat(table.isSampled()).isTrue();
      assertThat(crawl().table("a.t").dataset().schema()).hasToString("id string");
    }

    @Test
    void theDatabaseCanBeTold() {
      put("drop/some-files/x.csv", "id\n1\n");
      CrawlPreview preview = catalog.preview(Crawler.of(Zone.RAW, "drop").intoDatabase("sales"));
      assertThat(preview.datasets().get(0).id()).hasToString("sales.some_files");
      assertThat(preview.datasets().get(0).location()).isEqualTo("drop/some-files/");
    }
  }
}
