package io.lakesdk.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand statements over one lake leave neither open files nor memory of the process. */
@Tag("slow")
class ManyQueriesTest {

  private static final int STATEMENTS = 10_000;
  private static final int WARM = 2_000;
  private static final Path SELF = Path.of("/proc/self");

  /** The engine's allocator keeps and gives back some. */
  private static final long NOISE_IN_MEGABYTES = 48;

  private static final int NOISE_IN_FILES = 5;

  @TempDir Path folder;

  @Test
  void leaveNothingOpen() {
    assumeTrue(Files.exists(SELF), "this system has no /proc, which tells what a process holds");
    try (ChildJvm child = ChildJvm.startWithFixedHeap(192, ManyQueries.class, folder.toString())) {
      child.awaitSuccess(Duration.ofMinutes(8));
      List<long[]> held =
          child.lines().stream()
              .filter(line -> line.startsWith("holds "))
              .map(line -> Stream.of(line.split(" ")).skip(1).mapToLong(Long::parseLong).toArray())
              .toList();
      assertThat(held).hasSize(2);
      assertThat(held.get(1)[0]).as("open files").isLessThan(held.get(0)[0] + NOISE_IN_FILES);
      assertThat(held.get(1)[1])
          .as("megabytes of the process")
          .isLessThan(held.get(0)[1] + NOISE_IN_MEGABYTES);
    }
  }

  record Order(int id, String note) {}

  /** Reads, stops early and fails, over files of the engine's and of Java's formats. */
  static final class ManyQueries {

    public static void main(String[] arguments) throws IOException {
      try (Lake lake = Lake.at(Path.of(arguments[0]))) {
        List<Order> orders =
            IntStream.range(0, 3000).mapToObj(i -> new Order(i, "note " + i)).toList();
        Dataset.Builder parquet = Dataset.named("shop.orders").in(Zone.CURATED);
        Content.load(lake, parquet.columns(Order.class).build(), Order.class, orders);
        Dataset lines =
            Dataset.named("shop.lines")
                .in(Zone.RAW)
                .format(Format.regex("(\\S+) (\\S+)"))
                .columns(Order.class)
                .build();
        Content.land(lake, lines, "a.log", "1 a\n2 b\n");
        Principal analyst = Principal.role("analyst");
        Security security = Security.of(lake);
        security.grant(Grant.select("id", "note").on("shop.orders").where("id < 2900").to(analyst));
        security.grant(Grant.select().on("shop.lines").to(analyst));
        QueryEngine engine = QueryEngine.of(lake.as(analyst));
        for (int i = 1; i <= STATEMENTS; i++) {
          run(engine, i);
          if (i == WARM || i == STATEMENTS) {
            System.gc();
            System.out.println("holds " + openFiles() + " " + residentMegabytes());
          }
        }
      }
    }

    private static void run(QueryEngine engine, int number) {
      String sql =
          switch (number % 10) {
            case 0 -> "SELECT 10 / (id - :x + 1) FROM orders";
            case 1, 2 -> "SELECT id, note FROM orders WHERE id <> :x";
            case 3 -> "SELECT l.note FROM lines l JOIN orders o ON l.id = o.id WHERE o.id < :x";
            default -> "SELECT count(*), max(note) FROM orders WHERE id >= :x";
          };
      try (Rows rows = engine.run(Query.sql(sql).in("shop").bind("x", number % 900 + 1))) {
        long unused = rows.asLists().limit(number % 10 == 1 ? 1 : Long.MAX_VALUE).count();
      } catch (LakeException divisionByZero) {
        if (number % 10 != 0) {
          throw divisionByZero;
        }
      }
    }

    private static long openFiles() throws IOException {
      try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
        return files.count();
      }
    }

    private static long residentMegabytes() throws IOException {
      return Files.readAllLines(SELF.resolve("status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    }
  }
}
