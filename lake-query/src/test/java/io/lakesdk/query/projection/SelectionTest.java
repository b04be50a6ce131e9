package io.lakesdk.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.PartitionFilter.Or;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.publish.draft.PartitionCheck;
import io.lakesdk.schema.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  private static final Instant NOW = Instant.parse("2024-02-29T10:20:30Z");

  private static Dataset dataset(DataType type, Map<String, String> properties) {
    return Dataset.named("a.b")
        .in(Zone.RAW)
        .format(Format.JSON_LINES)
        .partitionedBy("k", type)
        .projecting(properties)
        .build();
  }

  private static Properties properties(String format, String range, String interval, String unit) {
    return new Properties(
        dataset(
            DataType.STRING,
            Map.of(
                "projection.k.format", format,
                "projection.k.range", range,
                "projection.k.interval", interval,
                "projection.k.interval.unit", unit)));
  }

  private static List<String> all(KeyValues values) {
    return LongStream.range(0, values.count()).mapToObj(values::value).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yyyy-MM | 2023-11,2024-02 | 1 | MONTHS | 2023-11 2023-12 2024-01 2024-02
          yyyy-MM | 2023-11,2024-02 | 2 | months | 2023-11 2024-01
          yyyy-MM-dd | 2024-01-31,2024-04-30 | 1 | MONTHS | 2024-01-31 2024-02-29 2024-03-31 2024-04-30
          yyyy-MM-dd | NOW-2DAYS, NOW | 1 | DAYS | 2024-02-27 2024-02-28 2024-02-29
          yyyyMMdd | NOW - 1 WEEK ,NOW + 1 WEEKS | 1 | WEEKS | 20240222 20240229 20240307
          yyyy | NOW-1YEAR,NOW+1YEAR | 1 | YEARS | 2023 2024 2025
          HH:mm | NOW-2MINUTES,NOW | 1 | MINUTES | 10:18 10:19 10:20
          yyyy-MM-dd'T'HH | 2024-01-01T22,2024-01-02T01 | 1 | HOURS | 2024-01-01T22 2024-01-01T23 2024-01-02T00 2024-01-02T01
          yyyy-MM-dd | 2024-01-02,2024-01-01 | 1 | DAYS | ''
          """)
  void datesOfARange(String format, String range, String interval, String unit, String expected) {
    List<String> values = all(DateValues.of(properties(format, range, interval, unit), "k", NOW));
    assertThat(String.join(" ", values)).isEqualTo(expected);
  }

  @Test
  void aMomentThatIsWrittenAsTheOneBeforeIsOneValue() {
    DateValues hours =
        DateValues.of(properties("yyyy-MM-dd", "2024-01-01,2024-01-02", "6", "HOURS"), "k", NOW);
    Layout.Key key = new Layout.Key("k", Layout.Kind.TEXT);
    assertThat(new Selection(key, hours, 100).in(Domain.ALL))
        .hasValue(List.of("2024-01-01", "2024-01-02"));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd,TEXT,true",
    "yyyy/MM/dd/HH,TEXT,true",
    "yyyyMMdd,INTEGER,true",
    "yyyy-MM-dd,INTEGER,false",
    "dd-MM-yyyy,TEXT,false",
    "yyyy-M-d,TEXT,false",
    "yyyy-MMM,TEXT,false",
    "yyyy-dd,TEXT,false"
  })
  void theOrderOfDatesIsKnownFromTheirFormat(String format, Layout.Kind kind, boolean ordered) {
    DateValues values =
        new DateValues(
            java.time.LocalDateTime.of(2024, 1, 1, 0, 0),
            10,
            1,
            java.time.temporal.ChronoUnit.DAYS,
            java.time.format.DateTimeFormatter.ofPattern(format, java.util.Locale.ENGLISH),
            format);
    assertThat(values.isOrdered(kind)).isEqualTo(ordered);
  }

  @Test
  void aLongRangeIsSearchedAndNotCounted() {
    IntegerValues all = new IntegerValues(-100, Long.MAX_VALUE - 200, 1, 1);
    Layout.Key key = new Layout.Key("k", Layout.Kind.INTEGER);
    PartitionFilter ends =
        new Or(
            List.of(
                new Compare("k", Operator.EQUAL, Long.MAX_VALUE - 200),
                new Compare("k", Operator.EQUAL, Long.MAX_VALUE),
                new Compare("k", Operator.EQUAL, -7L),
                new And(
                    List.of(
                        new Compare("k", Operator.MORE, 5L),
                        new Compare("k", Operator.AT_MOST, 7L)))));
    Dataset dataset = dataset(DataType.BIGINT, Map.of());
    PartitionCheck check = new PartitionCheck(dataset.id(), Layout.of(dataset), ends);
    assertThat(new Selection(key, all, 100).in(Domain.of(ends, "k", check)))
        .hasValue(List.of("-7", "6", "7", String.valueOf(Long.MAX_VALUE - 200)));
    assertThat(new Selection(key, all, 100).in(Domain.ALL)).isEmpty();
  }

  /** Arithmetic leaves the same values as looking at each of them. */
  @Test
  void anyFilterChoosesWhatItAdmits() {
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      boolean number = random.nextBoolean();
      Dataset dataset = dataset(number ? DataType.INT : DataType.STRING, Map.of());
      KeyValues values = values(random, number);
      PartitionFilter filter = filter(random, number, 3);
      Layout layout = Layout.of(dataset);
      PartitionCheck check = new PartitionCheck(dataset.id(), layout, filter);
      List<String> chosen =
          new Selection(layout.keys().get(0), values, 10_000)
              .in(Domain.of(filter, "k", check))
              .orElseThrow();
      assertThat(chosen.stream().filter(value -> admits(check, number, value)).toList())
          .as("%s of %s", filter, values)
          .isEqualTo(all(values).stream().filter(value -> admits(check, number, value)).toList());
    }
  }

  private static boolean admits(PartitionCheck check, boolean number, String value) {
    return check.admits(Arrays.asList(number ? (Object) Long.valueOf(value) : value));
  }

  private static KeyValues values(Random random, boolean number) {
    long low = random.nextLong(20) - (number ? 10 : 0);
    return new IntegerValues(
        low, low + random.nextInt(120), 1 + random.nextInt(5), 1 + random.nextInt(4));
  }

  private static PartitionFilter filter(Random random, boolean number, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      long value = random.nextLong(150) - 10;
      List<Operator> operators = List.of(Operator.values());
      Operator operator = operators.get(random.nextInt(operators.size()));
      Object compared = number ? (Object) value : "0".repeat(random.nextInt(3)) + value;
      return new Compare("k", operator, compared);
    }
    List<PartitionFilter> parts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      parts.add(filter(random, number, depth - 1));
    }
    return random.nextBoolean() ? new And(parts) : new Or(parts);
  }
}
