package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.SourceColumn.Use;
import io.lakesdk.query.sql.SourceColumn.Visibility;
import io.lakesdk.schema.DataType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TranslatorTest {

  private static final SourceTable FLIGHTS =
      new SourceTable(
          "aviation.flights",
          List.of(
              column("origin", DataType.STRING, Use.DATA, Visibility.VISIBLE),
              column("delay", DataType.INT, Use.DATA, Visibility.VISIBLE),
              column("secret", DataType.STRING, Use.DATA, Visibility.HIDDEN),
              column("year", DataType.INT, Use.PARTITION, Visibility.VISIBLE),
              column("day", DataType.DATE, Use.PARTITION, Visibility.VISIBLE)),
          "handle");

  private final Translator translator =
      new Translator(
          (database, name) -> name.equals("flights") ? Optional.of(FLIGHTS) : Optional.empty(),
          "aviation",
          Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC));

  private static SourceColumn column(String name, DataType type, Use use, Visibility visibility) {
    return new SourceColumn(name, type, use, visibility);
  }

  private PartitionFilter partitions(String sql) {
    return translator.translate(sql, Map.of()).tables().get(0).partitions();
  }

  private void refuses(String sql, String reason) {
    assertThatThrownBy(() -> translator.translate(sql, Map.of()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot run query: " + reason);
  }

  @Nested
  class Refuses {

    @Test
    void functionsOfTheEngineThatAreNotAthenas() {
      refuses("SELECT read_text('/etc/passwd')", "line 1:8: Function 'read_text' not registered");
      refuses("SELECT getvariable('x')", "line 1:8: Function 'getvariable' not registered");
      refuses(
          "SELECT pg_catalog.version()", "line 1:8: function pg_catalog.version is not supported");
    }

    @Test
    void otherStatementsByTheirName() {
      String instead =
          "; statements are queries: load data with Ingestion, change it with a Pipeline, find"
              + " definitions in the Catalog";
      refuses("SET SESSION a = 1", "line 1:1: SET SESSION is not supported" + instead);
      refuses("DROP TABLE flights", "line 1:1: DROP TABLE is not supported" + instead);
    }

    @Test
    void moreThanOneStatement() {
      String reason =
          "only one statement can be run at a time; run what follows the semicolon by itself";
      refuses("SELECT 1; SELECT 2", reason);
      refuses("SELECT 1;;", reason);
      refuses("SELECT 1 /* ; */ ; -- ;\n DROP TABLE flights", reason);
    }

    @Test
    void badSyntaxWithoutSayingTheTextInIt() {
      assertThatThrownBy(
              () -> translator.translate("SELECT 1 LIMIT 'it''s\na secret'. Expecting", Map.of()))
          .hasMessageStartingWith("Cannot run query: line 1:16: mismatched input a text. Expecting")
          .hasMessageNotContaining("secret");
    }

    @Test
    void namesThatAreNotThere() {
      refuses("SELECT nope FROM flights", "line 1:8: Column 'nope' cannot be resolved");
      refuses(
          "SELECT orgin FROM flights",
          "line 1:8: Column 'orgin' cannot be resolved; did you mean origin?");
      refuses(
          "SELECT f.Dellay FROM flights f",
          "line 1:8: Column 'f.dellay' cannot be resolved; did you mean delay?");
      refuses(
          "SELECT delay FROM flights WHERE origin = \"SEA\"",
          "line 1:42: Column 'SEA' cannot be resolved; text is written in single quotes");
      refuses(
          "SELECT 1 FROM nowhere",
          "line 1:15: Table 'awsdatacatalog.aviation.nowhere' does not exist");
      refuses("SELECT year FROM flights a, flights b", "line 1:8: Column 'year' is ambiguous");
    }

    @Test
    void columnsThatAreNotGrouped() {
      refuses(
          "SELECT origin, count(*) FROM flights GROUP BY year",
          "line 1:8: 'origin' must be an aggregate expression or appear in GROUP BY clause");
      refuses(
          "SELECT (SELECT max(b.delay) FROM flights b WHERE b.origin = a.origin), count(*)"
              + " FROM flights a GROUP BY a.year",
          "line 1:8: '(SELECT max(b.delay)\nFROM\n  flights b\nWHERE (b.origin = a.origin)\n)'"
              + " must be an aggregate expression or appear in GROUP BY clause");
    }

    @Test
    void whatIsNestedTooDeeplyOrTooLong() {
      assertThatThrownBy(
              () ->
                  translator.translate(
                      "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000), Map.of()))
          .isInstanceOf(InvalidDefinitionException.class);
      assertThatThrownBy(
              () -> translator.translate("SELECT '" + "x".repeat(300_000) + "'", Map.of()))
          .hasMessage("Cannot run query: it is 300009 bytes long, and Athena takes 262144 at most");
    }
  }

  @Test
  void oneSemicolonMayEndAStatement() {
    for (String sql : List.of("SELECT 1;", "SELECT ';' ; ", "SELECT 1; -- the end;\n /* ; */ ")) {
      assertThat(translator.translate(sql, Map.of()).columns()).as(sql).hasSize(1);
    }
  }

  @Nested
  class Parameters {

    @Test
    void areBoundWithoutTheColon() {
      assertThatThrownBy(() -> translator.translate("SELECT :day", Map.of(":day", 1)))
          .hasMessage(
              "Cannot run query: bind parameters by their names without the colon, not :day");
    }

    @Test
    void areBoundInOrderAndNeverPartOfTheText() {
      Translation translation =
          translator.translate(
              "SELECT ':no', \":x\" -- :no\n FROM (SELECT 1 AS \":x\") WHERE :b < :a AND :a > 1",
              Map.of("a", 2L, "b", "1".length()));

      assertThat(translation.parameters()).containsExactly(1, 2L);
      assertThat(translation.sql()).contains("$1", "$2").doesNotContain("?");
    }

    @Test
    void thatAreMissingOrUnusedAreNamed() {
      assertThatThrownBy(() -> translator.translate("SELECT :a", Map.of()))
          .hasMessage("Cannot run query: the parameter :a has no value; bind one");
      assertThatThrownBy(() -> translator.translate("SELECT 1", Map.of("a", 1)))
          .hasMessage("Cannot run query: it has no parameter :a");
    }
  }

  @Nested
  class Partitions {

    @Test
    void areChosenByConditionsOnTheirKeys() {
      assertThat(partitions("SELECT * FROM flights WHERE year = 2001 AND delay > 5"))
          .isEqualTo(new Compare("year", Operator.EQUAL, 2001L));
      assertThat(partitions("SELECT * FROM flights WHERE day >= date '2001-01-02' AND 2001 < year"))
          .isEqualTo(
              new And(
                  List.of(
                      new Compare("day", Operator.AT_LEAST, "2001-01-02"),
                      new Compare("year", Operator.MORE, 2001L))));
      assertThat(partitions("SELECT x FROM (SELECT year AS x FROM flights) WHERE x = 1"))
          .isEqualTo(new Compare("year", Operator.EQUAL, 1L));
    }

    @Test
    void areNotChosenByConditionsThatRowsMayFail() {
      PartitionFilter any = PartitionFilter.any();
      assertThat(partitions("SELECT * FROM flights WHERE year = 2001 OR delay > 5")).isEqualTo(any);
      assertThat(partitions("SELECT * FROM flights WHERE NOT year = 2001")).isEqualTo(any);
      assertThat(partitions("SELECT * FROM flights WHERE year + 1 = 2001")).isEqualTo(any);
      assertThat(partitions("SELECT x FROM (SELECT year AS x FROM flights LIMIT 1) WHERE x = 1"))
          .isEqualTo(any);
      assertThat(partitions("SELECT 1 FROM flights a LEFT JOIN flights b ON a.year = 2001"))
          .isEqualTo(any);
    }

    @Test
    void ofAnOuterJoinAreNotChosenByAskingForNull() {
      Translation translation =
          translator.translate(
              "SELECT 1 FROM flights a LEFT JOIN flights b ON a.day = b.day WHERE b.year IS NULL",
              Map.of());

      assertThat(translation.tables().get(1).partitions()).isEqualTo(PartitionFilter.any());
    }
  }

  @Nested
  class Rows {

    private static final RowCondition LATE = new RowCondition.Compare("delay", Operator.MORE, 5L);

    private RowCondition rows(String sql) {
      return translator.translate(sql, Map.of()).tables().get(0).rows();
    }

    @Test
    void areChosenByEveryColumn() {
      assertThat(rows("SELECT * FROM flights WHERE delay > 5")).isEqualTo(LATE);
      assertThat(rows("SELECT * FROM flights WHERE 5 < delay")).isEqualTo(LATE);
      assertThat(rows("SELECT * FROM flights WHERE delay > 5 AND origin IN ('a', 'b')"))
          .isEqualTo(
              new RowCondition.And(
                  List.of(
                      LATE,
                      new RowCondition.Or(
                          List.of(
                              new RowCondition.Compare("origin", Operator.EQUAL, "a"),
                              new RowCondition.Compare("origin", Operator.EQUAL, "b"))))));
      assertThat(rows("SELECT * FROM flights WHERE origin IS NOT NULL"))
          .isEqualTo(new RowCondition.NotNull("origin"));
      assertThat(rows("SELECT x FROM (SELECT delay AS x FROM flights) WHERE x > 5"))
          .isEqualTo(LATE);
      assertThat(
              translator
                  .translate("SELECT * FROM flights WHERE delay > :d", Map.of("d", 5))
                  .tables()
                  .get(0)
                  .rows())
          .isEqualTo(LATE);
    }

    @Test
    void areNotChosenWhereValuesAreNotComparedAsTheyAre() {
      RowCondition any = RowCondition.any();
      for (String where :
          List.of(
              "delay > 5e0",
              "NOT delay > 5",
              "delay + 1 > 5",
              "delay IS DISTINCT FROM 5",
              "delay > 5 OR upper(origin) = 'A'",
              "CAST(delay AS varchar) > '5'",
              "delay = NULL")) {
        assertThat(rows("SELECT * FROM flights WHERE " + where)).as(where).isEqualTo(any);
      }
      assertThat(rows("SELECT origin, count(*) FROM flights GROUP BY 1 HAVING max(delay) > 5"))
          .isEqualTo(any);
      assertThat(
              rows(
                  "SELECT x FROM (SELECT max(delay) OVER () AS y, delay AS x FROM flights)"
                      + " WHERE x > 5"))
          .isEqualTo(any);
    }

    @Test
    void ofAnOuterJoinKeepWhatDoesNotAskForNull() {
      TableUse joined =
          translator
              .translate(
                  "SELECT 1 FROM flights a LEFT JOIN flights b ON a.day = b.day"
                      + " WHERE b.origin IS NULL AND (b.delay > 5 OR b.year IS NULL)"
                      + " AND b.delay > 5",
                  Map.of())
              .tables()
              .get(1);
      assertThat(joined.rows()).isEqualTo(LATE);
    }
  }

  @Test
  void starLeavesHiddenColumnsOutAndNamingThemShows() {
    assertThat(translator.translate("SELECT * FROM flights", Map.of()).tables().get(0).columns())
        .containsExactly("origin", "delay", "year", "day");
    assertThat(
            translator.translate("SELECT secret FROM flights", Map.of()).tables().get(0).columns())
        .containsExactly("secret");
    assertThat(translator.translate("SELECT count(*) FROM flights", Map.of()).tables().get(0))
        .extracting(TableUse::columns)
        .isEqualTo(java.util.Set.of());
  }

  @Test
  void conditionsAreRenderedOverBareNames() {
    assertThat(translator.predicate("origin = 'SEA' AND delay < 5", FLIGHTS).sql())
        .isEqualTo("((\"origin\" = 'SEA') AND (\"delay\" < CAST(5 AS INTEGER)))");
    assertThat(translator.predicate("delay > 5", FLIGHTS).rows())
        .isEqualTo(new RowCondition.Compare("delay", Operator.MORE, 5L));
    assertThat(translator.predicate("delay > 5 OR upper(origin) = 'A'", FLIGHTS).rows())
        .isEqualTo(RowCondition.any());
    assertThatThrownBy(() -> translator.predicate("origin IN (SELECT 'x')", FLIGHTS))
        .hasMessageContaining("cannot contain aggregations, windows or subqueries");
  }
}
