package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decimals that are wide by their types are computed in 64 bits where the statistics of the files
 * allow it. The answers are the same, the first time and when the statistics are known.
 */
class DecimalStatisticsTest {

  private static final String QUESTION =
      """
      SELECT sum(a * b), sum(a * (1 - b)), sum(a * (1 - b) * (1 + c)), sum(a + b), avg(a * b), \
      max(a * b), min(a * c - b), sum(a * b * c) FROM t.numbers""";

  private static final BigDecimal ONE = BigDecimal.ONE;

  private final Lake lake = Lake.inMemory();
  private final Dataset numbers =
      Dataset.named("t.numbers")
          .in(Zone.CURATED)
          .column("a", DataType.decimal(12, 2))
          .column("b", DataType.decimal(12, 2))
          .column("c", DataType.decimal(10, 4))
          .build();
  private final List<BigDecimal[]> rows = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void allowNarrowArithmetic() throws Exception {
    land("small", 6, 1);

    answersAreExact();
    answersAreExact();
  }

  @Test
  void ofANewFileCount() throws Exception {
    land("small", 3, 1);
    answersAreExact();

    land("large", 12, 5);
    answersAreExact();
    answersAreExact();
  }

  @Test
  void mayBeAtTheEdge() throws Exception {
    // 9 and 9 digits are 18 in the product, the most that 64 bits hold
    land("edge", 9, 3);
    rows.add(
        new BigDecimal[] {
          new BigDecimal("9999999.99"), new BigDecimal("-9999999.99"), new BigDecimal("99999.9999")
        });
    land("most", rows.subList(rows.size() - 1, rows.size()));

    answersAreExact();
    answersAreExact();
  }

  @Test
  void ofColumnsWithNothingInThem() throws Exception {
    Path file = folder.resolve("nothing.parquet");
    try (DuckRunner duck = new DuckRunner()) {
      duck.execute(
          "COPY (SELECT CAST(NULL AS DECIMAL(12,2)) AS a, CAST(1 AS DECIMAL(12,2)) AS b) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    Content.land(lake, numbers, "nothing.parquet", Files.readAllBytes(file));

    for (int i = 0; i < 2; i++) {
      try (Rows answer =
          QueryEngine.of(lake)
              .run(Query.sql("SELECT sum(a * b), sum(b * b), sum(c * b) FROM t.numbers"))) {
        assertThat(answer.asLists().toList().get(0))
            .containsExactly(null, new BigDecimal("1.0000"), null);
      }
    }
  }

  private void land(String name, int digits, int more) throws Exception {
    Random random = new Random(digits);
    List<BigDecimal[]> some = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      some.add(
          new BigDecimal[] {
            number(random, digits, 2), number(random, digits, 2), number(random, more + 4, 4)
          });
    }
    rows.addAll(some);
    land(name, some);
  }

  private static BigDecimal number(Random random, int digits, int scale) {
    long bound = (long) Math.pow(10, Math.min(digits, scale == 2 ? 12 : 10));
    return BigDecimal.valueOf(random.nextLong(-bound + 1, bound), scale);
  }

  private void land(String name, List<BigDecimal[]> some) throws SQLException, IOException {
    Path file = folder.resolve(name + ".parquet");
    try (DuckRunner duck = new DuckRunner()) {
      duck.execute("CREATE TABLE n (a DECIMAL(12,2), b DECIMAL(12,2), c DECIMAL(10,4))");
      for (BigDecimal[] row : some) {
        duck.execute("INSERT INTO n VALUES (%s, %s, %s)".formatted((Object[]) row));
      }
      duck.execute("COPY n TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }
    Content.land(lake, numbers, name + ".parquet", Files.readAllBytes(file));
  }

  private void answersAreExact() {
    BigDecimal ab = BigDecimal.ZERO;
    BigDecimal less = BigDecimal.ZERO;
    BigDecimal both = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal most = null;
    BigDecimal least = null;
    BigDecimal all = BigDecimal.ZERO;
    for (BigDecimal[] row : rows) {
      BigDecimal product = row[0].multiply(row[1]);
      BigDecimal difference = row[0].multiply(row[2]).subtract(row[1]);
      ab = ab.add(product);
      less = less.add(row[0].multiply(ONE.subtract(row[1])));
      both = both.add(row[0].multiply(ONE.subtract(row[1])).multiply(ONE.add(row[2])));
      sum = sum.add(row[0]).add(row[1]);
      most = most == null ? product : most.max(product);
      least = least == null ? difference : least.min(difference);
      all = all.add(product.multiply(row[2]));
    }
    BigDecimal mean = ab.divide(BigDecimal.valueOf(rows.size()), 4, RoundingMode.HALF_UP);
    try (Rows answer = QueryEngine.of(lake).run(Query.sql(QUESTION))) {
      assertThat(answer.asLists().toList().get(0))
          .usingElementComparator((x, y) -> ((BigDecimal) x).compareTo((BigDecimal) y))
          .containsExactly(ab, less, both, sum, mean, most, least, all);
    }
  }
}
