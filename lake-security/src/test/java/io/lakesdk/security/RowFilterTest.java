package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTest {

  private static final DatasetId FLIGHTS = DatasetId.parse("aviation.flights");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "origin = 'SEA'",
        "origin <> 'SEA' AND delay_minutes >= -10",
        "NOT (year = 2001 OR month IN (1, 2, 3))",
        "delay_minutes BETWEEN 0 AND 1.5e3",
        "origin LIKE 'S%' AND destination NOT LIKE 'P!_%' ESCAPE '!'",
        "origin IS NOT NULL AND destination IS NULL",
        "cancelled = true",
        "carrier.name = 'x'",
        "\"odd name\" != 0.5",
        "departed_at >= TIMESTAMP '2001-01-01 00:00:00' AND day < DATE '2002-01-01'"
      })
  void comparisonsOfAColumnWithAConstantAreTaken(String filter) {
    assertThat(RowFilter.checked(FLIGHTS, "  " + filter + "\n")).isEqualTo(filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lower(origin) = 'sea'|the function lower at line 1, column 1",
        "origin = 'SEA' AND rand() < 0.5|the function rand at line 1, column 20",
        "departed_at < now()|the function now at line 1, column 15",
        "day = current_date|an expression of the sort 'current time' at line 1, column 7",
        "who = current_user|an expression of the sort 'current user' at line 1, column 7",
        "id IN (SELECT id FROM other.place)|a subquery at line 1, column 4",
        "id = (SELECT max(id) FROM t)|a subquery at line 1, column 6",
        "EXISTS (SELECT 1)|an expression of the sort 'exists' at line 1, column 1",
        "id = ALL (SELECT 1)|an expression of the sort 'quantified comparison' at line 1, column 4",
        "origin = ?|a parameter at line 1, column 10; write the value",
        "origin = destination|a column where a constant is due at line 1, column 10",
        "'SEA' = origin|a constant where a column is due at line 1, column 1; write the column first",
        "1 = 1|a constant where a column is due at line 1, column 1",
        "true|a constant alone at line 1, column 1; compare a column with it; leave .where(...) out",
        "cancelled|a column alone at line 1, column 1; compare it, as in active = true",
        "origin = NULL|a comparison with NULL, which never holds at line 1, column 10; write IS NULL",
        "delay + 1 > 5|an expression of the sort 'arithmetic binary' at line 1, column 7",
        "CAST(day AS date) = DATE '2001-01-01'|an expression of the sort 'cast' at line 1, column 1",
        "origin IS DISTINCT FROM 'SEA'|IS DISTINCT FROM at line 1, column 8",
        "origin LIKE destination|a pattern that is not a text in quotes at line 1, column 13",
        "tags[1] = 'x'|an expression of the sort 'subscript' at line 1, column 1",
        "CASE WHEN a = 1 THEN true END|an expression of the sort 'searched case'",
        "try(a) = 1|an expression of the sort 'try'",
        "a = 1 OR b = x -> x|an expression of the sort 'lambda' at line 1, column 14"
      })
  void everythingElseIsRefusedByName(String filter, String what) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, filter))
        .withMessageStartingWith(
            "Cannot filter rows of dataset aviation.flights: in the row filter, it has " + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "origin = |line 1, column 9",
        "origin = 'SEA|line 1, column 10",
        "origin = 'SEA'; DROP TABLE x|line 1, column 15",
        "SELECT 1|line 1, column 1",
        "origin = 'SEA') OR (1 = 1|line 1, column 15"
      })
  void whatIsNoExpressionIsRefusedWithItsPosition(String filter, String position) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, filter))
        .withMessageContaining("it cannot be read as a condition from " + position + " on")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SEA"));
  }

  @Test
  void emptyAndOverlongFiltersAreRefused() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, " \n"))
        .withMessageEndingWith("it is empty; leave .where(...) out to grant all rows");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, "a = '" + "x".repeat(2_042) + "'"))
        .withMessageEndingWith("it has 2048 characters; Lake Formation takes at most 2,047");
    assertThat(RowFilter.checked(FLIGHTS, "a = '" + "x".repeat(2_041) + "'")).hasSize(2_047);
  }

  @Test
  void aCommentMustNotSwallowWhatFollowsTheFilter() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, "a = 1 -- and so on"))
        .withMessageEndingWith("it ends in a comment; leave that out");
    assertThat(RowFilter.checked(FLIGHTS, "a /* the first */ = 1")).contains("first");
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "a = 1" + ")".repeat(depth);
  }

  static Stream<Arguments> deepFilters() {
    return Stream.of(
        Arguments.of(nested(33), "line 1, column 33"),
        Arguments.of(nested(1_000), "line 1, column 33"),
        Arguments.of("b = 1\n  AND " + nested(33), "line 2, column 39"),
        Arguments.of("b = 'it''s (((' AND " + nested(33), "line 1, column 53"),
        Arguments.of("b = 1 /* it's */ AND " + nested(33), "line 1, column 54"),
        Arguments.of("b = 1 -- \"'(\nAND " + nested(33), "line 2, column 37"),
        Arguments.of("\"it's\" = 1 AND " + nested(33), "line 1, column 48"),
        Arguments.of(")".repeat(40) + nested(33), "line 1, column 73"),
        Arguments.of("a = 'open " + nested(33), "line 1, column 43"),
        Arguments.of("a = /* open " + nested(33), "line 1, column 45"),
        Arguments.of("a[".repeat(33) + "1" + "]".repeat(33) + " = 1", "line 1, column 66"),
        Arguments.of("case when ".repeat(33) + "a = 1", "line 1, column 321"),
        Arguments.of("NOT ".repeat(33) + "a = 1", "line 1, column 129"),
        Arguments.of("NOT (".repeat(32) + "NOT a = 1" + ")".repeat(32), "line 1, column 161"),
        Arguments.of("a" + ".b".repeat(33) + " = 1", "line 1, column 1"));
  }

  @ParameterizedTest
  @MethodSource("deepFilters")
  void deepNestingIsRefusedWithItsPosition(String filter, String position) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, filter))
        .withMessageEndingWith(
            "it nests more than 32 deep at " + position + "; use fewer parentheses and NOTs");
  }

  static Stream<String> shallowFilters() {
    String brackets = "([".repeat(100);
    return Stream.of(
        nested(32),
        "NOT ".repeat(32) + "a = 1",
        "(a = 1) OR ".repeat(150) + "(a = 1)",
        "a" + ".b".repeat(32) + " = 1",
        "a = '" + brackets + "'",
        "a = 'it''s " + brackets + "'",
        "\"a" + brackets + "\" = 1",
        "a /* " + brackets + " */ = 1",
        "a -- " + brackets + "\n = 1",
        "a /* ' */ = '" + brackets + "' /* ' */ AND b = 1");
  }

  @ParameterizedTest
  @MethodSource("shallowFilters")
  void textsNamesAndCommentsDoNotCountAsNesting(String filter) {
    assertThat(RowFilter.checked(FLIGHTS, filter)).isEqualTo(filter);
  }

  @Test
  void theBuilderChecksAtOnce() {
    Grant.From from = Grant.select().on("a.b");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> from.where("random() > 0"));
    assertThat(from.where("x > 0").to(Principal.user("ada")))
        .hasToString("Grant.select().on(\"a.b\").where(\"x > 0\").to(Principal.user(\"ada\"))");
  }
}
