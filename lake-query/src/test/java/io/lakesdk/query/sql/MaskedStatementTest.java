package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.query.sql.syntax.MaskedStatement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedStatementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "SELECT 1#SELECT ?",
        "SELECT a1, b_2 FROM t3#SELECT a1, b_2 FROM t3",
        "WHERE x = 'it''s' AND y = -1.5e-3#WHERE x = ? AND y = -?",
        "SELECT \"my 'col' 1\" /* secret */ FROM `it's` WHERE z = 'x'"
            + "#SELECT \"my 'col' 1\"   FROM `it's` WHERE z = ?",
        "SELECT 1 -- 'secret'#SELECT ?",
        "x IN (1,2, .5)#x IN (?,?, ?)",
        "DATE '2024-01-01' + interval '1' day#DATE ? + interval ? day",
        "X'6162' || U&'x'#X? || U&?",
        "SELECT 'open secret#SELECT ?",
        "SELECT :name, ? FROM t LIMIT 10#SELECT :name, ? FROM t LIMIT ?",
        "SELECT 1+2, 0xFF, 1e10#SELECT ?+?, ?, ?",
      })
  void keepsNoValues(String statement, String masked) {
    assertThat(MaskedStatement.of(statement)).isEqualTo(masked);
  }
}
