package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.OtherReaders;
import io.lakesdk.emulator.TestAws;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What this SDK publishes is read by pyarrow, from what Glue says alone, and by the AWS CLI. */
@ExtendWith(TestAws.Fresh.class)
class OtherReadersEmulatorIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Lake lake = Lake.inMemory();

  @BeforeEach
  void open() {
    lake = TestAws.lake();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /** Values of every sort that the formats have in common. */
  record Order(
      int id,
      @Nullable String note,
      @Nullable BigDecimal price,
      @Nullable LocalDate day,
      @Nullable LocalDateTime at,
      @Nullable Double weight,
      @Nullable Boolean paid) {}

  /** The same without text. */
  record Figures(
      int id, @Nullable LocalDate day, @Nullable LocalDateTime at, @Nullable Double weight) {}

  /** With a partition key. */
  record Sale(int id, String note, @Nullable String country) {}

  private static URI endpoint() {
    return Emulator.moto().endpoint();
  }

  private static Dataset.Builder dataset(Format format) {
    return Dataset.named("sales.orders").in(Zone.CURATED).format(format);
  }

  private static List<List<@Nullable String>> others(String table) {
    String printed =
        OtherReaders.python(
            endpoint(), OtherReadersEmulatorIT.class, "read_table.py", "sales", table);
    try {
      return JSON.readValue(printed, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new AssertionError(printed, e);
    }
  }

  private static JsonNode awsCli(String... words) {
    try {
      return JSON.readTree(OtherReaders.awsCli(endpoint(), words));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Order> orders() {
    return List.of(
        new Order(
            1,
            "a, \"b\" and c\\d",
            new BigDecimal("12.50"),
            LocalDate.of(2001, 2, 3),
            LocalDateTime.of(2001, 2, 3, 4, 5, 6, 789_000_000),
            0.25,
            true),
        new Order(2, "größe 注文", null, null, null, null, false),
        new Order(3, null, null, null, null, null, null));
  }

  @Test
  void parquet() {
    Content.load(lake, dataset(Format.PARQUET).columns(Order.class).build(), Order.class, orders());
    assertThat(others("orders"))
        .hasToString(
            "[[1, a, \"b\" and c\\d, 12.50, 2001-02-03, 2001-02-03 04:05:06.789000, 0.25, true],"
                + " [2, größe 注文, null, null, null, null, false],"
                + " [3, null, null, null, null, null, null]]");
  }
}
