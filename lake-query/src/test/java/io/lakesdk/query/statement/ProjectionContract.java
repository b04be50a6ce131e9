package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.VirtualClock;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with partition projection. */
abstract class ProjectionContract extends AlterTableContract {

  private static final Principal READER = Principal.role("projection-reader");

  private List<Object> who(String where) {
    return run("SELECT who FROM seen " + where + " ORDER BY who").stream()
        .map(row -> row.get(0))
        .toList();
  }

  private void seen(String folder, String who) {
    put("seen/" + folder + "/" + who, "{\"who\": \"" + who + "\"}\n");
  }

  private void create(String keys, String properties) {
    run(
        "CREATE EXTERNAL TABLE seen (who string) PARTITIONED BY ("
            + keys
            + ") STORED AS JSONFILE LOCATION "
            + raw("seen/")
            + " TBLPROPERTIES ('projection.enabled'='true', "
            + properties
            + ")");
  }

  private Rows rows(String sql) {
    return QueryEngine.of(lake).run(Query.sql(sql).in("sales"));
  }

  @Nested
  class Projected {

    /** As the Athena user guide has it for logs that come every day. */
    @Test
    void datesComeWithoutBeingAdded() {
      VirtualClock clock = VirtualClock.at(Instant.parse("2024-03-02T12:00:00Z"));
      reopen(with -> with.clock(clock));
      seen("2024/03/01", "ann");
      seen("2024/03/03", "bob");
      seen("2023/12/31", "too early");
      run(
          "CREATE EXTERNAL TABLE seen (who string) PARTITIONED BY (`day` string) STORED AS JSONFILE"
              + " LOCATION "
              + raw("seen/")
              + " TBLPROPERTIES ('projection.enabled'='true', 'projection.day.type'='date',"
              + " 'projection.day.range'='2024/01/01,NOW', 'projection.day.format'='yyyy/MM/dd',"
              + " 'projection.day.interval'='1', 'projection.day.interval.unit'='DAYS',"
              + " 'storage.location.template'="
              + raw("seen/").replaceAll("'$", "\\${day}/'")
              + ")");

      assertThat(who("")).containsExactly("ann");
      clock.advance(Duration.ofDays(1));
      assertThat(who("")).containsExactly("ann", "bob");
      assertThat(who("WHERE day > '2024/03/01'")).containsExactly("bob");
      assertThat(who("WHERE day = '2023/12/31'")).isEmpty();
      assertThat(run("SELECT DISTINCT day FROM seen WHERE who = 'ann'"))
          .containsExactly(List.of("2024/03/01"));
      assertThat(run("SHOW PARTITIONS seen")).isEmpty();
      assertThat(run("SHOW TBLPROPERTIES seen('projection.day.range')"))
          .containsExactly(List.of("projection.day.range", "2024/01/01,NOW"));
    }

    @Test
    void numbersAndListsAreFoundInFoldersOfKeys() {
      create(
          "year int, place string",
          "'projection.year.type'=' INTEGER ', 'projection.year.range'='1, 9000000000000000000',"
              + " 'projection.year.digits'='4', 'projection.place.type'='enum',"
              + " 'projection.place.values'='home,New York,it''s'");
      seen("year=2024/place=home", "ann");
      seen("year=0007/place=New York", "bob");
      seen("year=0007/place=it%27s", "cid");
      seen("year=7/place=home", "digits");
      seen("year=2024/place=elsewhere", "not listed");
      seen("year=2024/place=home/_tmp", "hidden");

      assertThat(who("WHERE year = 2024")).containsExactly("ann");
      assertThat(who("WHERE year < 10")).containsExactly("bob", "cid");
      assertThat(who("WHERE year IN (7, 2024, -5) AND place <> 'home'"))
          .containsExactly("bob", "cid");
      assertThat(who("WHERE year BETWEEN 2020 AND 2030 OR (year = 7 AND place = 'it''s')"))
          .containsExactly("ann", "cid");
      assertThat(who("WHERE year > 5 AND year < 7")).isEmpty();
      assertThat(who("WHERE year IS NULL")).isEmpty();
      assertThat(failure("SELECT * FROM seen", InvalidDefinitionException.class))
          .contains("more than 100000 partitions", "add conditions on the partition keys");
    }

    @Test
    void intervalsLeaveValuesOut() {
      create(
          "hour string, step int",
          "'projection.hour.type'='date', 'projection.hour.format'='yyyy-MM-dd-HH',"
              + " 'projection.hour.range'='2024-01-01-00,2024-01-02-00',"
              + " 'projection.hour.interval'='6', 'projection.hour.interval.unit'='hours',"
              + " 'projection.step.type'='integer', 'projection.step.range'='-10,10',"
              + " 'projection.step.interval'='5'");
      for (String hour : List.of("2024-01-01-06", "2024-01-01-07", "2024-01-02-00")) {
        for (int step : List.of(-10, -9, 0, 10)) {
          seen("hour=" + hour + "/step=" + step, hour.substring(8) + ":" + step);
        }
      }

      assertThat(who(""))
          .containsExactlyInAnyOrder(
              "01-06:-10", "01-06:0", "01-06:10", "02-00:-10", "02-00:0", "02-00:10");
      assertThat(who("WHERE hour >= '2024-01-01-07' AND step >= 0"))
          .containsExactly("02-00:0", "02-00:10");
    }

    @Test
    void datesInAnyOrderOfTheirFieldsAreCompared() {
      create(
          "day string",
          "'projection.day.type'='date', 'projection.day.format'='dd-MM-yyyy',"
              + " 'projection.day.range'='01-12-2023,31-01-2024'");
      seen("day=31-12-2023", "ann");
      seen("day=01-01-2024", "bob");
      assertThat(who("WHERE day > '15'")).containsExactly("ann");
      assertThat(who("WHERE day = '01-01-2024'")).containsExactly("bob");
    }

    @Test
    void datesMayBeNumbersAndDates() {
      create(
          "month int, day date",
          "'projection.month.type'='date', 'projection.month.format'='yyyyMM',"
              + " 'projection.month.range'='202311,202402', 'projection.day.type'='date',"
              + " 'projection.day.format'='yyyy-MM-dd',"
              + " 'projection.day.range'='2023-12-30,2024-01-02'");
      seen("month=202312/day=2023-12-31", "ann");
      seen("month=202401/day=2024-01-01", "bob");
      assertThat(who("WHERE month > 202312")).containsExactly("bob");
      assertThat(who("WHERE day < DATE '2024-01-01'")).containsExactly("ann");
      assertThat(who("")).containsExactly("ann", "bob");
    }

    @Test
    void injectedValuesComeFromTheQuery() {
      create(
          "device string, n int",
          "'projection.device.type'='injected', 'projection.n.type'='injected'");
      seen("device=a-1/n=5", "ann");
      seen("device=b%2F2/n=5", "bob");
      seen("device=c%27%22/n=6", "cid");

      assertThat(who("WHERE device = 'a-1' AND n = 5")).containsExactly("ann");
      assertThat(who("WHERE device IN ('a-1', 'none', 'c''\"') AND n IN (5, 6)"))
          .containsExactly("ann", "cid");
      assertThat(who("WHERE device = 'a-1' AND device = 'x' AND n = 5")).isEmpty();
      for (String where :
          List.of(
              "",
              "WHERE n = 5",
              "WHERE device > 'a' AND n = 5",
              "WHERE device <> 'a-1' AND n = 5",
              "WHERE (device = 'a-1' OR who = 'x') AND n = 5")) {
        assertThat(failure("SELECT * FROM seen " + where, InvalidDefinitionException.class))
            .contains(
                "CONSTRAINT_VIOLATION: For the injected projected partition column device, the"
                    + " WHERE clause must contain only static equality conditions");
      }
      assertThat(
              failure(
                  "SELECT * FROM seen WHERE device = 'b/2' AND n = 5",
                  InvalidDefinitionException.class))
          .contains("column device is empty or has a slash")
          .doesNotContain("b/2");
    }

    /** What is known of a table's files is not asked for before the query says which they are. */
    @Test
    void decimalsAreReadFromTheFilesThatAreAskedFor() {
      run("CREATE TABLE prices AS SELECT CAST(9.75 AS decimal(12, 2)) AS price");
      assertThat(run("SELECT sum(price) FROM prices"))
          .containsExactly(List.of(new BigDecimal("9.75")));
      for (String place : List.of("home", "away")) {
        run(
            "UNLOAD (SELECT price FROM prices) TO "
                + raw("sold/n=1/place=" + place + "/")
                + " WITH (format = 'PARQUET')");
      }
      run(
          "CREATE EXTERNAL TABLE sold (price decimal(12, 2)) PARTITIONED BY (n bigint, place"
              + " string) STORED AS PARQUET LOCATION "
              + raw("sold/")
              + " TBLPROPERTIES ('projection.enabled'='true', 'projection.n.type'='integer',"
              + " 'projection.n.range'='1,9000000000000000000',"
              + " 'projection.place.type'='injected')");

      assertThat(run("SELECT sum(price) FROM sold WHERE n = 1 AND place IN ('home', 'away')"))
          .containsExactly(List.of(new BigDecimal("19.50")));
      assertThat(run("SELECT price * price FROM sold WHERE n = 1 AND place = 'home'"))
          .containsExactly(List.of(new BigDecimal("95.0625")));
    }

    @Test
    void onlyFoldersThatConditionsLeaveAreRead() {
      create("n int", "'projection.n.type'='integer', 'projection.n.range'='0,99'");
      IntStream.range(0, 5).forEach(n -> seen("n=" + n, "w" + n));
      try (Rows rows = rows("SELECT * FROM seen WHERE n >= 3")) {
        assertThat(rows.asLists().count()).isEqualTo(2);
        assertThat(rows.stats().filesScanned()).hasValue(2);
        assertThat(rows.stats().partitionsScanned()).hasValue(2);
      }
    }

    @Test
    void partitionsOfTheCatalogDoNotCount() {
      create("n int", "'projection.n.type'='integer', 'projection.n.range'='1,2'");
      seen("n=1", "ann");
      seen("n=3", "bob");
      run("MSCK REPAIR TABLE seen");
      assertThat(run("SHOW PARTITIONS seen")).hasSize(2);
      assertThat(who("")).containsExactly("ann");
      run("ALTER TABLE seen DROP PARTITION (n=1)");
      assertThat(who("")).isEmpty();
      run("ALTER TABLE seen SET TBLPROPERTIES ('projection.enabled'='FALSE')");
      assertThat(who("")).containsExactly("bob");
    }

    @Test
    void filesOfLoadsCountWhenTheyArePublished() {
      run(
          "CREATE EXTERNAL TABLE seen (who string) PARTITIONED BY (n int) STORED AS JSONFILE"
              + " LOCATION "
              + raw("seen/"));
      run("INSERT INTO seen VALUES ('ann', 1)");
      run(
          "ALTER TABLE seen SET TBLPROPERTIES ('projection.enabled'='true',"
              + " 'projection.n.type'='integer', 'projection.n.range'='1,2')");
      seen("n=2", "bob");
      assertThat(who("")).containsExactly("ann", "bob");
      assertThat(failure("INSERT INTO seen VALUES ('cid', 1)", InvalidDefinitionException.class))
          .contains("INSERT INTO a table with partition projection");
      run("CREATE TABLE copied AS SELECT * FROM seen");
      assertThat(run("SELECT count(*) FROM copied")).containsExactly(List.of(2L));
    }

    @Test
    void aVersionCannotBeReadByPipelines() {
      create("n int", "'projection.n.type'='integer', 'projection.n.range'='1,2'");
      Dataset seen = table("sales.seen");
      try (Workbench workbench = QueryEngine.of(lake).workbench()) {
        assertThatThrownBy(() -> workbench.dataset(seen, Publishing.of(lake).snapshot(seen)))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessageContaining("it has partition projection");
      }
    }
  }

  @Nested
  class WrongProjections {

    @BeforeEach
    void fill() {
      seen("n=1", "ann");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            'projection.n.range'='1,2' | the following partition columns are missing projection configuration: [n]
            'projection.n.type'='list' | 'projection.n.type' is not enum, integer, date or injected
            'projection.n.type'='enum' | 'projection.n.values' is missing
            'projection.n.type'='integer' | 'projection.n.range' is missing
            'projection.n.type'='integer', 'projection.n.range'='1' | 'projection.n.range' is not two values
            'projection.n.type'='integer', 'projection.n.range'='1,x' | 'projection.n.range' is not two whole numbers
            'projection.n.type'='integer', 'projection.n.range'='2,1' | a range whose first value is the lower one
            'projection.n.type'='integer', 'projection.n.range'='-9223372036854775808,9223372036854775807' | one of less than 2^63 values
            'projection.n.type'='integer', 'projection.n.range'='1,2', 'projection.n.interval'='0' | 'projection.n.interval' is not a positive whole number
            'projection.n.type'='integer', 'projection.n.range'='1,2', 'projection.n.digits'='1000' | 'projection.n.digits' is not
            'projection.n.type'='date', 'projection.n.range'='2024,2025' | 'projection.n.format' is missing
            'projection.n.type'='date', 'projection.n.range'='2024,2025', 'projection.n.format'='yyyy' | 'projection.n.interval.unit' is missing
            'projection.n.type'='date', 'projection.n.range'='2024,2025', 'projection.n.format'='b{' | 'projection.n.format' is not a pattern of dates
            'projection.n.type'='date', 'projection.n.range'='2024-13,NOW', 'projection.n.format'='yyyy-MM' | 'projection.n.range' is not two dates of its format
            'projection.n.type'='date', 'projection.n.range'='NOW-1FORTNIGHT,NOW', 'projection.n.format'='yyyy-MM' | 'projection.n.range' is not two dates of its format
            'projection.n.type'='date', 'projection.n.range'='NOW-999999999YEARS,NOW+999999999YEARS', 'projection.n.format'='yyyy-MM-dd' | projection.n
            'projection.n.type'='date', 'projection.n.range'='NOW-1DAY,NOW', 'projection.n.format'='yyyy-MM-dd', 'projection.n.interval.unit'='AGES' | 'projection.n.interval.unit' is not YEARS
            'projection.n.type'='enum', 'projection.n.values'='1,a' | INVALID_TABLE_PROPERTY: the values of partition column n are not whole numbers
            'projection.n.type'='enum', 'projection.n.values'='1', 'storage.location.template'='LOCATIONx/' | must contain templates for all partition columns!
            'projection.n.type'='enum', 'projection.n.values'='1', 'storage.location.template'='LOCATION${n}/${m}' | templates for what is no partition column
            'projection.n.type'='enum', 'projection.n.values'='1', 'storage.location.template'='s3://raw/other/${n}/' | is not in the table's folder
            'projection.n.type'='enum', 'projection.n.values'='1', 'storage.location.template'='s3://curated/seen/${n}/' | is not in the table's folder
            'projection.n.type'='enum', 'projection.n.values'='1', 'storage.location.template'='LOCATION../${n}/' | is not in the table's folder
            'projection.n.type'='injected', 'storage.location.template'='LOCATION${n}-${n}/' | between two slashes
            """)
    void areToldWhenTheTableIsRead(String properties, String message) {
      String base = raw("seen/").replace("'", "");
      create("n int", properties.replace("LOCATION", base));
      assertThat(failure("SELECT * FROM seen WHERE n = 1", LakeException.class)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            'projection.m.type'='enum' | not supported in TBLPROPERTIES: 'projection.m.type'
            'projection.n.tpye'='enum' | not supported in TBLPROPERTIES: 'projection.n.tpye'
            'projection.who.type'='enum' | not supported in TBLPROPERTIES: 'projection.who.type'
            """)
    void thatNobodyKnowsAreRefusedAtOnce(String properties, String message) {
      assertThat(catchThrowable(() -> create("n int", properties)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining(message);
      assertThat(isTable("seen")).isFalse();
    }
  }

  @Test
  void projectionsShowWhatGrantsShow() {
    create("tenant string", "'projection.tenant.type'='injected'");
    seen("tenant=a", "ann");
    seen("tenant=b", "bob");
    Security security = Security.of(lake);
    Lake reader = lake.as(READER);
    failure(reader, "SELECT * FROM seen WHERE tenant = 'a'", AccessDeniedException.class);
    security.grant(Grant.select().on("sales.seen").where("tenant = 'a'").to(READER));

    assertThat(run(reader, "SELECT who FROM seen WHERE tenant = 'a'"))
        .containsExactly(List.of("ann"));
    assertThat(run(reader, "SELECT who FROM seen WHERE tenant IN ('a', 'b')"))
        .containsExactly(List.of("ann"));
    assertThat(run(reader, "SELECT who FROM seen WHERE tenant = 'b'")).isEmpty();
    assertThat(run(reader, "SHOW TBLPROPERTIES seen").toString()).doesNotContain("projection");
  }
}
