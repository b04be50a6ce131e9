package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.DataType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tables whose rows are spread over files by a hash. */
class BucketedTableTest extends StatementFixture {

  private static final String BY_ID = "bucketed_by = ARRAY['id'], bucket_count = 4";

  @Override
  Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }

  private Dataset dataset(String table) {
    return Catalog.of(lake).dataset(DatasetId.parse("sales." + table));
  }

  /** How many rows are in the files of each bucket. */
  private Map<Integer, Long> buckets(String table) {
    Map<Integer, Long> rows = new TreeMap<>();
    Dataset dataset = dataset(table);
    Publishing.of(lake)
        .snapshot(dataset)
        .files(PartitionFilter.any())
        .forEach(
            file -> {
              String name = file.object().key().replaceAll(".*/", "");
              assertThat(name).matches("\\d{6}_0_.*");
              rows.merge(
                  Integer.parseInt(name.substring(0, 6)), file.rows().orElseThrow(), Long::sum);
            });
    return rows;
  }

  /** The numbers are those of Hive's hash, which for letters of ASCII is that of Java's strings. */
  @Test
  void haveTheBucketsOfHive() {
    Map<String, Integer> expected =
        Map.ofEntries(
            Map.entry("5", 1),
            Map.entry("-1", 3),
            Map.entry("BIGINT '-1'", 0),
            Map.entry("BIGINT '4294967298'", 3),
            Map.entry("SMALLINT '-2'", 2),
            Map.entry("TINYINT '6'", 2),
            Map.entry("true", 1),
            Map.entry("DATE '2024-01-01'", 3),
            Map.entry("DATE '1969-12-31'", 3),
            Map.entry("CAST('test' AS varchar)", 2),
            Map.entry("CAST('test' AS varchar(9))", 3),
            Map.entry("CAST('ß' AS varchar)", 0),
            Map.entry("CAST('' AS varchar)", 0),
            Map.entry("CAST('' AS varchar(1))", 1),
            Map.entry("CAST(NULL AS varchar)", 0));
    int number = 0;
    for (Map.Entry<String, Integer> one : expected.entrySet()) {
      String table = "t" + number++;
      run("CREATE TABLE " + table + " WITH (" + BY_ID + ") AS SELECT " + one.getKey() + " AS id");
      assertThat(buckets(table)).as(one.getKey()).containsOnlyKeys(one.getValue());
    }
  }

  @Test
  void hashFloatsByTheirBitsAndColumnsInOrder() {
    run("CREATE TABLE t WITH (bucketed_by = ARRAY['d'], bucket_count = 97) AS SELECT 1.7e0 AS d");
    assertThat(buckets("t")).containsOnlyKeys((Double.hashCode(1.7) & Integer.MAX_VALUE) % 97);
    run(
        "CREATE TABLE u WITH (bucketed_by = ARRAY['r'], bucket_count = 97) AS SELECT REAL '-1.7'"
            + " AS r");
    assertThat(buckets("u"))
        .containsOnlyKeys((Float.floatToIntBits(-1.7f) & Integer.MAX_VALUE) % 97);
    run(
        "CREATE TABLE v WITH (bucketed_by = ARRAY['b', 'a'], bucket_count = 97) AS SELECT"
            + " CAST('tests' AS varchar) AS a, -7 AS b");
    assertThat(buckets("v"))
        .containsOnlyKeys(((-7 * 31 + "tests".hashCode()) & Integer.MAX_VALUE) % 97);
  }

  @Test
  void haveAFileOfEachBucketOfEachPartition() {
    for (String format : List.of("PARQUET", "ORC", "AVRO", "JSON", "TEXTFILE")) {
      run(
          "CREATE TABLE t WITH (format = '"
              + format
              + "', partitioned_by = ARRAY['odd'], bucketed_by = ARRAY['id'], bucket_count = 3) AS"
              + " SELECT x AS id, 'v' AS bucket, x % 2 AS odd FROM UNNEST(sequence(1, 12)) AS s(x)");
      assertThat(buckets("t")).containsExactlyInAnyOrderEntriesOf(Map.of(0, 4L, 1, 4L, 2, 4L));
      assertThat(objects(Zone.CURATED, "sales/t/")).hasSize(6);
      assertThat(run("SELECT odd, count(*), sum(id), min(bucket) FROM t GROUP BY odd ORDER BY odd"))
          .hasToString("[[0, 6, 42, v], [1, 6, 36, v]]");
      run("DROP TABLE t");
    }
  }

  @Test
  void areShownAsHiveShowsThem() {
    run(
        "CREATE TABLE t WITH (bucketed_by = ARRAY['ID', 'name'], bucket_count = 4) AS SELECT 1 AS"
            + " id, 'a' AS name");
    List<List<Object>> shown = run("SHOW CREATE TABLE t");
    assertThat(shown)
        .containsSubsequence(
            List.of("CLUSTERED BY ("),
            List.of("  `id`,"),
            List.of("  `name`)"),
            List.of("INTO 4 BUCKETS"),
            List.of("ROW FORMAT SERDE"));
    StringBuilder again = new StringBuilder();
    shown.forEach(line -> again.append(line.get(0)).append('\n'));
    run("DROP TABLE t");
    run(again.toString());
    assertThat(dataset("t").bucketing()).contains(new Bucketing(List.of("id", "name"), 4));
  }

  @Test
  void areNotInsertedInto() {
    run("CREATE TABLE t WITH (" + BY_ID + ") AS SELECT 1 AS id");
    assertThat(failure("INSERT INTO t VALUES (2)", InvalidDefinitionException.class))
        .contains("INSERT INTO a bucketed table is not supported");
    assertThat(run("SELECT id FROM t")).containsExactly(List.of(1));
  }

  @Test
  void areWrittenWithoutRowsAndWithoutData() {
    run("CREATE TABLE t WITH (" + BY_ID + ") AS SELECT 1 AS id WHERE false");
    run("CREATE TABLE u WITH (" + BY_ID + ") AS SELECT 1 AS id WITH NO DATA");
    assertThat(run("SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM u)"))
        .containsExactly(List.of(0L));
  }

  @Test
  void refuseWhatAthenaRefuses() {
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry(
                "bucketed_by = ARRAY['id']",
                "bucketed_by and bucket_count must be specified together"),
            Map.entry(
                "bucket_count = 2", "bucketed_by and bucket_count must be specified together"),
            Map.entry(
                "bucketed_by = ARRAY[], bucket_count = 2",
                "bucketed_by and bucket_count must be specified together"),
            Map.entry(
                "bucketed_by = ARRAY['id'], bucket_count = 0",
                "the table property bucket_count is a number from 1 to 99999"),
            Map.entry(
                "bucketed_by = ARRAY['id'], bucket_count = 100000",
                "the table property bucket_count is a number from 1 to 99999"),
            Map.entry(
                "bucketed_by = ARRAY['id'], bucket_count = '2'",
                "the table property bucket_count is a number from 1 to 99999"),
            Map.entry("bucketed_by = 'id', bucket_count = 2", "bucketed_by is an array of names"),
            Map.entry(
                "bucketed_by = ARRAY['id', 'ID'], bucket_count = 2",
                "bucketed_by has a column twice"),
            Map.entry(
                "bucketed_by = ARRAY['none', 'id'], bucket_count = 2",
                "Bucketing columns [none] not present in schema"),
            Map.entry(
                "bucketed_by = ARRAY['k'], bucket_count = 2, partitioned_by = ARRAY['k']",
                "column k is a partition key"),
            Map.entry(
                "bucketed_by = ARRAY['at'], bucket_count = 2",
                "column at is timestamp; take columns that are"),
            Map.entry(
                "bucketed_by = ARRAY['price'], bucket_count = 2",
                "column price is decimal(2,1); take columns that are"));
    for (Map.Entry<String, String> one : refused.entrySet()) {
      String sql =
          "CREATE TABLE t WITH ("
              + one.getKey()
              + ") AS SELECT 1 AS id, TIMESTAMP '2024-01-01 00:00:00' AS at, 1.5 AS price, 'x' AS k";
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(one.getValue());
      assertThat(isTable("t")).isFalse();
      assertThat(objects(Zone.CURATED, "sales/t/")).isEmpty();
    }
  }

  @Test
  void haveAtMost100FilesAStatement() {
    String sql =
        "CREATE TABLE t WITH (partitioned_by = ARRAY['p'], bucketed_by = ARRAY['id'], bucket_count"
            + " = 51) AS SELECT x AS id, x % 2 AS p FROM UNNEST(sequence(1, 102)) AS s(x)";
    assertThat(failure(sql, InvalidDefinitionException.class))
        .contains("rows of 102 buckets in its partitions, and Athena takes 100");
    assertThat(isTable("t")).isFalse();
    assertThat(objects(Zone.CURATED, "sales/t/")).isEmpty();
  }

  @Test
  void areMadeByWhoMayWriteTheirZone() {
    Security.of(lake).grant(Grant.select().on("sales.orders").to(Principal.role("clerk")));
    Lake clerk = lake.as(Principal.role("clerk"));
    failure(
        clerk,
        "CREATE TABLE t WITH (" + BY_ID + ") AS SELECT id FROM orders",
        AccessDeniedException.class);
    assertThat(isTable("t")).isFalse();
  }

  @Test
  void ofFilesThatAreThereAreDeclared() {
    run("UNLOAD (SELECT 1 AS id) TO 's3://raw/in/' WITH (format = 'PARQUET')");
    run(
        "CREATE EXTERNAL TABLE t (id int) CLUSTERED BY (id) INTO 2 BUCKETS STORED AS PARQUET"
            + " LOCATION 's3://raw/in/' TBLPROPERTIES ('bucketing_format'='hive')");
    assertThat(run("SELECT id FROM t")).containsExactly(List.of(1));
    for (String wrong :
        List.of(
            "CLUSTERED BY (x) INTO 2 BUCKETS",
            "CLUSTERED BY (id) INTO 0 BUCKETS",
            "CLUSTERED BY (id) INTO many BUCKETS",
            "CLUSTERED BY (id) SORTED BY (id) INTO 2 BUCKETS")) {
      failure(
          "CREATE EXTERNAL TABLE u (id int) " + wrong + " LOCATION 's3://raw/other/'",
          InvalidDefinitionException.class);
    }
    assertThat(
            failure(
                "CREATE EXTERNAL TABLE u (id int) CLUSTERED BY (id) INTO 2 BUCKETS LOCATION"
                    + " 's3://raw/other/' TBLPROPERTIES ('bucketing_format'='spark')",
                InvalidDefinitionException.class))
        .contains("'bucketing_format' in TBLPROPERTIES is not hive");
    assertThat(isTable("u")).isFalse();
  }

  @Test
  void keepTheirBucketing() {
    run("CREATE TABLE t WITH (" + BY_ID + ") AS SELECT 1 AS id, 'a' AS name");
    run("ALTER TABLE t ADD COLUMNS (more int)");
    assertThat(dataset("t").bucketing()).contains(new Bucketing(List.of("id"), 4));
    assertThat(failure("ALTER TABLE t CHANGE id id bigint", ConflictException.class))
        .contains("this would change its bucketing");
    assertThat(failure("ALTER TABLE t CHANGE id number int", LakeException.class))
        .contains("there is no column id");
  }

  @Test
  void takeOnlyFilesOfKnownBuckets() {
    Dataset events =
        Dataset.named("sales.events")
            .in(Zone.CURATED)
            .column("id", DataType.BIGINT)
            .bucketedBy(new Bucketing(List.of("id"), 2))
            .build();
    try (Draft draft = Publishing.of(lake).begin(events, Write.append(), LoadId.of("landed"))) {
      assertThatThrownBy(() -> draft.upload("events.parquet", Partition.none()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining(
              "it is bucketed by (id) into 2 buckets, and the file is not known to have the rows");
      assertThatThrownBy(() -> draft.add(draft.newFile(), Partition.none(), 0))
          .isInstanceOf(InvalidDefinitionException.class);
    }
    assertThat(objects(Zone.CURATED, "sales/events/")).isEmpty();
  }

  @Test
  void areAppendedToByLoads() {
    Dataset events =
        Dataset.named("sales.events")
            .in(Zone.CURATED)
            .column("id", DataType.BIGINT)
            .bucketedBy(new Bucketing(List.of("id"), 2))
            .build();
    for (String load : List.of("one", "two")) {
      try (Workbench workbench = QueryEngine.of(lake).workbench();
          Draft draft = Publishing.of(lake).begin(events, Write.append(), LoadId.of(load))) {
        workbench.write(
            workbench.sql(
                "SELECT CAST(x AS bigint) AS id FROM UNNEST(sequence(1, 10)) AS s(x)",
                Map.of(),
                Map.of()),
            draft);
        Publishing.of(lake).publish(draft);
      }
    }
    Catalog.of(lake).register(events);
    assertThat(buckets("events")).isEqualTo(new TreeMap<>(Map.of(0, 10L, 1, 10L)));
    assertThat(objects(Zone.CURATED, "sales/events/")).hasSize(4);
  }
}
