package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.testing.ChildJvm;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A table of a database may be larger than the heap. */
@Tag("slow")
class LargeTableTest {

  @Test
  void rowsOfADatabaseStream() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      postgres.run(
          "CREATE VIEW large AS SELECT n, repeat('x', 400) AS text FROM generate_series(1, 2000000)"
              + " AS g(n)");
      try (ChildJvm child = ChildJvm.start(Streams.class, Integer.toString(postgres.port()))) {
        child.awaitSuccess(Duration.ofMinutes(3));
        assertThat(child.lines()).contains("rows 2000000");
      }
    }
  }

  /** Reads rows of 800 MB in all in the 256 MB of heap that a child has. */
  static final class Streams {
    record Row(int n, String text) {}

    public static void main(String[] arguments) {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setURL("jdbc:postgresql://localhost:" + arguments[0] + "/postgres");
      database.setUser("postgres");
      try (Lake lake = Lake.inMemory()) {
        Federation.of(lake).register("pg", FederatedSource.jdbc(database));
        Query query = Query.sql("SELECT n, text FROM pg.public.large");
        try (Rows rows = QueryEngine.of(lake).run(query);
            Stream<Row> stream = rows.as(Row.class)) {
          System.out.println("rows " + stream.count());
        }
      }
    }
  }
}
