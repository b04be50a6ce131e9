package io.lakesdk.security.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.Principal;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.security.Grant;
import org.junit.jupiter.api.Test;

class CellsFilterTest {

  private static CellsFilter filter(String rows) {
    return CellsFilter.of(
        (Grant.Select) Grant.select("a").on("s.t").where(rows).to(Principal.role("analyst")));
  }

  private static void refused(String rows, String reason) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> filter(rows))
        .withMessage(
            "Cannot filter rows of dataset s.t: in the row filter, "
                + reason
                + "; keep the condition in a column, or open the lake with"
                + " AwsSettings...lakeFormation(OFF)");
  }

  @Test
  void conditionsAreWrittenPlainly() {
    assertThat(filter("a = 'O''Hare' /* the airport */ and not b != 1").expression())
        .isEqualTo("((a = 'O''Hare') AND (NOT (b <> 1)))");
    assertThat(filter("city = 'Zürich' OR n BETWEEN -1 AND 2.50").expression())
        .isEqualTo("((city = 'Zürich') OR (n BETWEEN -1 AND 2.50))");
    assertThat(filter("\"Two words\" IN ('x', 'y') AND active = true").expression())
        .isEqualTo("((\"Two words\" IN ('x', 'y')) AND (active = true))");
    assertThat(filter("address.city LIKE 'S%' AND c IS NOT NULL").expression())
        .isEqualTo("((address.city LIKE 'S%') AND (c IS NOT NULL))");
  }

  @Test
  void theNameTellsGrantsApart() {
    assertThat(filter("a = 1").name()).isEqualTo(filter("a = 1").name());
    assertThat(filter("a = 1").name()).isNotEqualTo(filter("a = 2").name());
  }

  @Test
  void whatLakeFormationDoesNotKnowIsRefused() {
    refused(
        "a = 1 AND day > DATE '2026-01-01'",
        "it has a date at line 1, column 17, and Lake Formation knows no dates");
    refused(
        "at < TIMESTAMP '2026-01-01 00:00:00'",
        "it has a timestamp at line 1, column 6, and Lake Formation knows no timestamps");
    refused(
        "a LIKE '10!%' ESCAPE '!'",
        "it has ESCAPE at line 1, column 3, and Lake Formation knows no ESCAPE");
  }

  @Test
  void aFilterThatGrowsTooLongIsRefused() {
    refused(
        "a=1" + " or a=1".repeat(280),
        "written as Lake Formation wants it, it has 3089 characters, and at most 2,047 are"
            + " allowed");
  }
}
