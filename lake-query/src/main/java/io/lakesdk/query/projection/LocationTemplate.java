package io.lakesdk.query.projection;

import io.lakesdk.AwsPlace;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Partition;
import io.lakesdk.query.folder.HiveFolders;
import io.lakesdk.query.statement.table.Locations;
import io.lakesdk.schema.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where partitions lie: in folders {@code key=value}, or as {@code storage.location.template} says.
 *
 * @param rest what follows the table's folder, with {@code ${key}} for values
 */
record LocationTemplate(Dataset dataset, Optional<String> rest) {

  private static final String NAME = "storage.location.template";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  /**
   * @param injected the keys whose values queries give
   * @throws InvalidDefinitionException if it is not in the table's folder, or not of its keys
   */
  static LocationTemplate of(
      Lake lake, Dataset dataset, Properties properties, Set<String> injected) {
    Optional<String> template = properties.find(NAME).map(String::strip);
    if (template.isEmpty()) {
      return new LocationTemplate(dataset, Optional.empty());
    }
    String uri = template.get().endsWith("/") ? template.get() : template.get() + "/";
    int first = uri.contains("${") ? uri.indexOf("${") : uri.length();
    int folder = uri.lastIndexOf('/', first) + 1;
    Optional<AwsPlace> place = Locations.parse(lake, uri.substring(0, folder));
    boolean inside =
        place.isPresent()
            && place.get().zone().equals(dataset.zone())
            && place.get().folder().startsWith(dataset.location());
    if (!inside) {
      throw properties.wrong(
          "the table property '"
              + NAME
              + "' is not in the table's folder; copy the files there, or create a table of its own"
              + " for that folder");
    }
    String rest =
        place.get().folder().substring(dataset.location().length()) + uri.substring(folder);
    requireKeys(rest, dataset, properties);
    requireAlone(rest, injected, properties);
    return new LocationTemplate(dataset, Optional.of(rest));
  }

  private static void requireKeys(String rest, Dataset dataset, Properties properties) {
    Set<String> keys = new HashSet<>(dataset.partitions().stream().map(Column::name).toList());
    Set<String> named = new HashSet<>();
    Matcher placeholders = PLACEHOLDER.matcher(rest);
    while (placeholders.find()) {
      named.add(placeholders.group(1).toLowerCase(Locale.ROOT));
    }
    if (!named.containsAll(keys)) {
      throw properties.wrong(
          "The '" + NAME + "' table property must contain templates for all partition columns!");
    }
    if (!keys.containsAll(named)) {
      throw properties.wrong(
          "The '" + NAME + "' table property has templates for what is no partition column");
    }
  }

  /** What a query gives must not be able to name the folder of other values. */
  private static void requireAlone(String rest, Set<String> injected, Properties properties) {
    for (String name : rest.split("/", -1)) {
      Matcher placeholders = PLACEHOLDER.matcher(name);
      Set<String> here = new HashSet<>();
      int count = 0;
      while (placeholders.find()) {
        here.add(placeholders.group(1).toLowerCase(Locale.ROOT));
        count++;
      }
      if (count > 1 && here.stream().anyMatch(injected::contains)) {
        throw properties.wrong(
            "The '"
                + NAME
                + "' table property has an injected column and another one between two slashes;"
                + " give each a folder");
      }
    }
  }

  /** The folders that a partition may have, as prefixes of keys. */
  List<String> folders(Partition partition) {
    if (rest.isEmpty()) {
      return HiveFolders.of(dataset, partition);
    }
    String filled =
        PLACEHOLDER
            .matcher(rest.get())
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        value(partition, found.group(1).toLowerCase(Locale.ROOT))));
    return List.of(dataset.location() + filled);
  }

  private static String value(Partition partition, String key) {
    return partition.values().getOrDefault(key, Optional.empty()).orElse("");
  }
}
