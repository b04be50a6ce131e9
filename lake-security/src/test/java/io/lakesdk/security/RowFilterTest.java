package io.lakesdk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.error.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void deepNestingIsRefused() {
    String deep = "(".repeat(1_000) + "a = 1" + ")".repeat(1_000);
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> RowFilter.checked(FLIGHTS, deep))
        .withMessageEndingWith("it nests more than 50 deep; use fewer parentheses");
    assertThat(RowFilter.checked(FLIGHTS, "(".repeat(50) + "a = 1" + ")".repeat(50)))
        .startsWith("((");
    assertThat(RowFilter.checked(FLIGHTS, "a = '" + "(".repeat(100) + "'")).endsWith("('");
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
