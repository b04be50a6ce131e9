package io.lakesdk.publish;

import static io.lakesdk.publish.PartitionFilter.Operator.AT_LEAST;
import static io.lakesdk.publish.PartitionFilter.Operator.AT_MOST;
import static io.lakesdk.publish.PartitionFilter.Operator.EQUAL;
import static io.lakesdk.publish.PartitionFilter.Operator.LESS;
import static io.lakesdk.publish.PartitionFilter.Operator.MORE;
import static io.lakesdk.publish.PartitionFilter.Operator.NOT_EQUAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.IsNull;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.PartitionFilter.Or;
import io.lakesdk.schema.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How files and partitions are found by their values. */
public abstract class PublishingFilterContract extends PublishingFixture {

  private static final Dataset READINGS =
      Dataset.named("weather.readings")
          .in(Zone.CLEANED)
          .format(Format.CSV)
          .column("line", DataType.STRING)
          .partitionedBy("year", DataType.INT)
          .partitionedBy("station", DataType.STRING)
          .partitionedBy("day", DataType.DATE)
          .partitionedBy("height", DataType.DOUBLE)
          .build();

  private static final List<String> YEARS = List.of("9", "10", "2001", "-3");
  private static final List<String> STATIONS =
      List.of("b", "B", "", "ä/ö=%", "\uffff", "\ud83d\ude00", "it's \u0000 \"9");
  private static final List<String> DAYS = List.of("2001-01-31", "2001-02-01");

  private static final List<Operator> OPERATORS = List.of(Operator.values());

  private final List<Partition> all = new ArrayList<>();

  private void publishReadings() {
    try (Draft draft = publishing.begin(READINGS, Write.APPEND, LoadId.of("all"))) {
      for (Optional<String> year : withNull(YEARS)) {
        for (Optional<String> station : withNull(STATIONS)) {
          for (Optional<String> day : withNull(DAYS)) {
            Partition partition =
                new Partition(
                    ImmutableMap.of(
                        "year",
                        year,
                        "station",
                        station,
                        "day",
                        day,
                        "height",
                        Optional.of("1.50")));
            all.add(partition);
            add(draft, partition, "x");
          }
        }
      }
      publishing.publish(draft);
    }
  }

  private static List<Optional<String>> withNull(List<String> values) {
    List<Optional<String>> all = new ArrayList<>(List.of(Optional.empty()));
    values.forEach(value -> all.add(Optional.of(value)));
    return all;
  }

  private static Compare year(Operator operator, long value) {
    return new Compare("year", operator, value);
  }

  private static boolean admits(PartitionFilter filter, Partition partition) {
    if (filter instanceof And and) {
      for (PartitionFilter one : and.all()) {
        if (!admits(one, partition)) {
          return false;
        }
      }
      return true;
    }
    if (filter instanceof Or or) {
      for (PartitionFilter one : or.any()) {
        if (admits(one, partition)) {
          return true;
        }
      }
      return false;
    }
    if (filter instanceof IsNull isNull) {
      return value(partition, isNull.key()).isEmpty();
    }
    if (filter instanceof Compare compare) {
      if (compare.key().equals("height")) {
        return true;
      }
      return value(partition, compare.key())
          .filter(
              text -> {
                int order =
                    compare.value() instanceof Long number
                        ? Long.compare(Long.parseLong(text), number)
                        : compareBytes(text, (String) compare.value());
                return switch (compare.operator()) {
                  case EQUAL -> order == 0;
                  case NOT_EQUAL -> order != 0;
                  case LESS -> order < 0;
                  case AT_MOST -> order <= 0;
                  case MORE -> order > 0;
                  case AT_LEAST -> order >= 0;
                };
              })
          .isPresent();
    }
    return true;
  }

  private static Optional<String> value(Partition partition, String key) {
    return Objects.requireNonNull(partition.values().get(key));
  }

  private static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
  }

  private void assertAdmitted(PartitionFilter filter) {
    Snapshot snapshot = publishing.snapshot(READINGS);
    List<Partition> expected = all.stream().filter(p -> admits(filter, p)).toList();
    assertThat(snapshot.files(filter))
        .extracting(DataFile::partition)
        .as(filter::toString)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(snapshot.partitions(filter))
        .extracting(Snapshot.PartitionSummary::partition)
        .as(filter::toString)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Nested
  class AFilter {

    @Test
    void comparesNumbersAsNumbersAndTextsByTheirBytes() {
      publishReadings();
      for (Operator operator : Operator.values()) {
        for (long year : new long[] {-4, 9, 10, 2001, Long.MAX_VALUE}) {
          assertAdmitted(year(operator, year));
        }
        for (String station : STATIONS) {
          assertAdmitted(new Compare("station", operator, station));
        }
        assertAdmitted(new Compare("day", operator, "2001-02-01"));
      }
      assertAdmitted(new IsNull("year"));
      assertAdmitted(new IsNull("station"));
    }

    @Test
    void combinesConditions() {
      publishReadings();
      Compare day = new Compare("day", EQUAL, "2001-01-31");
      assertAdmitted(new And(List.of(year(AT_LEAST, 9), year(LESS, 2001), day)));
      assertAdmitted(new And(List.of(year(MORE, 9), year(NOT_EQUAL, 10))));
      assertAdmitted(new Or(List.of(year(EQUAL, 9), day)));
      assertAdmitted(new Or(List.of(new And(List.of(day, year(EQUAL, 9))), new IsNull("station"))));
      assertAdmitted(new And(List.of(new Or(List.of(year(EQUAL, 9), year(EQUAL, 10))), day)));
      assertAdmitted(new And(List.of()));
      assertAdmitted(new Or(List.of()));
      assertAdmitted(new And(List.of(new Or(List.of()), day)));
      assertAdmitted(new And(List.of(PartitionFilter.any(), new And(List.of(day)))));
    }

    @Test
    void isRightForAnyCombination() {
      publishReadings();
      Random random = new Random(7);
      for (int i = 0; i < 300; i++) {
        assertAdmitted(any(random, 3));
      }
    }

    private PartitionFilter any(Random random, int depth) {
      Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
      return switch (random.nextInt(depth > 0 ? 6 : 4)) {
        case 0 -> year(operator, random.nextInt(12));
        case 1 -> new Compare("station", operator, STATIONS.get(random.nextInt(STATIONS.size())));
        case 2 -> new Compare("day", operator, DAYS.get(random.nextInt(DAYS.size())));
        case 3 -> new IsNull(random.nextBoolean() ? "year" : "day");
        case 4 -> new And(some(random, depth - 1));
        default -> new Or(some(random, depth - 1));
      };
    }

    private List<PartitionFilter> some(Random random, int depth) {
      List<PartitionFilter> filters = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        filters.add(any(random, depth));
      }
      return filters;
    }

    @Test
    void admitsTooMuchRatherThanTooLittle() {
      publishReadings();
      for (PartitionFilter filter :
          List.of(
              new Compare("height", EQUAL, "1.5"),
              new Compare("year", EQUAL, "9"),
              new Compare("station", AT_MOST, 9L))) {
        assertThat(publishing.snapshot(READINGS).files(filter)).hasSameSizeAs(all);
      }
    }

    @Test
    void ofAKeyThatIsNotThereIsRefused() {
      publishReadings();
      assertThatThrownBy(() -> publishing.snapshot(READINGS).files(new Compare("month", EQUAL, 1L)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot filter by column month: dataset weather.readings is partitioned by year,"
                  + " station, day, height");
    }
  }

  /** What programs generate; a statement on the metadata has limits that a filter has not. */
  @Nested
  class AFilterOfAnyLength {

    private static final int MANY = 5_000;

    private static List<PartitionFilter> many(int count, IntFunction<PartitionFilter> filter) {
      return IntStream.range(0, count).mapToObj(filter).toList();
    }

    private static Compare station(Operator operator, int i) {
      String station = i < STATIONS.size() ? STATIONS.get(i) : "it's \u0000 \"" + i;
      return new Compare("station", operator, station);
    }

    @Test
    void namesManyValuesOfAKey() {
      publishReadings();
      assertAdmitted(new Or(many(MANY, i -> year(EQUAL, i - 100))));
      assertAdmitted(new Or(many(MANY, i -> station(EQUAL, i + 3))));
      assertAdmitted(new Or(many(40_000, i -> year(EQUAL, i - 3))));
      assertAdmitted(new Or(many(40_000, i -> station(EQUAL, i + 2))));
    }

    @Test
    void excludesManyValuesOfAKey() {
      publishReadings();
      assertAdmitted(new And(many(MANY, i -> year(NOT_EQUAL, i))));
      assertAdmitted(new And(many(MANY, i -> station(NOT_EQUAL, i + 3))));
      assertAdmitted(new Or(many(MANY, i -> station(NOT_EQUAL, i))));
    }

    @Test
    void joinsManyConditionsOfSeveralKeys() {
      publishReadings();
      assertAdmitted(new Or(many(MANY, i -> i % 2 == 0 ? year(EQUAL, i) : station(EQUAL, i))));
      assertAdmitted(new Or(many(MANY, i -> new And(List.of(year(EQUAL, i), station(EQUAL, 2))))));
      assertAdmitted(
          new Or(many(MANY, i -> i == 9 ? new IsNull("day") : year(i % 2 == 0 ? LESS : EQUAL, i))));
      assertAdmitted(
          new And(
              many(
                  MANY, i -> new Or(List.of(year(EQUAL, 9), year(EQUAL, 10), station(EQUAL, i))))));
      assertAdmitted(new And(many(MANY, i -> year(i % 2 == 0 ? AT_LEAST : MORE, i - 4_990))));
      assertAdmitted(new And(many(2, i -> year(EQUAL, i + 9))));
      assertAdmitted(
          new Or(
              many(MANY, i -> new And(List.of(year(AT_LEAST, i * 3L), year(LESS, i * 3L + 2))))));
    }

    @Test
    void nestsDeep() {
      publishReadings();
      PartitionFilter deep = year(EQUAL, 9);
      PartitionFilter chain = year(AT_LEAST, 9);
      for (int i = 0; i < 500; i++) {
        deep = new Or(List.of(new And(List.of(deep, station(NOT_EQUAL, i))), year(EQUAL, i + 20)));
        chain = new And(List.of(chain, station(NOT_EQUAL, i)));
      }
      assertAdmitted(deep);
      assertAdmitted(chain);
      PartitionFilter deeper = new And(List.of(new Or(List.of(deep)), station(EQUAL, 0)));
      assertThatThrownBy(() -> publishing.snapshot(READINGS).files(deeper))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot filter dataset weather.readings: the filter nests more than 1000 deep; join"
                  + " its conditions in fewer levels");
    }
  }

  @Nested
  class Partitions {

    @Test
    void areListedByPathWithTheirTotals() {
      publishFlights(Write.APPEND, "one", 10, "a\nb");
      publishFlights(Write.APPEND, "two", 9, "c");
      publishFlights(Write.APPEND, "three", 9, "dd");
      assertThat(publishing.snapshot(FLIGHTS).partitions(PartitionFilter.any()))
          .containsExactly(
              new Snapshot.PartitionSummary(flights(10, "SEA"), new Snapshot.Totals(1, 1, 3, 2)),
              new Snapshot.PartitionSummary(flights(9, "SEA"), new Snapshot.Totals(1, 2, 3, 2)));
      assertThat(publishing.snapshot(FLIGHTS).totals()).isEqualTo(new Snapshot.Totals(2, 3, 6, 4));
    }

    @Test
    void withoutFilesAreNotListed() {
      publishFlights(Write.APPEND, "one", 1, "a");
      publishFlights(Write.OVERWRITE, "two", 2, "b");
      assertThat(publishing.snapshot(FLIGHTS).partitions(PartitionFilter.any()))
          .extracting(Snapshot.PartitionSummary::partition)
          .containsExactly(flights(2, "SEA"));
      assertThat(publishing.snapshot(FLIGHTS, 1).partitions(PartitionFilter.any()))
          .extracting(Snapshot.PartitionSummary::partition)
          .containsExactly(flights(1, "SEA"));
    }

    @Test
    void areEmptiedByALoadThatReplacesThem() {
      publishFlights(Write.APPEND, "one", 1, "a");
      publishFlights(Write.APPEND, "two", 2, "b");
      try (Draft draft =
          publishing.begin(FLIGHTS, Write.OVERWRITE_PARTITIONS, LoadId.of("three"))) {
        draft.replace(flights(1, "SEA"));
        publishing.publish(draft);
      }
      assertThat(texts(FLIGHTS)).containsExactly("b");
      assertThat(publishing.snapshot(FLIGHTS).totals()).isEqualTo(new Snapshot.Totals(1, 1, 1, 1));
    }
  }
}
