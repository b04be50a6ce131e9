package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.Query;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ALTER TABLE and MSCK REPAIR TABLE. */
abstract class AlterTableContract extends ExternalTableContract {

  private static final Principal LOADER = Principal.role("loader");

  private List<Object> first(String sql) {
    return run(sql).stream().map(row -> row.get(0)).toList();
  }

  private int versions(String name) {
    return Publishing.of(lake).history(table(name)).size();
  }

  @Nested
  class Columns {

    @Test
    void areAdded() {
      run("ALTER TABLE orders ADD COLUMNS (note string COMMENT 'from the shop', stars int)");

      assertThat(first("SHOW COLUMNS IN orders"))
          .containsExactly("id", "amount", "day", "note", "stars", "country");
      assertThat(run("SELECT note, stars FROM orders WHERE id = 1"))
          .containsExactly(Arrays.asList(null, null));
      run("INSERT INTO orders (id, note, country) VALUES (9, 'new', 'de')");
      assertThat(run("SELECT note FROM orders WHERE id = 9")).containsExactly(List.of("new"));
      List<SchemaVersion> history = Catalog.of(lake).versions(DatasetId.parse("sales.orders"));
      assertThat(history).hasSize(2);
      assertThat(history.get(0).changes().toString()).contains("note: added as string");
    }

    @Test
    void areChanged() {
      run("ALTER TABLE sales.orders CHANGE COLUMN day day date COMMENT 'of the order' FIRST");
      run("alter table orders change id id bigint after amount");

      assertThat(first("SHOW COLUMNS IN orders")).containsExactly("day", "amount", "id", "country");
      assertThat(run("SELECT id, day FROM orders WHERE id = 1"))
          .containsExactly(List.of(1L, LocalDate.of(2024, 1, 1)));
      run("ALTER TABLE orders CHANGE day day date");
      assertThat(table("sales.orders").schema().column("day").description())
          .isEqualTo("of the order");
    }

    @Test
    void areNullInDelimitedFilesFromBefore() {
      put("csv/a", "1,x\n2,y\n");
      external("csv", "(id int, name string)", "ROW FORMAT DELIMITED FIELDS TERMINATED BY ','");
      run("ALTER TABLE csv ADD COLUMNS (more int)");
      put("csv/b", "3,z,7\n");
      run("MSCK REPAIR TABLE csv");

      assertThat(run("SELECT id, name, more FROM csv ORDER BY id"))
          .containsExactly(
              Arrays.asList(1, "x", null), Arrays.asList(2, "y", null), List.of(3, "z", 7));
    }

    @Test
    void areReplacedAndRenamedWhileThereAreNoFiles() {
      external("fresh", "(a int, b string)", "STORED AS JSONFILE");
      run("ALTER TABLE fresh CHANGE COLUMN a c bigint");
      assertThat(first("SHOW COLUMNS IN fresh")).containsExactly("c", "b");
      run("ALTER TABLE fresh REPLACE COLUMNS (x date, y double)");
      assertThat(first("SHOW COLUMNS IN fresh")).containsExactly("x", "y");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            ADD COLUMNS (id int) | two columns of that name
            ADD COLUMNS (country int) | declare it once
            ADD COLUMNS (x uuid) | uuid
            ADD COLUMNS () | a name is expected
            REPLACE COLUMNS (id bigint) | amount: removed
            CHANGE COLUMN id number bigint | id: removed
            CHANGE COLUMN id id date | id: bigint became date, which cannot read it
            CHANGE COLUMN nothing x int | column nothing is no column of table sales.orders
            CHANGE COLUMN country country int | is a partition key
            CHANGE COLUMN id id bigint AFTER id | cannot stand after itself
            CHANGE COLUMN id id bigint AFTER nothing | is no column
            PARTITION (country='de') ADD COLUMNS (x int) | columns of one partition are not supported
            DROP COLUMN id | write REPLACE COLUMNS
            RENAME TO other | RENAME TO is not supported
            COMPACT 'major' | where ADD COLUMNS, ADD PARTITION
            ADD COLUMNS (x int); DROP TABLE orders | there is 'DROP'
            """)
    void areRefusedThatFilesCannotHave(String rest, String message) {
      Dataset before = table("sales.orders");
      assertThat(failure("ALTER TABLE orders " + rest, LakeException.class)).contains(message);
      assertThat(table("sales.orders")).isEqualTo(before);
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(3L));
    }
  }

  @Nested
  class Definitions {

    @Test
    void areGivenProperties() {
      run(
          "ALTER TABLE orders SET TBLPROPERTIES ('comment'='what was sold', 'parquet.compression'='ZSTD')");
      assertThat(table("sales.orders").description()).contains("what was sold");
      assertThat(run("SHOW TBLPROPERTIES orders('parquet.compression')"))
          .containsExactly(List.of("parquet.compression", "ZSTD"));
      assertThat(
              failure(
                  "ALTER TABLE orders SET TBLPROPERTIES ('comment'='x', 'owner'='me')",
                  InvalidDefinitionException.class))
          .contains("not supported in TBLPROPERTIES: 'owner'");
      assertThat(table("sales.orders").description()).contains("what was sold");
    }

    @Test
    void moveWhileThereAreNoFiles() {
      put("late/a", "{\"x\": 5}\n");
      external("moving", "(x int)", "STORED AS JSONFILE");
      run("ALTER TABLE moving SET LOCATION " + raw("late/"));

      assertThat(run("SELECT x FROM moving")).containsExactly(List.of(5));
      assertThat(table("sales.moving").location()).isEqualTo("late/");
      assertThat(failure("ALTER TABLE moving SET LOCATION " + raw("x/"), ConflictException.class))
          .contains("it has data, and this would change its location");
      assertThat(
              failure(
                  "ALTER TABLE moving SET LOCATION 's3://of.others/x/'",
                  InvalidDefinitionException.class))
          .contains("not a folder of one of the lake's zones");
    }
  }

  @Nested
  class Partitions {

    @BeforeEach
    void createTable() {
      run(
          "CREATE EXTERNAL TABLE visits (who string) PARTITIONED BY (year int, place string)"
              + " STORED AS JSONFILE LOCATION "
              + raw("visits/"));
    }

    private void visit(String folder, String who) {
      put("visits/" + folder + "/" + who, "{\"who\": \"" + who + "\"}\n");
    }

    @Test
    void areAddedWithTheirFolders() {
      visit("year=2024/place=home", "ann");
      visit("2025/away", "bob");
      visit("year=2023/place=New York", "cid");

      run(
          "ALTER TABLE visits ADD PARTITION (year=2024, place='home') PARTITION (place='it''s away',"
              + " year=2025) LOCATION "
              + raw("visits/2025/away/"));
      run(
          "ALTER TABLE visits ADD IF NOT EXISTS PARTITION (year=2023, place='New York'), PARTITION (year=2024, place='home')");

      assertThat(run("SELECT year, place, who FROM visits ORDER BY year"))
          .containsExactly(
              List.of(2023, "New York", "cid"),
              List.of(2024, "home", "ann"),
              List.of(2025, "it's away", "bob"));
      assertThat(run("SELECT who FROM visits WHERE year > 2024")).containsExactly(List.of("bob"));
      assertThat(first("SHOW PARTITIONS visits"))
          .containsExactlyInAnyOrder(
              "year=2024/place=home",
              "year=2025/place=it%27s%20away",
              "year=2023/place=New%20York");
      assertThat(versions("sales.visits")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            ADD PARTITION (year=2024, place='home') | Partition already exists
            ADD PARTITION (year='02024', place='home') | Partition already exists
            ADD PARTITION (year=2030, place='home') | there are no files in its folder
            ADD PARTITION (year=2024) | give a value for each
            ADD PARTITION (year=2024, place='x', z=1) | give a value for each
            ADD PARTITION (year='a', place='x') | partition key year is not a whole number
            ADD PARTITION (year=2024, year=2025) | partition key year is given twice
            ADD PARTITION (year=2024, place='') | partition key place has an empty value
            ADD PARTITION (year=2024, place=home) | where a value, which is a number or a text in quotes is expected
            ADD PARTITION (year=1, place='x') LOCATION 's3://raw/other/' | not in the folder of table sales.visits
            ADD PARTITION (year=1, place='x') LOCATION 's3://raw/visits/' | not in the folder of table sales.visits
            ADD PARTITION (year=1, place='x') LOCATION 's3://cleaned/visits/x/' | not in the folder of table sales.visits
            ADD PARTITION (year=1, place='x') LOCATION 's3://raw/visits/year=2024/' | of another partition of the table already
            ADD PARTITION (year=1, place='x/../../') | there are no files in its folder
            DROP PARTITION (year=2030, place='home') | Partition not found
            DROP PARTITION (year=2024) | give a value for each
            DROP PARTITION (year<2030) | comparisons other than = are not supported
            PARTITION (year=2024, place='home') RENAME TO PARTITION (year=2025, place='home') | RENAME PARTITION is not supported
            PARTITION (year=2024, place='home') SET LOCATION 's3://raw/visits/x/' | SET LOCATION of a partition is not supported
            """)
    void areRefusedThatCannotBe(String rest, String message) {
      visit("year=2024/place=home", "ann");
      run("ALTER TABLE visits ADD PARTITION (year=2024, place='home')");

      String sql = "ALTER TABLE visits " + rest.replace("s3://raw/", bucket());
      assertThat(failure(sql, LakeException.class)).contains(message);
      assertThat(run("SELECT who FROM visits")).containsExactly(List.of("ann"));
      assertThat(versions("sales.visits")).isEqualTo(1);
    }

    private String bucket() {
      return location(Zone.RAW, "");
    }

    @Test
    void areDropped() {
      visit("year=2024/place=home", "ann");
      visit("year=2025/place=home", "bob");
      visit("year=2026/place=home", "cid");
      run("MSCK REPAIR TABLE visits");

      run(
          "ALTER TABLE visits DROP PARTITION (year=2024, place='home'), PARTITION (year='2025',"
              + " place='home')");
      run("ALTER TABLE visits DROP IF EXISTS PARTITION (year=2024, place='home')");

      assertThat(run("SELECT who FROM visits")).containsExactly(List.of("cid"));
      assertThat(run("MSCK REPAIR TABLE visits")).isEmpty();
      assertThat(versions("sales.visits")).isEqualTo(2);
      Publishing.of(lake).rollback(table("sales.visits"), 1);
      assertThat(run("SELECT count(*) FROM visits")).containsExactly(List.of(3L));
    }

    @Test
    void areFoundByRepairing() {
      visit("year=2024/place=home", "ann");
      visit("Year=2025/place=a%2Fb/deeper", "bob");
      visit("year=2026/place=__HIVE_DEFAULT_PARTITION__", "cid");
      visit("year=2027", "nobody");
      visit("tmp", "nobody");
      visit("year=2024/_tmp", "nobody");
      visit("year=2024/place=home/extra=1", "dan");

      assertThat(first("MSCK REPAIR TABLE sales.visits"))
          .containsExactly(
              "Partitions not in metastore:\tvisits:year=2024/place=home"
                  + "\tvisits:year=2025/place=a%2Fb"
                  + "\tvisits:year=2026/place=__HIVE_DEFAULT_PARTITION__",
              "Repair: Added partition to metastore visits:year=2024/place=home",
              "Repair: Added partition to metastore visits:year=2025/place=a%2Fb",
              "Repair: Added partition to metastore visits:year=2026/place=__HIVE_DEFAULT_PARTITION__");
      assertThat(run("SELECT who, place FROM visits ORDER BY who"))
          .containsExactly(
              List.of("ann", "home"),
              List.of("bob", "a/b"),
              Arrays.asList("cid", null),
              List.of("dan", "home"));
      assertThat(run("MSCK REPAIR TABLE visits")).isEmpty();
      assertThat(versions("sales.visits")).isEqualTo(1);
    }

    @Test
    void getFilesThatCameLaterAndNewContentsByRepairing() {
      visit("year=2024/place=home", "ann");
      visit("away/x", "bob");
      run("MSCK REPAIR TABLE visits");
      run("ALTER TABLE visits ADD PARTITION (year=1, place='a') LOCATION " + raw("visits/away/x"));
      run("INSERT INTO visits VALUES ('inserted', 2024, 'home')");
      visit("away/x", "eve");
      visit("year=2024/place=home", "dan");
      put("visits/year=2024/place=home/ann", "{\"who\": \"ann again\"}\n");

      assertThat(run("MSCK REPAIR TABLE visits")).isEmpty();

      assertThat(run("SELECT who, year FROM visits ORDER BY who"))
          .containsExactly(
              List.of("ann again", 2024),
              List.of("bob", 1),
              List.of("dan", 2024),
              List.of("eve", 1),
              List.of("inserted", 2024));
      assertThat(run("MSCK REPAIR TABLE visits")).isEmpty();
    }

    @Test
    void thatNoKeyCanHaveAreNotAdded() {
      visit("year=2024/place=home", "ann");
      visit("year=soon/place=home", "bob");
      assertThat(failure("MSCK REPAIR TABLE visits", BadDataException.class))
          .contains("partition key year is not a whole number")
          .doesNotContain("soon");
      assertThat(run("SELECT * FROM visits")).isEmpty();
    }

    @Test
    void areNoneOfATableWithoutKeys() {
      put("flat/a", "{\"x\": 1}\n");
      external("flat", "(x int)", "STORED AS JSONFILE");
      put("flat/sub/b", "{\"x\": 2}\n");
      assertThat(run("MSCK REPAIR TABLE flat")).isEmpty();
      assertThat(run("SELECT sum(x) FROM flat")).containsExactly(List.of(3L));
      assertThat(failure("ALTER TABLE flat ADD PARTITION (x=1)", InvalidDefinitionException.class))
          .contains("sales.flat is not partitioned");
    }

    @Test
    void needReadAndWrite() {
      visit("year=2024/place=home", "ann");
      Lake loader = loader();
      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(LOADER));
      String add = "ALTER TABLE visits ADD PARTITION (year=2024, place='home')";
      for (String sql : List.of(add, "MSCK REPAIR TABLE visits")) {
        assertThat(failure(loader, sql, AccessDeniedException.class)).contains("read");
      }
      Security.of(lake).grant(Grant.read().on(Zone.RAW).to(LOADER));
      run(loader, add);
      run(loader, "ALTER TABLE visits DROP PARTITION (year=2024, place='home')");
      assertThat(versions("sales.visits")).isEqualTo(2);
    }
  }

  @Nested
  class AlterPermissions {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ALTER TABLE orders ADD COLUMNS (x int)",
          "ALTER TABLE orders REPLACE COLUMNS (x int)",
          "ALTER TABLE orders CHANGE id id bigint COMMENT 'x'",
          "ALTER TABLE orders SET TBLPROPERTIES ('comment'='x')",
          "ALTER TABLE orders SET LOCATION 's3://raw/x/'",
          "ALTER TABLE orders ADD PARTITION (country='us')",
          "ALTER TABLE orders DROP PARTITION (country='de')",
          "MSCK REPAIR TABLE orders"
        })
    void areOfThoseWhoMayWrite(String sql) {
      Lake loader = loader();
      String hidden = failure(loader, sql, AccessDeniedException.class);
      String absent = failure(loader, sql.replace("orders", "absent"), AccessDeniedException.class);
      assertThat(hidden.replace("orders", "absent")).isEqualTo(absent);
      Security.of(lake).grant(Grant.select().on("sales.orders").to(LOADER));
      Security.of(lake).grant(Grant.read().on(Zone.CURATED).to(LOADER));
      assertThat(failure(loader, sql, AccessDeniedException.class)).contains("write");
      assertThat(Catalog.of(lake).versions(DatasetId.parse("sales.orders"))).hasSize(1);
      assertThat(versions("sales.orders")).isEqualTo(1);
      failure(sql.replace("orders", "absent"), NotFoundException.class);
    }

    @Test
    void includeTheZoneThatATableMovesTo() {
      run("CREATE EXTERNAL TABLE moving (x int) STORED AS JSONFILE LOCATION " + raw("m/"));
      Lake loader = loader();
      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(LOADER));
      Security.of(lake).grant(Grant.read().on(Zone.CLEANED).to(LOADER));
      String sql = "ALTER TABLE moving SET LOCATION '" + location(Zone.CLEANED, "m/") + "'";
      assertThat(failure(loader, sql, AccessDeniedException.class)).contains("write");
      assertThat(table("sales.moving").zone()).isEqualTo(Zone.RAW);
    }
  }

  @Test
  void reportsThatItTakesNoParameters() {
    assertThat(
            catchThrowable(
                () ->
                    run(
                        lake,
                        Query.sql("ALTER TABLE orders ADD COLUMNS (x int)")
                            .in("sales")
                            .bind("x", 1))))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("it has no parameter :x");
  }
}
