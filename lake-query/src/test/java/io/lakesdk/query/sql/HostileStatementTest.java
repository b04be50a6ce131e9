package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Statements that would take a parser, the analysis or the engine minutes, gigabytes or the whole
 * stack. Each is refused, or short work; a test that hangs has failed.
 */
@Tag("slow")
class HostileStatementTest {

  private static final String NESTS =
      "it nests more than 100 deep; use fewer parentheses, or split it with WITH";
  private static final String HIGH =
      "it nests too deeply, or chains too many operators; split it with WITH";

  private final Translator translator =
      new Translator(
          (database, name) -> Optional.empty(),
          "default",
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private Translation translate(String sql) {
    return translator.translate(sql, Map.of());
  }

  private void refuses(String sql, String reason) {
    assertThat(sql).hasSizeLessThan(262_144);
    assertThatThrownBy(() -> translate(sql))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Cannot run query: ")
        .hasMessageContaining(reason);
  }

  /** Parts from 0 on, with a separator between, between two ends. */
  private static String listed(
      String head, IntFunction<String> part, String separator, int count, String tail) {
    return IntStream.range(0, count)
        .mapToObj(part)
        .collect(Collectors.joining(separator, head, tail));
  }

  private static String repeated(String head, String part, int count, String tail) {
    return head + part.repeat(count) + tail;
  }

  @Nested
  class Nesting {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        ignoreLeadingAndTrailingWhitespace = false,
        value = {
          "SELECT |(|1|)|108",
          "SELECT |abs(|1|)|411",
          "SELECT |ARRAY[|1|]|613",
          "SELECT |x[|1|]|209",
          "SELECT |(1, |1|)|408",
          "SELECT |CASE WHEN true THEN |1| END|2008",
          "SELECT |CASE |1| WHEN 1 THEN 1 END|508",
          "SELECT |if(true, |1|)|910",
          "SELECT |(SELECT |1|)|808",
          "SELECT |EXISTS (SELECT |1|)|1515",
          "|SELECT * FROM (|SELECT 1|)|1515",
          "|(|SELECT 1|)|101",
          "|WITH a AS (|SELECT 1|) SELECT * FROM a|1111",
          "SELECT * FROM |(|a|)|115",
          "SELECT |CAST(|1| AS bigint)|512",
          "SELECT CAST(1 AS |array(|int|)|617",
          "SELECT CAST(1 AS |map(int, |int|)|912",
          "SELECT CAST(1 AS |row(x |int|)|615",
          "SELECT CAST(1 AS |array<|int|>|617",
          "SELECT |f(x -> |1|)|709"
        })
    void isRefusedWhereItIsTooDeep(
        String head, String left, String middle, String right, int column) {
      String start = head == null ? "" : head;
      String end = start.contains("CAST(1 AS") ? ")" : "";
      int times = Math.min(20_000, 260_000 / (left + right).length());
      refuses(
          start + left.repeat(times) + middle + right.repeat(times) + end,
          "Cannot run query: line 1:" + column + ": " + NESTS);
    }

    @Test
    void countsWhatIsOpenAtOnce() {
      refuses("SELECT\n1,\n  " + "((\n".repeat(60), "line 53:1: " + NESTS);
      assertThat(translate(repeated("SELECT 1", ", ((((1))))", 100, "")).columns()).hasSize(101);
      String open = "(".repeat(200);
      assertThat(
              translate(
                      "SELECT '"
                          + open
                          + "' AS \""
                          + open
                          + "\" -- "
                          + open
                          + "\n/* "
                          + open
                          + "*/")
                  .columns())
          .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        ignoreLeadingAndTrailingWhitespace = false,
        value = {
          "(|1|)",
          "abs(|1|)",
          "ARRAY[|1|]",
          "(1, |1|)",
          "CASE WHEN true THEN |1| END",
          "CASE |1| WHEN 1 THEN 1 END",
          "if(true, |1|)",
          "(SELECT |1|)",
          "EXISTS (SELECT |1|)",
          "NOT (|true|)",
          "-(|1|)",
          "CAST(|1| AS bigint)",
          "coalesce(NULL, |1|)"
        })
    void ofNinetyLevelsIsUnderstood(String left, String middle, String right) {
      String sql = "SELECT " + left.repeat(90) + middle + right.repeat(90);
      assertThat(translate(sql).columns()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        ignoreLeadingAndTrailingWhitespace = false,
        value = {
          "SELECT |NOT |true",
          "SELECT |- |1",
          "SELECT |+|1",
          "|EXPLAIN ANALYZE |SELECT 1",
          "|PREPARE a FROM |SELECT 1",
          "SELECT * FROM |a JOIN |b",
          "WITH FUNCTION f() RETURNS int |BEGIN |RETURN 1"
        })
    void withoutParenthesesIsRefusedToo(String head, String part, String tail) {
      int times = Math.min(20_000, 260_000 / part.length());
      refuses((head == null ? "" : head) + part.repeat(times) + tail, HIGH);
    }

    @Test
    void ofLambdasIsRefused() {
      String reason = "what follows nests in too many ways to be read";
      refuses(repeated("SELECT f(", "x -> ", 20_000, "1)"), "line 1:8: " + reason);
      refuses(
          "SELECT " + "transform(ARRAY[1], x -> ".repeat(40) + "1" + ")".repeat(40),
          "it is too large when its functions, lambdas and conversions of nested types are written"
              + " out");
      String three = "transform(ARRAY[1], x -> ".repeat(3) + "1" + ")".repeat(3);
      assertThat(translate("SELECT " + three).columns()).hasSize(1);
    }

    /** Where each parenthesis may be of several kinds, a parser tries all in all combinations. */
    @Test
    void inManyWaysIsRefused() {
      List<String> kinds = List.of("(", "abs(", "ARRAY[", "x[", "(1, ", "ROW(");
      Random random = new Random(5);
      StringBuilder sql = new StringBuilder("SELECT 1");
      while (sql.length() < 250_000) {
        List<String> left = random.ints(90, 0, 6).mapToObj(kinds::get).toList();
        sql.append(", ").append(String.join("", left)).append(1);
        for (int i = left.size() - 1; i >= 0; i--) {
          sql.append(left.get(i).endsWith("[") ? "]" : ")");
        }
      }
      refuses(sql.toString(), "what follows nests in too many ways to be read");
      assertThat(translate("SELECT ((1 + 2) * abs(-(3)))").columns()).hasSize(1);
    }

    @Test
    void ofConvertedTypesIsNotComputedTwiceALevel() {
      for (int depth : List.of(10, 40)) {
        String rows = "ROW(".repeat(depth) + "1" + ")".repeat(depth);
        String names = "ROW(x ".repeat(depth) + "bigint" + ")".repeat(depth);
        String maps = "map(ARRAY[1], ARRAY[".repeat(depth) + "1" + "])".repeat(depth);
        String keys = "map(bigint, ".repeat(depth) + "bigint" + ")".repeat(depth);
        for (String sql :
            List.of(
                "SELECT CAST(" + rows + " AS " + names + ")",
                "SELECT CAST(" + maps + " AS " + keys + ")")) {
          if (depth == 10) {
            assertThat(translate(sql).columns()).hasSize(1);
          } else {
            refuses(sql, "it is too large when its functions, lambdas and conversions");
          }
        }
      }
    }
  }

  @Nested
  class Chains {

    @Test
    void ofConditionsMayBeOfAnyLength() {
      String some = " FROM (VALUES 1) t(x) WHERE ";
      for (String sql :
          List.of(
              listed("SELECT 1" + some, i -> "x = " + i, " OR ", 15_000, ""),
              listed("SELECT 1" + some, i -> "x <> " + i, " AND ", 15_000, ""),
              listed("SELECT 1" + some, i -> "x = " + i + " AND x < 9", " OR ", 1_000, ""),
              listed("SELECT 1" + some + "x IN (", Integer::toString, ", ", 30_000, ")"),
              listed("SELECT CASE x", i -> " WHEN " + i + " THEN 1", "", 10_000, " END" + some)
                  + "true",
              listed("SELECT coalesce(", i -> "x", ", ", 20_000, ")" + some + "true"))) {
        assertThat(translate(sql).columns()).hasSize(1);
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        ignoreLeadingAndTrailingWhitespace = false,
        value = {
          "SELECT 1~ + 1~",
          "SELECT 'a'~ || 'a'~",
          "SELECT a~.a~",
          "SELECT a~[1]~",
          "SELECT CAST(1 AS int~ array~)",
          "SELECT a~ AT TIME ZONE 'UTC'~",
          "SELECT 1~ UNION ALL SELECT 1~",
          "SELECT 1~ UNION SELECT 1~",
          "SELECT 1~ INTERSECT SELECT 1~",
          "SELECT * FROM a~ CROSS JOIN b~",
          "SELECT * FROM a~ JOIN b ON true~"
        })
    void ofOperatorsAreRefusedWhenTheyAreVeryLong(String head, String part, String tail) {
      refuses(head + part.repeat(10_000) + (tail == null ? "" : tail), HIGH);
    }

    @Test
    void ofOperatorsAreUnderstoodWhenTheyAreLong() {
      for (String sql :
          List.of(
              repeated("SELECT 1", " + 1", 300, ""),
              repeated("SELECT 'a'", " || 'a'", 300, ""),
              repeated("SELECT 1", " UNION ALL SELECT 1", 900, ""),
              repeated("SELECT 1 FROM (VALUES 1) a", " CROSS JOIN (VALUES 1)", 100, ""))) {
        assertThat(translate(sql).columns()).hasSize(1);
      }
      refuses(repeated("SELECT 1", " + 1", 600, ""), HIGH);
    }

    @Test
    void ofNamesAreLookedUpOnce() {
      String name = repeated("a", ".a", 390, "");
      refuses("SELECT " + name + " FROM (VALUES 1) b(x)", "line 1:8: Column '" + name + "' cannot");
      refuses("SELECT " + name + " FROM (VALUES 1) b(a)", "Expression a is not of type ROW");
    }
  }

  @Nested
  class WhatIsPlannedTogether {

    private static final String SUBQUERIES = "subqueries, INTERSECTs and EXCEPTs";
    private static final String ONE = " FROM (VALUES (1, 2)) t(x, y)";

    private void refusesTooMany(String what, String sql) {
      refuses(sql, ": it has too many " + what + " together with what is before; split it");
    }

    @Test
    void isLimited() {
      String subquery = "(SELECT max(z) FROM (VALUES 1) u(z) WHERE z = x)";
      refusesTooMany(SUBQUERIES, listed("SELECT ", i -> subquery, ", ", 5_000, ONE));
      refusesTooMany(SUBQUERIES, repeated("SELECT 1", " INTERSECT SELECT 1", 500, ""));
      refusesTooMany(
          SUBQUERIES, repeated("SELECT 1", " UNION SELECT 1 UNION ALL SELECT 1", 200, ""));
      refusesTooMany(
          "queries", listed("", i -> "SELECT * FROM (SELECT 1)", " UNION ALL ", 800, ""));
      refusesTooMany(
          "queries", listed("WITH ", i -> "a" + i + " AS (SELECT 1)", ", ", 9_000, " SELECT 1"));
      refusesTooMany("joins", repeated("SELECT 1" + ONE, " JOIN (VALUES 1) ON true", 500, ""));
      refusesTooMany(
          "conditions of joins",
          listed("SELECT 1" + ONE + " JOIN (VALUES 1) u(z) ON ", i -> "x = z", " AND ", 9_000, ""));
      refusesTooMany(
          "alternatives of several conditions",
          listed(
              "SELECT 1" + ONE + " WHERE ", i -> "(x = 1 AND y = " + i + ")", " OR ", 9_000, ""));
      refusesTooMany(
          "different windows",
          listed("SELECT ", i -> "sum(x) OVER (ORDER BY x + " + i + ")", ", ", 2_000, ONE));
      refusesTooMany(
          "aggregates of DISTINCT values",
          listed("SELECT ", i -> "count(DISTINCT x + " + i + ")", ", ", 2_000, ONE));
      refusesTooMany(
          "aggregates with FILTER",
          listed("SELECT ", i -> "sum(x) FILTER (WHERE y > " + i + ")", ", ", 2_000, ONE));
    }

    @Test
    void isLimitedInGroupBy() {
      String select = "SELECT count(*)" + ONE + " GROUP BY ";
      IntFunction<String> key = i -> "x + " + i;
      refusesTooMany("grouping keys", listed(select, key, ", ", 20_000, ""));
      refusesTooMany("grouping sets", listed(select + "CUBE (", key, ", ", 30, ")"));
      refusesTooMany("grouping sets", listed(select + "ROLLUP (", key, ", ", 1_000, ")"));
      refusesTooMany("grouping sets", repeated(select + "x", ", ROLLUP (x, y)", 20, ""));
      refusesTooMany("grouping sets", listed(select + "GROUPING SETS (", key, ", ", 2_000, ")"));
      assertThat(translate(listed(select + "CUBE (", key, ", ", 10, ")")).columns()).hasSize(1);
      assertThat(translate(listed(select + "ROLLUP (", key, ", ", 100, ")")).columns()).hasSize(1);
      assertThat(translate(listed(select, key, ", ", 5_000, "")).columns()).hasSize(1);
    }

    @Test
    void isEnoughForLargeStatements() {
      String window = "sum(x) OVER (PARTITION BY y ORDER BY x)";
      for (String sql :
          List.of(
              listed("SELECT ", i -> window, ", ", 3_000, ONE),
              listed("SELECT ", i -> "sum(x + " + i + ")", ", ", 3_000, ONE),
              listed("SELECT ", i -> "CASE WHEN x > " + i + " THEN 1 END", ", ", 2_000, ONE),
              listed("VALUES ", i -> "(" + i + ", 'text', 1.5)", ", ", 10_000, ""),
              listed("WITH a0 AS (SELECT 1 AS x)", i -> "", "", 1, "")
                  + listed("", i -> ", a" + (i + 1) + " AS (SELECT x FROM a" + i + ")", "", 300, "")
                  + " SELECT x FROM a300")) {
        assertThat(translate(sql).columns()).isNotEmpty();
      }
    }

    @Test
    void hasFewUnnestsInOneFrom() {
      String from = "SELECT 1 FROM (VALUES ARRAY[1]) t(x)";
      assertThat(translate(repeated(from, " CROSS JOIN UNNEST(x)", 16, "")).columns()).hasSize(1);
      refuses(
          repeated(from, " CROSS JOIN UNNEST(x)", 17, ""),
          "a FROM with more than 16 joins with UNNEST or LATERAL is not supported");
    }
  }

  @Nested
  class Growth {

    @Test
    void ofColumnsIsLimited() {
      refuses(
          "SELECT *, * FROM (".repeat(40) + "SELECT 1 AS a" + ")".repeat(40),
          "it has more than 10000 columns");
      refuses(
          listed("SELECT ", i -> "*", ", ", 60_000, " FROM (VALUES (1, 2)) t(x, y)"), "columns");
      refuses(listed("SELECT ", i -> "1 AS a", ", ", 25_000, ""), "columns");
      assertThat(translate(listed("SELECT ", i -> "1 AS a", ", ", 9_000, "")).columns())
          .hasSize(9_000);
    }

    @Test
    void ofTypesIsLimited() {
      String rows =
          listed(
              "WITH r0 AS (SELECT 1 AS x)",
              i -> ", r" + (i + 1) + " AS (SELECT ROW(x, x) AS x FROM r" + i + ")",
              "",
              60,
              " SELECT x FROM r60");
      refuses(rows, "the expression is too large");
      String maps =
          listed(
              "WITH r0 AS (SELECT 1 AS x)",
              i -> ", r" + (i + 1) + " AS (SELECT map(ARRAY[x], ARRAY[x]) AS x FROM r" + i + ")",
              "",
              60,
              " SELECT x FROM r60");
      refuses(maps, "the expression is too large");
    }

    @Test
    void ofWhatIsWrittenOutIsLimited() {
      String large = listed("", i -> "x + " + i, " + ", 150, "");
      refuses(
          listed("SELECT " + large + " FROM (VALUES 1) t(x) GROUP BY ", i -> "1", ", ", 9_000, ""),
          "the expression is too large");
      refuses(
          listed("SELECT ", i -> "ARRAY[x][1]", ", ", 5_000, " FROM (VALUES 1) t(x)"),
          "it is too large when its functions");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "SELECT (x, |(1, 'a', 1.5), |1",
        "SELECT 1 |/*|1",
        "SELECT |'\"`|1",
        "SELECT |U&'\\|1",
        "SELECT |9|",
        "SELECT |x,|FROM FROM",
        "SELECT 1 FROM a WHERE |(a = 1 AND b = 2) OR |)",
        "SELECT 1 FROM a WHERE |x IN (1, 2, 3) AND |",
        "|;|",
        "|((|",
        "|))|",
        "SELECT CASE |WHEN a = 1 AND b > 2 THEN 1 |END END"
      })
  void theLongestStatementsOfAnyShapeEndInAnAnswer(String head, String part, String tail) {
    String start = head == null ? "" : head;
    String end = tail == null ? "" : tail;
    int times = (262_144 - start.length() - end.length()) / part.length();
    String sql = start + part.repeat(times) + end;
    assertThatThrownBy(() -> translate(sql))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Cannot run query: ");
  }
}
