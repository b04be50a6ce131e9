package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Statements with the answers of a real Trino. What runs must answer the same; what is not
 * supported yet must be refused.
 */
class AthenaCasesTest {

  /** How many were right when this was last raised. */
  private static final int AT_LEAST = 220;

  @Test
  void answersAreTrinosOrTheStatementIsRefused() throws IOException, SQLException {
    AthenaCases cases = new AthenaCases(false).run("/athena/cases.json");
    List<String> wrong = new ArrayList<>(cases.wrong());
    if (Boolean.getBoolean("lake.report")) {
      wrong.addAll(cases.refused());
      wrong.add("right: " + cases.right());
    }
    assertThat(wrong).isEmpty();
    assertThat(cases.right()).isGreaterThanOrEqualTo(AT_LEAST);
  }

  /** Each function and clause, with the types to the letter; rows come in any order. */
  @Test
  void answersAndTypesAreTrinos() throws IOException, SQLException {
    AthenaCases cases = new AthenaCases(true).run("/athena/more-cases.json");
    assertThat(cases.wrong()).isEmpty();
    assertThat(cases.refused()).isEmpty();
  }

  /**
   * Statements of all kinds, with the place and the words of errors that are found before anything
   * runs.
   */
  @Test
  void answersAndErrorsAreTrinos() throws IOException, SQLException {
    AthenaCases cases = new AthenaCases(true).run("/athena/oracle-cases.json");
    assertThat(cases.wrong()).isEmpty();
    assertThat(cases.refused()).isEmpty();
  }
}
