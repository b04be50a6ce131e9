package io.lakesdk.query.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.query.sql.Condition;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.storage.LocalFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions of every shape are answered from the chosen row groups as from the table itself. */
@Tag("slow")
class RandomConditionsTest {

  private static final int GROUPS = 30;
  private static final int ROWS = 2048;
  private static final int CONDITIONS = 1500;
  private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

  @TempDir Path folder;
  private final Map<String, DataType> types = new LinkedHashMap<>();
  private Connection duck;

  @BeforeEach
  void write() throws SQLException {
    types.put("id", Primitive.BIGINT);
    types.put("few", Primitive.INT);
    types.put("gone", Primitive.INT);
    types.put("price", new DecimalType(12, 2));
    types.put("wide", new DecimalType(30, 2));
    types.put("weight", Primitive.DOUBLE);
    types.put("ratio", Primitive.FLOAT);
    types.put("word", Primitive.STRING);
    types.put("day", Primitive.DATE);
    types.put("at", Primitive.TIMESTAMP);
    types.put("flag", Primitive.BOOLEAN);
    duck = DriverManager.getConnection("jdbc:duckdb:");
    execute(
        """
        CREATE TABLE t AS SELECT i AS id, (g %% 7)::INTEGER AS few,
          CASE WHEN g %% 3 = 0 OR i %% 5 = 0 THEN NULL ELSE g END::INTEGER AS gone,
          ((g - 15) * 1000 + i %% 100)::DECIMAL(12, 2) / 4 AS price_,
          ((g - 15) * 1000 + i %% 100)::DECIMAL(30, 2) AS wide,
          CASE WHEN g %% 4 = 1 AND i %% 500 = 0 THEN 'NaN'::DOUBLE WHEN g %% 4 = 2 AND i %% 9 = 0 THEN NULL
            ELSE ((g - 10) * 1.5)::DOUBLE END AS weight,
          CASE WHEN g = 5 AND i %% 1000 = 0 THEN 'Infinity'::FLOAT WHEN g = 6 THEN '-0.0'::FLOAT
            ELSE ((g - 6) / 10)::FLOAT END AS ratio,
          CASE WHEN g = 9 THEN '' WHEN g = 8 THEN 'é' || i %% 10
            ELSE chr((97 + g %% 20)::INTEGER) || repeat('x', (i %% 400)::INTEGER) END AS word,
          DATE '1970-01-01' + (g - 15)::INTEGER AS day,
          TIMESTAMP '1970-01-01' + INTERVAL 1 HOUR * (g - 15) + INTERVAL 1 MILLISECOND * (i %% 50)
            AS at,
          CASE WHEN g %% 5 = 0 THEN true WHEN g %% 5 = 1 THEN NULL ELSE g %% 2 = 0 END AS flag
        FROM (SELECT r AS i, r // %d AS g FROM range(%d) t(r))"""
            .formatted(ROWS, ROWS * GROUPS));
    execute("ALTER TABLE t ALTER price_ TYPE DECIMAL(12, 2)");
    execute("ALTER TABLE t RENAME price_ TO price");
    execute("SET preserve_insertion_order = true");
    execute("SET threads = 1");
    execute("COPY t TO '" + file("whole") + "' (FORMAT parquet, ROW_GROUP_SIZE " + ROWS + ")");
  }

  @AfterEach
  void close() throws SQLException {
    duck.close();
  }

  private Path file(String name) {
    return folder.resolve(name + ".parquet");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private String answer(String from, String where) throws SQLException {
    String sql = "SELECT count(*), sum(id), min(id), max(id) FROM " + from + " WHERE " + where;
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1)
          + " "
          + rows.getString(2)
          + " "
          + rows.getString(3)
          + " "
          + rows.getString(4);
    }
  }

  private SourceTable table() {
    List<SourceColumn> columns = new ArrayList<>();
    types.forEach(
        (name, type) ->
            columns.add(
                new SourceColumn(
                    name, type, SourceColumn.Use.DATA, SourceColumn.Visibility.VISIBLE)));
    return new SourceTable("t", columns, "handle");
  }

  @Test
  void answerAsTheTable() throws Exception {
    byte[] whole = Files.readAllBytes(file("whole"));
    List<Column> columns = new ArrayList<>();
    types.forEach((name, type) -> columns.add(Column.of(name, type)));
    Translator translator =
        new Translator(
            (database, name) -> Optional.empty(), "", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    Random random = new Random(20_261_125);
    SourceTable table = table();
    int smaller = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      String text = condition(random, 3);
      Condition condition = translator.predicate(text, table);
      LocalFiles.Selected selected =
          PartialFile.select(whole, new ParquetChunks(columns, condition.rows()));
      smaller += selected.end().hasRemaining() ? 1 : 0;
      PartialFile.write(whole, selected, file("parts" + i));
      assertThat(answer("read_parquet('" + file("parts" + i) + "')", condition.sql()))
          .as(text)
          .isEqualTo(answer("t", condition.sql()));
      Files.delete(file("parts" + i));
    }
    assertThat(smaller).isGreaterThan(CONDITIONS / 4);
  }

  private static String condition(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      String left = condition(random, depth - 1);
      String right = condition(random, depth - 1);
      return switch (random.nextInt(5)) {
        case 0 -> "(" + left + " OR " + right + ")";
        case 1 -> "NOT " + "(" + left + ")";
        default -> "(" + left + " AND " + right + ")";
      };
    }
    List<String> columns =
        List.of(
            "id", "few", "gone", "price", "wide", "weight", "ratio", "word", "day", "at", "flag");
    String column = columns.get(random.nextInt(columns.size()));
    return switch (random.nextInt(8)) {
      case 0 -> column + " IS NULL";
      case 1 -> column + " IS NOT NULL";
      case 2 ->
          column + " BETWEEN " + constant(column, random) + " AND " + constant(column, random);
      case 3 ->
          column
              + " IN ("
              + constant(column, random)
              + ", "
              + constant(column, random)
              + (random.nextBoolean() ? ")" : ", NULL)");
      case 4 -> constant(column, random) + operator(random) + column;
      default -> column + operator(random) + constant(column, random);
    };
  }

  private static String operator(Random random) {
    return " " + OPERATORS.get(random.nextInt(OPERATORS.size())) + " ";
  }

  private static String constant(String column, Random random) {
    int group = random.nextInt(GROUPS + 4) - 2;
    String fraction = List.of("", ".5", ".25", ".0", "e0").get(random.nextInt(5));
    return switch (column) {
      case "id" -> Integer.toString(Math.max(0, group * ROWS + random.nextInt(3) - 1));
      case "few", "gone" -> Math.max(0, group % 9) + (fraction.equals("e0") ? "" : fraction);
      case "price", "wide" -> Math.max(0, (group - 15) * 250) + fraction;
      case "weight" -> Math.max(0, group - 10) + fraction;
      case "ratio" ->
          random.nextInt(4) == 0
              ? "0." + Math.max(0, group % 10)
              : random.nextInt(4) == 0 ? "infinity()" : "0.2e0";
      case "word" ->
          random.nextInt(5) == 0
              ? List.of("''", "'é'", "'é5'", "'A'", "'zz'").get(random.nextInt(5))
              : "'" + (char) ('a' + random.nextInt(22)) + "x".repeat(random.nextInt(3)) + "'";
      case "day" ->
          "DATE '19"
              + (group < 15 ? "69-12-" + (17 + group) : "70-01-" + twoDigits(group - 14))
              + "'";
      case "at" ->
          "TIMESTAMP '1970-01-01 "
              + twoDigits(Math.max(0, group) % 24)
              + ":00:00.0"
              + twoDigits(random.nextInt(50))
              + "'";
      default -> random.nextBoolean() ? "true" : "false";
    };
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
