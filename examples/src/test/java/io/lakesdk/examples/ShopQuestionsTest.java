package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ShopQuestionsTest {

  @Test
  void joinsADatabaseAndJavaWithTheLake() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      DataSource shop = server.getPostgresDatabase();
      try (Connection connection = shop.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE orders (customer bigint, article text, pieces int, address text)");
        statement.execute(
            "INSERT INTO orders VALUES (1, 'mug', 2, 'here'), (1, 'hat', 1, 'there'), (2, 'mug', 1,"
                + " NULL), (3, 'hat', 1, NULL), (2, 'hat', -1, NULL)");
      }
      assertThat(QuickStartTest.printed(() -> ShopQuestions.answer(shop)).lines())
          .containsExactly(
              "Answer[customer=1, visits=2, cents=3290]",
              "Answer[customer=2, visits=1, cents=650]");
    }
  }
}
