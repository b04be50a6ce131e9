package io.lakesdk.catalog;

import static io.lakesdk.schema.DataType.DATE;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which partitions are listed, and what conditions select of them. */
public abstract class PartitionsContract {

  private Lake lake;
  private Catalog catalog;

  /** A new, empty lake. */
  protected abstract Lake open();

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private void publish(Dataset dataset, String load, Map<String, Optional<String>> partition) {
    ObjectInfo info =
        lake.store(dataset.zone())
            .put(dataset.location() + load, new byte[] {1}, PutOptions.defaults());
    try (Draft draft = Publishing.of(lake).begin(dataset, Write.append(), LoadId.of(load))) {
      draft.include(info, Partition.of(partition), OptionalLong.of(1));
      Publishing.of(lake).publish(draft);
    }
  }

  private final DatasetId id = DatasetId.parse("sales.daily");

  @BeforeEach
  void publishSome() {
    lake = open();
    catalog = Catalog.of(lake);
    Dataset dataset =
        Dataset.named("sales.daily")
            .in(Zone.CURATED)
            .column("id", INT)
            .partitionedBy("year", INT)
            .partitionedBy("country", STRING)
            .partitionedBy("day", DATE)
            .build();
    catalog.register(dataset);
    add(dataset, "2001", "DE", "2001-02-03");
    add(dataset, "2001", "O'Land", "2001-12-31");
    add(dataset, "2002", "FR", "2002-01-01");
    add(dataset, null, null, null);
  }

  private void add(Dataset dataset, String year, String country, String day) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    values.put("year", Optional.ofNullable(year));
    values.put("country", Optional.ofNullable(country));
    values.put("day", Optional.ofNullable(day));
    publish(dataset, "load-" + year + day, values);
  }

  private List<String> years(String condition) {
    return catalog.partitions(id).where(condition).list().stream()
        .map(summary -> summary.partition().values().get("year").orElse("NULL"))
        .sorted()
        .toList();
  }

  @Test
  void conditionsSelect() {
    assertThat(catalog.partitions(id).list()).hasSize(4);
    assertThat(years("year = 2001")).containsExactly("2001", "2001");
    assertThat(years("YEAR > 2001 or country = 'O''Land'")).containsExactly("2001", "2002");
    assertThat(years("year between 2001 and 2001 and day < '2001-06-30'")).hasSize(1);
    assertThat(years("NOT (year = 2001)")).containsExactly("2002");
    assertThat(years("not (year = 2001 and country in ('DE', 'FR'))")).hasSize(2);
    assertThat(years("country not in ('DE')")).hasSize(2);
    assertThat(years("day not between '2001-02-03' and '2001-12-31'")).containsExactly("2002");
    assertThat(years("year is null")).containsExactly("NULL");
    assertThat(years("country is not null")).hasSize(3);
    assertThat(years("\"year\" <> 2001 and not not (year != 5)")).containsExactly("2002");
    assertThat(catalog.partitions(id).where("year = 2001").where("country = 'DE'").list())
        .hasSize(1);
  }

  @Test
  void whatIsWrongIsToldWithItsPosition() {
    wrong("month = 1", 1, "month is no partition key; the keys are year, country, day");
    wrong("year = '2001'", 8, "a whole number without quotes is expected for key year of type");
    wrong("country = 5", 11, "a text in single quotes is expected for key country");
    wrong("day = '2001-02-30'", 7, "a date that exists, written 'YYYY-MM-DD', is expected");
    wrong("year = 2001 year", 13, "AND, OR or the end is expected there, and there is year");
    wrong("(year = 1", 10, ") is expected there, and there is the end");
    wrong("year LIKE 'x'", 6, "one of = <> != < <= > >=, BETWEEN, IN or IS NULL is expected");
    wrong("year = 'open", 8, "it is no name, number, text in single quotes, or comparison");
    wrong("", 1, "a partition key is expected there, and there is the end");
    wrong("(".repeat(500) + "year", 101, "more than 100 levels of NOT and parentheses");
  }

  private void wrong(String condition, int position, String reason) {
    assertThatThrownBy(() -> catalog.partitions(id).where(condition))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Cannot select partitions of dataset sales.daily: the condition")
        .hasMessageContaining("at position " + position + ": " + reason);
  }
}
