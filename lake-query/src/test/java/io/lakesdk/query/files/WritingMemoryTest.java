package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.testing.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What files that Java writes need: memory that does not grow with the rows, and libraries. */
@Tag("slow")
class WritingMemoryTest {

  private static void run(Lake lake, String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("shop"))) {
      rows.asLists().forEach(row -> System.out.println(row));
    }
  }

  @Test
  void rowsAreWrittenInMemoryThatDoesNotGrowWithTheirNumber() throws Exception {
    try (ChildJvm child = ChildJvm.startWithHeap(64, Writes.class)) {
      child.awaitSuccess(Duration.ofMinutes(2));
      assertThat(child.lines()).contains("[80000, 80000, 80000]");
    }
  }

  /** Writes texts of 80 MB in each format, in 64 MB of heap. */
  static final class Writes {
    public static void main(String[] arguments) {
      try (Lake lake = Lake.inMemory()) {
        for (String format : List.of("AVRO", "ORC", "TEXTFILE")) {
          run(
              lake,
              "CREATE TABLE "
                  + format.toLowerCase(Locale.ROOT)
                  + " WITH (format = '"
                  + format
                  + "', write_compression = 'SNAPPY') AS SELECT a.x AS x,"
                  + " rpad(CAST(b.x AS varchar), 1000, 'text ') AS text FROM"
                  + " UNNEST(sequence(1, 200)) AS a(x), UNNEST(sequence(1, 400)) AS b(x)");
        }
        run(
            lake,
            "SELECT (SELECT count(*) FROM avro), (SELECT count(*) FROM orc), (SELECT count(*) FROM"
                + " textfile)");
      }
    }
  }

  @Test
  void withoutApacheOrcNothingOfItIsWritten() throws Exception {
    try (ChildJvm child = ChildJvm.startWithout("orc-", WithoutOrc.class)) {
      child.awaitSuccess(Duration.ofMinutes(2));
      assertThat(child.lines())
          .contains(
              "Cannot write dataset shop.t: its files are ORC, which Apache ORC writes; add"
                  + " org.apache.orc:orc-core and orc-format with the classifier nohive to the"
                  + " class path",
              "[1]");
    }
  }

  /** Tries to write ORC, and then writes Avro. */
  static final class WithoutOrc {
    public static void main(String[] arguments) {
      try (Lake lake = Lake.inMemory()) {
        try {
          run(lake, "CREATE TABLE t WITH (format = 'ORC') AS SELECT 1 AS x");
        } catch (InvalidDefinitionException e) {
          System.out.println(e.getMessage());
        }
        run(lake, "CREATE TABLE t WITH (format = 'AVRO') AS SELECT 1 AS x");
        run(lake, "SELECT x FROM t");
      }
    }
  }
}
