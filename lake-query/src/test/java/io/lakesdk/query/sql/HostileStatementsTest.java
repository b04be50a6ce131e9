package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.VirtualClock;
import io.lakesdk.error.InvalidDefinitionException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are made to take for ever, or all memory: each is refused, or runs. */
class HostileStatementsTest {

  private static final int MANY = 20_000;

  private static Translation translate(String sql) {
    return new Translator(
            (database, table) -> Optional.empty(),
            "default",
            VirtualClock.at(Instant.parse("2026-01-01T00:00:00Z")))
        .translate(sql, Map.of());
  }

  private static String times(int count, String text) {
    return text.repeat(count);
  }

  private static String joined(int count, String one, String between) {
    return IntStream.range(0, count).mapToObj(i -> one).collect(Collectors.joining(between));
  }

  @Nested
  class Nesting {

    @Test
    void isCountedBeforeTheStatementIsParsed() {
      assertThatThrownBy(() -> translate("SELECT " + times(MANY, "(") + "1" + times(MANY, ")")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot run query: line 1:108: it nests more than 100 deep; use fewer parentheses, or"
                  + " split it with WITH");
    }

    @Test
    void ofBracketsIsCountedToo() {
      assertThatThrownBy(() -> translate("SELECT " + times(MANY, "ARRAY[") + times(MANY, "]")))
          .hasMessageContaining("it nests more than 100 deep");
      assertThatThrownBy(
              () ->
                  translate(
                      "SELECT " + times(2_000, "CASE WHEN true THEN ") + times(2_000, " END")))
          .hasMessageContaining("it nests more than 100 deep");
    }

    @Test
    void inTextAndCommentsIsNone() {
      assertThat(translate("SELECT '" + times(MANY, "(") + "' AS a").columns()).hasSize(1);
      assertThat(translate("SELECT 1 /* " + times(MANY, "(") + " */ AS a").columns()).hasSize(1);
      assertThat(translate("SELECT 1 AS \"" + times(MANY, "(") + "\"").columns()).hasSize(1);
    }

    @Test
    void thatStatementsReallyHaveIsTaken() {
      assertThat(translate("SELECT " + times(30, "(") + "1" + times(30, ")")).columns()).hasSize(1);
      assertThat(translate("SELECT " + times(20, "abs(") + "1" + times(20, ")")).columns())
          .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT ", "- ", "+ "})
    void withoutBracketsIsRefused(String operator) {
      assertThatThrownBy(() -> translate("SELECT " + times(MANY, operator) + "true"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("nest");
    }
  }

  @Nested
  class Chains {

    @ParameterizedTest
    @ValueSource(strings = {"+", "||", "*"})
    void ofOperatorsAreRefused(String operator) {
      String one = operator.equals("||") ? "'a'" : "1";
      assertThatThrownBy(() -> translate("SELECT " + joined(MANY, one, operator)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Cannot run query: ");
    }

    @Test
    void ofAndAreAsLongAsAStatementMayBe() {
      assertThat(translate("SELECT 1 AS a WHERE " + joined(5_000, "1 = 1", " AND ")).columns())
          .hasSize(1);
    }

    @Test
    void ofValuesAreAsLongAsAStatementMayBe() {
      assertThat(translate("SELECT 1 IN (" + joined(MANY, "1", ",") + ") AS a").columns())
          .hasSize(1);
    }

    @Test
    void ofUnionsAreRefused() {
      assertThatThrownBy(() -> translate(joined(10_000, "SELECT 1", " UNION ALL ")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Cannot run query: ");
    }
  }

  @Test
  void whatIsLongerThanAthenaTakesIsNotLookedAt() {
    assertThatThrownBy(() -> translate("SELECT '" + times(262_144, "a") + "'"))
        .hasMessage("Cannot run query: it is 262153 bytes long, and Athena takes 262144 at most");
  }
}
