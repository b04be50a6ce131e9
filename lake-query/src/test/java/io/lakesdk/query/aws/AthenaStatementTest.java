package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How parameters go to Athena. */
class AthenaStatementTest {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("it's", "'it''s'"),
        Arguments.of("", "''"),
        Arguments.of("' OR 1 = 1 --", "''' OR 1 = 1 --'"),
        Arguments.of("\\' ; \n ü 😀", "'\\'' ; \n ü 😀'"),
        Arguments.of(null, "NULL"),
        Arguments.of(true, "TRUE"),
        Arguments.of(false, "FALSE"),
        Arguments.of((byte) -128, "CAST('-128' AS TINYINT)"),
        Arguments.of((short) 7, "CAST('7' AS SMALLINT)"),
        Arguments.of(Integer.MIN_VALUE, "CAST('-2147483648' AS INTEGER)"),
        Arguments.of(Long.MIN_VALUE, "CAST('-9223372036854775808' AS BIGINT)"),
        Arguments.of(1.5f, "CAST('1.5' AS REAL)"),
        Arguments.of(Double.MIN_VALUE, "CAST('4.9E-324' AS DOUBLE)"),
        Arguments.of(Double.NaN, "CAST('NaN' AS DOUBLE)"),
        Arguments.of(Double.NEGATIVE_INFINITY, "CAST('-Infinity' AS DOUBLE)"),
        Arguments.of(new BigDecimal("-10.50"), "CAST('-10.50' AS DECIMAL(4,2))"),
        Arguments.of(new BigDecimal("1E+3"), "CAST('1000' AS DECIMAL(4,0))"),
        Arguments.of(new BigDecimal("0.001"), "CAST('0.001' AS DECIMAL(3,3))"),
        Arguments.of(BigInteger.TEN.pow(20), "CAST('100000000000000000000' AS DECIMAL(21,0))"),
        Arguments.of(new byte[] {0, (byte) 0xff}, "X'00FF'"),
        Arguments.of(LocalDate.of(2024, 2, 29), "DATE '2024-02-29'"),
        Arguments.of(LocalDateTime.of(2024, 1, 2, 3, 4, 5), "TIMESTAMP '2024-01-02 03:04:05.000'"),
        Arguments.of(
            LocalDateTime.of(2024, 1, 2, 3, 4, 5, 6000), "TIMESTAMP '2024-01-02 03:04:05.000006'"),
        Arguments.of(
            Instant.parse("2024-01-02T03:04:05.678Z"), "TIMESTAMP '2024-01-02 03:04:05.678'"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsALiteralOfItsType(Object value, String literal) {
    AthenaStatement statement =
        AthenaStatement.of(Query.sql("SELECT 1 FROM t WHERE x = :value").bind("value", value));

    assertThat(statement.text().strip()).isEqualTo("SELECT 1 FROM t WHERE x = ?");
    assertThat(statement.parameters()).containsExactly(literal);
  }

  @ParameterizedTest
  @MethodSource("values")
  void elsewhereThanInWhereItStandsInTheText(Object value, String literal) {
    AthenaStatement statement =
        AthenaStatement.of(Query.sql("SELECT :value AS x").bind("value", value));

    assertThat(statement.text().replaceAll(" +", " "))
        .isEqualTo("SELECT " + literal.replaceAll(" +", " ") + " AS x");
    assertThat(statement.parameters()).isEmpty();
  }

  @Test
  void parametersKeepTheirOrder() {
    AthenaStatement statement =
        AthenaStatement.of(
            Query.sql(
                    """
                    WITH w AS (SELECT * FROM t WHERE a = :a AND note <> ':a ?')
                    SELECT :b, w.c FROM w JOIN u ON w.c = u.c AND u.d = :b -- :a
                    WHERE w.e BETWEEN :a AND :c AND w.f IN (SELECT f FROM v WHERE g = :b)
                    LIMIT 10""")
                .bind("a", 1)
                .bind("b", "two")
                .bind("c", 3L));

    assertThat(statement.text().replaceAll("[ \n]+", " "))
        .isEqualTo(
            "WITH w AS (SELECT * FROM t WHERE a = ? AND note <> ':a ?') SELECT 'two' , w.c FROM w"
                + " JOIN u ON w.c = u.c AND u.d = 'two' -- :a WHERE w.e BETWEEN ? AND ? AND w.f IN"
                + " (SELECT f FROM v WHERE g = ? )"
                + " LIMIT 10");
    assertThat(statement.parameters())
        .containsExactly(
            "CAST('1' AS INTEGER)", "CAST('1' AS INTEGER)", "CAST('3' AS BIGINT)", "'two'");
    assertThat(statement.subject()).hasToString("query over default.t, default.u, default.v");
  }

  @Test
  void aListIsAnArrayOfItsElements() {
    AthenaStatement statement =
        AthenaStatement.of(
            Query.sql("SELECT 1 FROM t WHERE contains(:list, x)")
                .bind("list", Arrays.asList("a", "it's", null)));

    assertThat(statement.text().replaceAll(" +", " "))
        .isEqualTo("SELECT 1 FROM t WHERE contains(ARRAY[?, ?, ?] , x)");
    assertThat(statement.parameters()).containsExactly("'a'", "'it''s'", "NULL");
    assertThat(
            AthenaStatement.of(
                    Query.sql("SELECT 1 FROM t WHERE contains(:list, x)").bind("list", List.of()))
                .text())
        .contains("ARRAY[]");
  }

  @Test
  void whatIsTooLongForAParameterStandsInTheText() {
    String most = "x".repeat(1022);
    Query query = Query.sql("SELECT 1 FROM t WHERE x = :value");

    assertThat(AthenaStatement.of(query.bind("value", most)).parameters())
        .containsExactly("'" + most + "'");
    AthenaStatement longer = AthenaStatement.of(query.bind("value", most + "'"));
    assertThat(longer.parameters()).isEmpty();
    assertThat(longer.text()).contains("= '" + most + "'''");
  }

  @Test
  void whatCannotBeSaidExactlyIsRefused() {
    Query query = Query.sql("SELECT :v AS x");
    assertThatThrownBy(() -> AthenaStatement.of(query.bind("v", "\ud83d")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("half of a surrogate pair");
    assertThatThrownBy(() -> AthenaStatement.of(query.bind("v", LocalDate.of(10_000, 1, 1))))
        .hasMessageContaining("whose year has not four digits");
    assertThatThrownBy(() -> AthenaStatement.of(query.bind("v", new Object())))
        .hasMessageContaining("the parameter :v is a Object, which is not supported");
    assertThatThrownBy(() -> AthenaStatement.of(query))
        .hasMessage("Cannot run query: the parameter :v has no value; bind one");
    assertThatThrownBy(() -> AthenaStatement.of(Query.sql("SELECT ?")))
        .hasMessage("Cannot run query: the parameter 1 has no value; bind one");
  }

  @Test
  void questionMarksTakeValuesInTheirOrder() {
    AthenaStatement statement =
        AthenaStatement.of(
            Query.sql("SELECT ?, '?' FROM t -- ?\n WHERE a = ? AND b = ? LIMIT 5")
                .bindAll("x", 2L, List.of("y", "z")));

    assertThat(statement.text())
        .isEqualTo("SELECT 'x', '?' FROM t -- ?\n WHERE a = ? AND b = ARRAY[?, ?] LIMIT 5");
    assertThat(statement.parameters()).containsExactly("CAST('2' AS BIGINT)", "'y'", "'z'");
  }
}
