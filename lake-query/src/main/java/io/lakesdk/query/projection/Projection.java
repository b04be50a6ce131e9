package io.lakesdk.query.projection;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.publish.draft.PartitionCheck;
import io.lakesdk.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The partitions that a dataset has by its properties, whether there are files or not. */
public final class Projection {

  /** How many partitions one use of a table in a statement can read. */
  static final long MOST_PARTITIONS = 100_000;

  private static final String ENABLED = "projection.enabled";

  private final Dataset dataset;
  private final Layout layout;
  private final LocationTemplate template;

  /** The values of each key; nothing for those that the query gives. */
  private final Map<String, Optional<KeyValues>> keys;

  private Projection(
      Dataset dataset, LocationTemplate template, Map<String, Optional<KeyValues>> keys) {
    this.dataset = dataset;
    this.layout = Layout.of(dataset);
    this.template = template;
    this.keys = keys;
  }

  /** Whether statements calculate the dataset's partitions. */
  public static boolean isEnabled(Dataset dataset) {
    return dataset.isPartitioned()
        && new Properties(dataset)
            .find(ENABLED)
            .filter(text -> text.strip().equalsIgnoreCase("true"))
            .isPresent();
  }

  /**
   * The projection of a dataset that has one.
   *
   * @param now what NOW is in ranges of dates
   * @throws InvalidDefinitionException naming the property that is missing or wrong
   */
  static Projection of(Lake lake, Dataset dataset, Instant now) {
    Properties properties = new Properties(dataset);
    requireTypes(properties, dataset);
    Map<String, Optional<KeyValues>> keys = new LinkedHashMap<>();
    for (Column key : dataset.partitions()) {
      keys.put(key.name(), values(properties, key.name(), now));
    }
    Set<String> injected = new HashSet<>();
    keys.forEach(
        (key, values) -> {
          if (values.isEmpty()) {
            injected.add(key);
          }
        });
    return new Projection(dataset, LocationTemplate.of(lake, dataset, properties, injected), keys);
  }

  private static void requireTypes(Properties properties, Dataset dataset) {
    List<String> missing =
        dataset.partitions().stream()
            .map(Column::name)
            .filter(key -> properties.find(key, "type").isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw properties.wrong(
          "Table "
              + dataset.id()
              + " is configured for partition projection, but the following partition columns are"
              + " missing projection configuration: "
              + missing);
    }
  }

  private static Optional<KeyValues> values(Properties properties, String key, Instant now) {
    return switch (properties.word(key, "type")) {
      case "enum" ->
          Optional.of(
              new KeyValues.Listed(List.of(properties.require(key, "values").split(",", -1))));
      case "integer" -> Optional.of(IntegerValues.of(properties, key));
      case "date" -> Optional.of(DateValues.of(properties, key, now));
      case "injected" -> Optional.empty();
      default -> throw properties.wrong(key, "type", "enum, integer, date or injected");
    };
  }

  /**
   * The partitions that a filter admits.
   *
   * @throws InvalidDefinitionException if they are too many, or if the filter gives no values for
   *     an injected key
   */
  List<Partition> partitions(PartitionFilter filter) {
    PartitionCheck check = new PartitionCheck(dataset.id(), layout, filter);
    List<List<String>> chosen = new ArrayList<>();
    long product = 1;
    for (Layout.Key key : layout.keys()) {
      List<String> values = values(key, Domain.of(filter, key.name(), check));
      chosen.add(values);
      product *= values.size();
      if (product > MOST_PARTITIONS) {
        throw tooMany();
      }
    }
    List<Partition> partitions = new ArrayList<>();
    add(0, new ArrayList<>(), chosen, check, partitions);
    return partitions;
  }

  private List<String> values(Layout.Key key, Domain domain) {
    Optional<KeyValues> values = keys.getOrDefault(key.name(), Optional.empty());
    if (values.isEmpty()) {
      return injected(key.name(), domain);
    }
    try {
      List<String> chosen =
          new Selection(key, values.get(), MOST_PARTITIONS).in(domain).orElseThrow(this::tooMany);
      if (key.kind() == Layout.Kind.INTEGER) {
        chosen.forEach(Long::parseLong);
      }
      return chosen;
    } catch (NumberFormatException noNumber) {
      throw new Properties(dataset)
          .wrong(
              "the values of partition column "
                  + key.name()
                  + " are not whole numbers, as its type is");
    }
  }

  private List<String> injected(String key, Domain domain) {
    List<String> values =
        domain
            .points()
            .map(points -> points.stream().map(Object::toString).distinct().toList())
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "select from",
                        Subject.dataset(dataset.id()),
                        "CONSTRAINT_VIOLATION: For the injected projected partition column "
                            + key
                            + ", the WHERE clause must contain only static equality conditions, and"
                            + " at least one such condition must be present."));
    if (values.stream().anyMatch(value -> value.isEmpty() || value.contains("/"))) {
      throw new InvalidDefinitionException(
          "select from",
          Subject.dataset(dataset.id()),
          "a value for the injected projected partition column "
              + key
              + " is empty or has a slash, which no folder's name has");
    }
    return values;
  }

  private InvalidDefinitionException tooMany() {
    return new InvalidDefinitionException(
        "select from",
        Subject.dataset(dataset.id()),
        "its projection has more than "
            + MOST_PARTITIONS
            + " partitions that the statement may read; add conditions on the partition keys "
            + keys.keySet()
            + ", or narrow the ranges in its table properties");
  }

  private void add(
      int position,
      List<String> values,
      List<List<String>> chosen,
      PartitionCheck check,
      List<Partition> partitions) {
    if (position == chosen.size()) {
      Partition partition = partition(values);
      if (check.admits(partition)) {
        partitions.add(partition);
      }
      return;
    }
    for (String value : chosen.get(position)) {
      values.add(value);
      add(position + 1, values, chosen, check, partitions);
      values.remove(values.size() - 1);
    }
  }

  private Partition partition(List<String> values) {
    Map<String, Optional<String>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byKey.put(layout.keys().get(i).name(), Optional.of(values.get(i)));
    }
    return Partition.of(byKey);
  }

  /** The folders that a partition may have. */
  List<String> folders(Partition partition) {
    return template.folders(partition);
  }
}
