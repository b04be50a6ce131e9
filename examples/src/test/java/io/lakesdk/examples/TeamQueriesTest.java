package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TeamQueriesTest {

  @Test
  void showsTheOwnerWhatTheTeamAskedAndWhatItCosts() {
    String hottest = "SELECT max(celsius) AS celsius FROM plant.readings WHERE sensor <> ?";
    assertThat(QuickStartTest.printed(() -> TeamQueries.main(new String[0])).lines())
        .containsExactly(
            "[{celsius=181.0}] COMPUTED",
            "[{celsius=181.0}] REUSED",
            "refused",
            "role analyst FAILED TABLE plant.readings $0.000000",
            "role analyst SUCCEEDED " + hottest + " $0.000000",
            "role analyst SUCCEEDED " + hottest + " $0.000048");
  }
}
