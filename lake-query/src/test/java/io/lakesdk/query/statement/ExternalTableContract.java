package io.lakesdk.query.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.publish.Publishing;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CREATE EXTERNAL TABLE. */
abstract class ExternalTableContract extends PrepareStatementContract {

  private static final Principal LOADER = Principal.role("loader");

  /** What somebody else puts into the zone of data as it came. */
  final void put(String key, String text) {
    lake.store(Zone.RAW).put(key, text.getBytes(UTF_8), PutOptions.defaults());
  }

  final Dataset table(String name) {
    return Catalog.of(lake).dataset(DatasetId.parse(name));
  }

  /** How statements name a folder of the zone of data as it came. */
  final String raw(String folder) {
    return "'" + location(Zone.RAW, folder) + "'";
  }

  @Nested
  class CreateExternalTable {

    /** As users of Athena write it. */
    @Test
    void makesAFolderATable() {
      put("logs/2024/a.csv", "any\nlines\n1,start,19723\n2,\"a, \\\"b\",19724\n");
      put("logs/b.csv", "any\nlines\n3,stop,\n");
      put("logs/_SUCCESS", "not data");
      put("logs/.hidden/c.csv", "any\nlines\n9,no,\n");
      put("logs/empty.csv", "");
      put("logsother/d.csv", "8,no,\n");

      run(
          """
          CREATE EXTERNAL TABLE IF NOT EXISTS web.logs (
            `id` bigint COMMENT 'as the server''s',
            message string, -- what happened
            day date COMMENT "UTC"
          )
          COMMENT 'what servers say'
          ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
          WITH SERDEPROPERTIES ("separatorChar" = ",", "quoteChar" = "\\"", "escapeChar" = "\\\\")
          STORED AS TEXTFILE
          LOCATION %s
          TBLPROPERTIES ('has_encrypted_data'='false', 'skip.header.line.count'='2', 'use.null.for.invalid.data'='true');
          """
              .formatted(raw("logs/")));

      assertThat(run("SELECT * FROM web.logs ORDER BY id"))
          .containsExactly(
              List.of(1L, "start", LocalDate.of(2024, 1, 1)),
              List.of(2L, "a, \"b", LocalDate.of(2024, 1, 2)),
              Arrays.asList(3L, "stop", null));
      Dataset logs = table("web.logs");
      assertThat(logs.description()).contains("what servers say");
      assertThat(logs.schema().column("id").description()).isEqualTo("as the server's");
      assertThat(logs.zone()).isEqualTo(Zone.RAW);
      assertThat(Publishing.of(lake).history(logs)).hasSize(1);
    }

    @Test
    void takesTheFormatsThatTheLakeReads() {
      put("hive/a", "1\u0001x\u00012.50\n");
      put("tab/a", "1\tx\t2.50\n");
      put("head/a", "id|name|price\n1|x|2.50\n");
      put("quoted/a", "\"1\",\"x\",\"2.50\"\n");
      put("escaped/a", "1,x,2.50\n2,a\\,b,n/a\n");
      put("log/a", "1 x 2.50\n");
      put("ion/a", "{id: 1, name: x, cost: [2.50]}\n");
      put("trail/a", "{\"Records\": [{\"ID\": 1, \"name\": \"x\", \"price\": 2.50}]}");
      put("openx/a", "{\"ID\": 1, \"my:name\": \"x\", \"price\": 2.50}\n");
      put("json/a", "{\"id\": 1, \"name\": \"x\", \"price\": 2.50}\n");
      String columns = " (id int, name string, price decimal(5,2)) ";

      external("hive", columns, "");
      external(
          "tab",
          columns,
          "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LINES TERMINATED BY '\\n'");
      external(
          "head",
          columns,
          "ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' STORED AS INPUTFORMAT"
              + " 'org.apache.hadoop.mapred.TextInputFormat' OUTPUTFORMAT"
              + " 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'",
          "'skip.header.line.count'='1', 'classification'='csv'");
      external(
          "openx",
          columns,
          "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES"
              + " ('dots.in.keys'='TRUE', 'case.insensitive'='true', 'mapping.name'='my:name')");
      external(
          "ion",
          columns,
          "ROW FORMAT SERDE 'com.amazon.ionhiveserde.IonHiveSerDe' WITH SERDEPROPERTIES"
              + " ('ion.encoding'='TEXT', 'ion.price.path_extractor'='(cost 0)',"
              + " 'ion.fail_on_overflow'='true') STORED AS ION");
      String trail =
          " STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat' OUTPUTFORMAT"
              + " 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'";
      external(
          "trail",
          columns,
          "ROW FORMAT SERDE 'com.amazon.emr.hive.serde.CloudTrailSerde'" + trail,
          "'classification'='cloudtrail'");
      comesBack("trail");
      external("json", columns, "STORED AS JSONFILE");
      external("quoted", columns, "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'");
      external(
          "log",
          columns,
          "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES"
              + " ('input.regex'='(\\S+) (\\S+) (\\S+)')");
      external(
          "escaped",
          columns,
          "ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\\\' NULL DEFINED AS 'n/a'");

      for (String name :
          List.of("hive", "tab", "head", "openx", "ion", "trail", "json", "quoted", "log")) {
        assertThat(run("SELECT id, name, price FROM " + name))
            .as(name)
            .containsExactly(List.of(1, "x", new BigDecimal("2.50")));
      }
      assertThat(table("sales.tab").format())
          .isEqualTo(Format.DELIMITED.delimitedBy('\t').compressedWith(Format.Compression.GZIP));
      assertThat(run("SELECT name, price FROM escaped WHERE id = 2"))
          .containsExactly(Arrays.asList("a,b", null));
    }

    @Test
    void readsParquetOfAnotherTable() {
      run(
          "CREATE TABLE source WITH (external_location = "
              + raw("parquet/")
              + ") AS SELECT 7 AS x");
      byte[] file = content("parquet/");
      lake.store(Zone.RAW).put("copy/a.parquet", file, PutOptions.defaults());

      external("copied", "(x int)", "STORED AS PARQUET", "'parquet.compression'='SNAPPY'", "copy/");

      assertThat(run("SELECT x FROM copied")).containsExactly(List.of(7));
      assertThat(table("sales.copied").format())
          .isEqualTo(Format.parquet(Format.Compression.SNAPPY));
      run("INSERT INTO copied VALUES (8)");
      assertThat(run("SELECT sum(x) FROM copied")).containsExactly(List.of(15L));
    }

    private byte[] content(String folder) {
      String key = objects(Zone.RAW, folder).get(0);
      try (InputStream in = lake.store(Zone.RAW).get(key, ReadOptions.current())) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void takesNestedTypes() {
      put("nested/a", "{\"s\": {\"a b\": 1, \"tags\": [\"x\"]}, \"m\": {\"k\": 2}}\n");
      external(
          "nested",
          "(s struct<`a b`:int, tags:array<string>>, m map<string,bigint>)",
          "STORED AS JSONFILE");

      assertThat(table("sales.nested").schema().column("s").type())
          .isEqualTo(DataType.parse("struct<`a b`:int,tags:array<string>>"));
      assertThat(run("SELECT s.tags[1], m['k'] FROM nested")).containsExactly(List.of("x", 2L));
    }

    @Test
    void leavesPartitionsToTheStatementsThatAddThem() {
      put("days/day=2024-01-01/a", "{\"x\": 1}\n");
      run(
          "CREATE EXTERNAL TABLE days (x int) PARTITIONED BY (day date COMMENT 'UTC') STORED AS"
              + " JSONFILE LOCATION "
              + raw("days"));

      assertThat(run("SELECT * FROM days")).isEmpty();
      assertThat(run("SHOW PARTITIONS days")).isEmpty();
      assertThat(table("sales.days").partitions().get(0).description()).isEqualTo("UTC");
      run("INSERT INTO days VALUES (2, DATE '2024-01-02')");
      assertThat(run("SELECT x FROM days")).containsExactly(List.of(2));
    }

    @Test
    void takesWhatShowCreateTablePrints() {
      put("again/a", "{\"id\": 1}\n");
      external("again", "(id int COMMENT 'it''s')", "STORED AS JSONFILE");
      comesBack("again");
      put("text/a", "id\n1\n");
      String csv = "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'";
      external("text", "(id int)", csv, "'skip.header.line.count'='3'");
      comesBack("text");
      external("plain", "(id int)", csv + " WITH SERDEPROPERTIES ('escapeChar'='\uE000')");
      assertThat(table("sales.plain").format())
          .isEqualTo(Format.csv().withoutHeader().compressedWith(Format.Compression.GZIP));
      comesBack("plain");
      String regex = "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'";
      regex += " WITH SERDEPROPERTIES ('input.regex'='(.*)')";
      external("log", "(id int)", regex, "'skip.header.line.count'='1'", "shown/log/");
      comesBack("log");
    }

    private void comesBack(String name) {
      String shown =
          run("SHOW CREATE TABLE " + name).stream()
              .map(row -> row.get(0).toString())
              .collect(Collectors.joining("\n"));
      Dataset before = table("sales." + name);
      run("DROP TABLE " + name);

      run(shown);

      assertThat(table("sales." + name)).isEqualTo(before);
    }

    @Test
    void leavesAKnownTableAlone() {
      external("once", "(x int)", "STORED AS JSONFILE");
      assertThat(
              failure(
                  "CREATE EXTERNAL TABLE once (y int) STORED AS JSONFILE LOCATION " + raw("o/"),
                  AlreadyExistsException.class))
          .contains("sales.once");
      run(
          "CREATE EXTERNAL TABLE IF NOT EXISTS once (y int) STORED AS JSONFILE LOCATION "
              + raw("o/"));
      assertThat(table("sales.once").schema().names()).containsExactly("x");
    }

    @Test
    void refusesAFolderOfAnotherTable() {
      external("outer", "(x int)", "STORED AS JSONFILE", "'EXTERNAL'='TRUE'", "shared/");
      assertThat(
              failure(
                  "CREATE EXTERNAL TABLE inside (x int) STORED AS JSONFILE LOCATION "
                      + raw("shared/in/"),
                  InvalidDefinitionException.class))
          .contains("overlap");
      assertThat(isTable("inside")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            (x int) STORED AS RCFILE | STORED AS RCFILE is not supported
            (x int) STORED AS XML | Athena reads no XML, and the embedded engine likewise; make Parquet or JSON Lines of it
            (x int) ROW FORMAT SERDE 'com.ibm.spss.hive.serde2.xml.XmlSerDe' | Athena reads no XML
            (x int) STORED AS INPUTFORMAT 'com.ibm.spss.hive.serde2.xml.XmlInputFormat' OUTPUTFORMAT 'x.Y' | Athena reads no XML
            (x int) ROW FORMAT SERDE 'com.amazon.emr.hive.serde.CloudTrailSerde' | goes with STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
            (x int) ROW FORMAT SERDE 'com.example.My' | the SerDe com.example.My is not supported
            (x int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('other.x'='y') | not supported in SERDEPROPERTIES: 'other.x'
            (x int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('case.insensitive'='false') | 'case.insensitive' in SERDEPROPERTIES is not true
            (x int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' STORED AS PARQUET | does not read files that are PARQUET
            (x int) ROW FORMAT DELIMITED FIELDS TERMINATED BY ';;' | 'field.delim' in SERDEPROPERTIES is not one character
            (x int) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY ',' | delimiters and the escape must differ
            (x int) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' | 'input.regex' in SERDEPROPERTIES is not a regular expression
            (x int) STORED AS INPUTFORMAT 'x.Y' OUTPUTFORMAT 'x.Z' | the file format x.Y is not supported
            (x int) ROW FORMAT SERDE 'com.amazon.ionhiveserde.IonHiveSerDe' WITH SERDEPROPERTIES ('ion.catalog.url'='y') STORED AS ION | not supported in SERDEPROPERTIES: 'ion.catalog.url'
            (x int) ROW FORMAT SERDE 'com.amazon.ionhiveserde.IonHiveSerDe' WITH SERDEPROPERTIES ('ion.x.path_extractor'='(y') STORED AS ION | 'ion.x.path_extractor' in SERDEPROPERTIES is not a search path such as (address street)
            (x array<int>) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' | which delimited files cannot hold
            (x uuid) | uuid
            (x int, X string) | two columns of that name
            (x int) PARTITIONED BY (x int) | declare it once
            (`a,b` int) | comma
            (x int) CLUSTERED BY (y) INTO 3 BUCKETS | there is no column y
            (x int) STORED BY 'iceberg' | STORED BY is not supported
            (x int COMMENT 'secret | where ) is expected
            () | where a name is expected
            (x int | where ) is expected
            (x struct<a:int) | '>' is expected after the field type
            """)
    void refusesWhatIsWrong(String text, String message) {
      String sql = "CREATE EXTERNAL TABLE bad " + text + " LOCATION " + raw("bad/");
      assertThat(failure(sql, LakeException.class)).contains(message).doesNotContain("secret");
      assertThat(isTable("bad")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            LOCATION 's3://elsewhere.of.others/x/' | not a folder of one of the lake's zones
            LOCATION 's3://raw/' | not a folder of one of the lake's zones
            LOCATION 's3://raw/../x/' | not a folder of one of the lake's zones
            LOCATION 'file:///etc/' | not a folder of one of the lake's zones
            TBLPROPERTIES ('EXTERNAL'='TRUE') | where LOCATION 's3://bucket/folder/' is expected
            LOCATION 's3://raw/bad/' TBLPROPERTIES ('my.own'='1') | not supported in TBLPROPERTIES: 'my.own'
            LOCATION 's3://raw/bad/' TBLPROPERTIES ('EXTERNAL'='FALSE') | 'EXTERNAL' in TBLPROPERTIES is not true
            LOCATION 's3://raw/bad/' TBLPROPERTIES ('classification'='parquet') | 'classification' in TBLPROPERTIES is not json
            LOCATION 's3://raw/bad/' TBLPROPERTIES ('comment'='a', 'comment'='b') | is given twice
            LOCATION 's3://raw/bad/' ; DROP TABLE orders | there is 'DROP' where the end of CREATE EXTERNAL TABLE is expected
            LOCATION ? | there is a parameter
            """)
    void refusesPlacesAndPropertiesThatItDoesNotKnow(String rest, String message) {
      String sql = "CREATE EXTERNAL TABLE bad (x int) STORED AS JSONFILE " + rest;
      assertThat(failure(sql, LakeException.class)).contains(message);
      assertThat(isTable("bad")).isFalse();
      assertThat(isTable("orders")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "CREATE DATABASE x",
          "CREATE SCHEMA IF NOT EXISTS x",
          "DROP DATABASE x CASCADE",
          "DROP SCHEMA sales"
        })
    void databasesComeAndGoWithTheirTables(String sql) {
      assertThat(failure(sql, InvalidDefinitionException.class))
          .contains("a database is there as long as it has a table");
      assertThat(isTable("orders")).isTrue();
    }

    @Test
    void needsWriteOnTheZoneAndReadOfWhatIsInIt() {
      put("granted/a", "{\"x\": 1}\n");
      String sql =
          "CREATE EXTERNAL TABLE granted (x int) STORED AS JSONFILE LOCATION " + raw("granted/");
      Lake loader = loader();
      assertThat(failure(loader, sql, AccessDeniedException.class)).contains("write");
      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(LOADER));
      assertThat(failure(loader, sql, AccessDeniedException.class)).contains("read");
      assertThat(isTable("granted")).isFalse();
      Security.of(lake).grant(Grant.read().on(Zone.RAW).to(LOADER));

      run(loader, sql);
      assertThat(run(loader, "SELECT x FROM granted")).containsExactly(List.of(1));
    }
  }

  @Nested
  class DropExternalTable {

    /** As users of Athena do it: the definition goes and the files stay. */
    @Test
    void keepsTheFilesOfOthers() {
      put("kept/a", "{\"x\": 1}\n");
      put("kept/deeper/b", "{\"x\": 2}\n");
      external("kept", "(x int)", "STORED AS JSONFILE");

      run("DROP TABLE kept");

      assertThat(isTable("kept")).isFalse();
      assertThat(objects(Zone.RAW, "kept/")).containsExactly("kept/a", "kept/deeper/b");
      external("kept", "(x bigint)", "STORED AS JSONFILE");
      assertThat(run("SELECT x FROM kept ORDER BY x")).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void removesWhatStatementsInserted() {
      put("mixed/a", "{\"x\": 1}\n");
      external("mixed", "(x int)", "STORED AS JSONFILE");
      run("INSERT INTO mixed VALUES (2)");
      assertThat(objects(Zone.RAW, "mixed/")).hasSize(2);

      run("DROP TABLE mixed");

      assertThat(objects(Zone.RAW, "mixed/")).containsExactly("mixed/a");
    }

    @Test
    void keepsTheFilesOfPartitions() {
      put("parts/day=1/a", "{\"x\": 1}\n");
      put("parts/elsewhere/b", "{\"x\": 2}\n");
      String create =
          "CREATE EXTERNAL TABLE parts (x int) PARTITIONED BY (day string) STORED AS JSONFILE"
              + " LOCATION "
              + raw("parts/");
      String add = "ALTER TABLE parts ADD PARTITION (day='2') LOCATION " + raw("parts/elsewhere/");
      run(create);
      run("MSCK REPAIR TABLE parts");
      run(add);

      run("DROP TABLE parts");

      run(create);
      run("MSCK REPAIR TABLE parts");
      run(add);
      assertThat(run("SELECT x, day FROM parts ORDER BY x"))
          .containsExactly(List.of(1, "1"), List.of(2, "2"));
    }

    @Test
    void keepsWhatATableTookOverThatAQueryMade() {
      run("CREATE TABLE made WITH (format = 'JSON') AS SELECT 1 AS x");
      String folder = table("sales.made").location();
      lake.store(Zone.CURATED)
          .put(folder + "theirs", "{\"x\": 2}\n".getBytes(UTF_8), PutOptions.defaults());
      run("MSCK REPAIR TABLE made");
      assertThat(run("SELECT sum(x) FROM made")).containsExactly(List.of(3L));

      run("DROP TABLE made");

      assertThat(objects(Zone.CURATED, folder)).containsExactly(folder + "theirs");
    }
  }

  /** Who has no grants yet. */
  final Lake loader() {
    Security.of(lake);
    return lake.as(LOADER);
  }

  final void external(String name, String columns, String format) {
    external(name, columns, format, "'EXTERNAL'='TRUE'");
  }

  final void external(String name, String columns, String format, String properties) {
    external(name, columns, format, properties, name + "/");
  }

  final void external(
      String name, String columns, String format, String properties, String folder) {
    run(
        "CREATE EXTERNAL TABLE %s %s %s LOCATION %s TBLPROPERTIES (%s)"
            .formatted(name, columns, format, raw(folder), properties));
  }
}
