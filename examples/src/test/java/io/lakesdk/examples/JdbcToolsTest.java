package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class JdbcToolsTest {

  @Test
  void showsTheAnalystWhatWasGranted() {
    assertThat(QuickStartTest.printed(JdbcToolsTest::run).lines())
        .containsExactly("oven 181.0", "columns: 2");
  }

  private static void run() {
    try {
      JdbcTools.main(new String[0]);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
