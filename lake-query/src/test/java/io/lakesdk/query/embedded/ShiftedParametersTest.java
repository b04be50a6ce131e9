package io.lakesdk.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.query.duckdb.SqlText;
import org.junit.jupiter.api.Test;

class ShiftedParametersTest {

  @Test
  void areCountedOnOutsideOfTextsAndNames() {
    assertThat(
            SqlText.shiftParameters(
                "SELECT $1, '$1 ''$2', \"lake$0\", \"a\"\"$3\", $12 FROM \"t$1\" WHERE x = $2", 3))
        .isEqualTo("SELECT $4, '$1 ''$2', \"lake$0\", \"a\"\"$3\", $15 FROM \"t$1\" WHERE x = $5");
  }
}
