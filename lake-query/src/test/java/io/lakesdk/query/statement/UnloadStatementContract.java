package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.testing.Outage;
import io.lakesdk.testing.Outage.LastAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** UNLOAD. */
abstract class UnloadStatementContract extends InformationSchemaContract {

  private static final Principal CLERK = Principal.role("unload-clerk");

  private String to(String folder) {
    return "TO '" + location(Zone.RAW, folder) + "' ";
  }

  private List<String> files(String folder) {
    return objects(Zone.RAW, folder);
  }

  private String text(String key) throws IOException {
    try (var content = lake.store(Zone.RAW).get(key, ReadOptions.current());
        InputStream plain = key.endsWith(".gz") ? new GZIPInputStream(content) : content) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Nested
  class Unloading {

    @Test
    void writesRowsAsFilesOfAFolder() throws IOException {
      try (Rows rows =
          QueryEngine.of(lake)
              .run(
                  Query.sql(
                          "UNLOAD (SELECT id, country FROM orders WHERE id > 1 ORDER BY id) "
                              + to("out/json/")
                              + "WITH (format = 'JSON')")
                      .in("sales"))) {
        assertThat(rows.asLists()).isEmpty();
        assertThat(rows.columns()).extracting(Rows.ResultColumn::name).containsExactly("rows");
        assertThat(rows.written()).hasValue(2);
      }
      assertThat(files("out/"))
          .hasSize(1)
          .allMatch(key -> key.matches("out/json/[^/]+\\.jsonl\\.gz"));
      assertThat(text(files("out/").get(0)))
          .isEqualTo("{\"id\":2,\"country\":\"de\"}\n{\"id\":3,\"country\":\"fr\"}\n");
      assertThat(Catalog.of(lake).list()).hasSize(1);
      assertThat(lake.store(Zone.RAW).head(files("out/").get(0), ReadOptions.current()).metadata())
          .isEmpty();
    }

    @Test
    void writesTextWithADelimiter() throws IOException {
      run("UNLOAD (SELECT 1 AS a, 'x' AS b) " + to("t1") + "WITH (format = 'textfile')");
      assertThat(text(files("t1/").get(0))).isEqualTo("1\u0001x\n");
      run(
          "UNLOAD (SELECT 1 AS a, 'x' AS b) "
              + to("t2/")
              + "WITH (format = 'TEXTFILE', field_delimiter = ',', compression = 'none')");
      assertThat(files("t2/").get(0)).endsWith(".txt");
      assertThat(text(files("t2/").get(0))).isEqualTo("1,x\n");
    }

    @Test
    void writesParquetThatACrawlKnows() {
      run(
          "unload (SELECT id, amount, country FROM orders) "
              + to("p/")
              + "WITH (format='PARQUET', compression='SNAPPY', partitioned_by=ARRAY['country'])");
      assertThat(files("p/"))
          .hasSize(2)
          .anyMatch(key -> key.startsWith("p/country=de/"))
          .anyMatch(key -> key.startsWith("p/country=fr/"))
          .allMatch(key -> key.endsWith(".parquet"));

      Catalog catalog = Catalog.of(lake);
      catalog.apply(catalog.preview(Crawler.of(Zone.RAW, "p/")));
      String table =
          catalog.list().stream()
              .map(dataset -> dataset.id().toString())
              .filter(id -> !id.equals("sales.orders"))
              .findFirst()
              .orElseThrow();
      assertThat(run("SELECT id FROM " + table + " WHERE country = 'de' ORDER BY 1"))
          .containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void takesParametersAndCanBePrepared() {
      run(
          lake,
          Query.sql(
                  "UNLOAD (SELECT id FROM orders WHERE id < :x) "
                      + to("a/")
                      + "WITH (format='JSON')")
              .in("sales")
              .bind("x", 3));
      run(
          "PREPARE u FROM UNLOAD (SELECT ? AS a, id FROM orders WHERE id = ?) "
              + to("b/")
              + "WITH (format='JSON')");
      run("EXECUTE u USING 'x', 2");
      assertThat(files("a/")).hasSize(1);
      assertThat(files("b/")).hasSize(1);
      run("CREATE VIEW v AS SELECT id FROM orders");
      run(
          "UNLOAD (WITH w AS (SELECT ')' AS p, id FROM v) SELECT * FROM w) "
              + to("c/")
              + "WITH (format='JSON')");
      assertThat(files("c/")).hasSize(1);
    }

    @Test
    void wantsAnEmptyFolderUnlessItWritesPartitions() {
      lake.store(Zone.RAW).put("full/x", new byte[1], PutOptions.defaults());
      String sql = "UNLOAD (SELECT id, country FROM orders) " + to("full/") + "WITH (format='JSON'";
      assertThat(failure(sql + ")", AlreadyExistsException.class))
          .contains("full/: there are objects in the folder, which must be empty");
      assertThat(files("full/")).containsExactly("full/x");

      run(sql + ", partitioned_by = ARRAY['country'])");
      run(sql + ", partitioned_by = ARRAY['country'])");
      assertThat(files("full/")).hasSize(5);
      run("UNLOAD (SELECT 1 AS x WHERE false) " + to("none/") + "WITH (format='JSON')");
      assertThat(files("none/")).isEmpty();
    }

    @Test
    void goesToNoFolderOfADataset() {
      for (String folder : List.of("sales/orders/", "sales/", "sales/orders/country=de/")) {
        String sql =
            "UNLOAD (SELECT 1 AS x, 2 AS y) TO '"
                + location(Zone.CURATED, folder)
                + "' WITH (format='JSON', partitioned_by=ARRAY['y'])";
        assertThat(failure(sql, InvalidDefinitionException.class))
            .contains("the folder overlaps with the location of a dataset");
      }
      assertThat(objects(Zone.CURATED, "sales/")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' | WITH (format = ...) is expected
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (compression = 'gzip') | the property format of UNLOAD is required
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'ORC', compression = 'GZIP') | the property compression of UNLOAD is
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'AVRO', compression = 'GZIP') | the property compression of UNLOAD is
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'CSV') | 'PARQUET', 'ORC', 'AVRO', 'TEXTFILE' or 'JSON'
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'JSON', compression = 'ZLIB') | the property compression of UNLOAD is
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'PARQUET', compression = 'LZ4') | the property compression of UNLOAD is
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'PARQUET', field_delimiter = ',') | field_delimiter of UNLOAD is one character
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'TEXTFILE', field_delimiter = ',,') | field_delimiter of UNLOAD is one character
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'JSON', compression_level = '4') | compression_level of UNLOAD is not supported
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'JSON', Format = 'JSON') | a property that was not given before
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = JSON) | a text in single quotes is expected
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'JSON', partitioned_by = 'x') | ARRAY['name', ...] is expected
            UNLOAD (SELECT 1 AS x, 2 AS y) TO 's3://raw/x/' WITH (format = 'JSON', partitioned_by = ARRAY['x']) | Partition keys must be the last columns
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'JSON', partitioned_by = ARRAY['x']) | only partition columns
            UNLOAD (SELECT 1 AS x) TO 's3://raw/x/' WITH (format = 'JSON') more | the end of UNLOAD is expected
            UNLOAD (SELECT 1 AS x TO 's3://raw/x/' WITH (format = 'JSON') | ')' is expected
            UNLOAD SELECT 1 AS x TO 's3://raw/x/' WITH (format = 'JSON') | '(' is expected
            UNLOAD (SELECT 1 AS x) TO raw WITH (format = 'JSON') | a text in single quotes is expected
            UNLOAD (SELECT 1 AS x) TO '/etc/' WITH (format = 'JSON') | a folder of one of the lake's zones
            UNLOAD (SELECT 1 AS x) TO 's3://raw/../x/' WITH (format = 'JSON') | a folder of one of the lake's zones
            UNLOAD (SELECT 1 AS x) TO 's3://raw/' WITH (format = 'JSON') | a folder of one of the lake's zones
            UNLOAD (SELECT 1) TO 's3://raw/x/' WITH (format = 'JSON') | Column name not specified at position 1
            UNLOAD (SELECT NULL AS x) TO 's3://raw/x/' WITH (format = 'JSON') | column x is unknown
            UNLOAD (DROP TABLE orders) TO 's3://raw/x/' WITH (format = 'JSON') | it is no query
            UNLOAD (SELECT y FROM orders) TO 's3://raw/x/' WITH (format = 'JSON') | line 1:16: Column 'y' cannot be resolved
            """)
    void refusesWhatIsWrong(String sql, String message) {
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(message);
      assertThat(files("x/")).isEmpty();
    }

    @Test
    void aQueryThatFailsLeavesNothing() {
      failure(
          "UNLOAD (SELECT 1 / (id - 3) AS x, country FROM orders) "
              + to("bad/")
              + "WITH (format='JSON', partitioned_by=ARRAY['country'])",
          LakeException.class);
      assertThat(
              failure(
                  "UNLOAD (SELECT n AS x, n AS y FROM UNNEST(sequence(1, 101)) AS t(n)) "
                      + to("bad/")
                      + "WITH (format='PARQUET', partitioned_by=ARRAY['y'])",
                  InvalidDefinitionException.class))
          .contains("101 partitions");
      assertThat(files("bad/")).isEmpty();
    }

    @Test
    void needsWriteOnTheZoneAndSeesWhatThePrincipalMaySee() throws IOException {
      Security.of(lake).grant(Grant.select("id").on("sales.orders").where("id > 2").to(CLERK));
      Lake clerk = lake.as(CLERK);
      String sql = "UNLOAD (SELECT * FROM orders) " + to("c/") + "WITH (format='JSON')";
      assertThat(failure(clerk, sql, AccessDeniedException.class)).contains("raw");

      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(CLERK));
      failure(clerk, sql.replace("*", "amount"), AccessDeniedException.class);
      assertThat(files("c/")).isEmpty();
      run(clerk, sql);
      assertThat(text(files("c/").get(0))).isEqualTo("{\"id\":3}\n");
    }

    @Test
    void ofSeveralThatUnloadToOneFolderOneSucceeds() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        Callable<Boolean> unload =
            () -> {
              try {
                run("UNLOAD (SELECT 1 AS x) " + to("race/") + "WITH (format='JSON')");
                return true;
              } catch (AlreadyExistsException e) {
                return false;
              }
            };
        List<Boolean> done = new ArrayList<>();
        for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(4, unload))) {
          done.add(one.get());
        }
        assertThat(done).containsOnlyOnce(true);
        assertThat(files("race/")).hasSize(1);
      } finally {
        threads.shutdownNow();
      }
    }

    @ParameterizedTest
    @EnumSource
    void atAnyCallNothingOrAllIsLeft(LastAnswer answer) {
      Outage outage = new Outage();
      reopen(with -> with.faults(outage.faults()));
      boolean failed = true;
      for (int call = 0; failed; call++) {
        String folder = "f" + call + "/";
        outage.after(call, answer);
        try {
          run(
              "UNLOAD (SELECT id, country FROM orders) "
                  + to(folder)
                  + "WITH (format='PARQUET', partitioned_by=ARRAY['country'])");
          failed = false;
        } catch (UnavailableException | OutcomeUnknownException expected) {
          failed = true;
        } finally {
          outage.mend();
        }
        int left = files(folder).size();
        assertThat(left).as("after call %s", call).isIn(0, 2);
        if (!failed) {
          assertThat(left).isEqualTo(2);
        }
      }
    }
  }
}
