package io.lakesdk.query.embedded;

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

/** A result may be larger than the heap. */
@Tag("slow")
class StreamingMemoryTest {

  @Test
  void rowsAreReadInMemoryThatDoesNotGrowWithTheirNumber() throws Exception {
    try (ChildJvm child = ChildJvm.start(Streams.class)) {
      child.awaitSuccess(Duration.ofMinutes(3));
      assertThat(child.lines()).contains("rows 9000000");
    }
  }

  /** Reads rows of 700 MB in all in the 256 MB of heap that a child has. */
  static final class Streams {
    record Row(long x, String text) {}

    public static void main(String[] arguments) {
      String sql =
          "SELECT a.x * 3000 + b.x AS x, concat('a text that is long enough to be noticed ',"
              + " CAST(a.x AS varchar)) AS text FROM UNNEST(sequence(1, 3000)) AS a(x),"
              + " UNNEST(sequence(1, 3000)) AS b(x)";
      try (Lake lake = Lake.inMemory();
          Rows rows = QueryEngine.of(lake).run(Query.sql(sql));
          Stream<Row> stream = rows.as(Row.class)) {
        System.out.println("rows " + stream.count());
      }
    }
  }
}
