package io.lakesdk.query.projection;

import io.lakesdk.Dataset;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The properties of a dataset's projection, whose names are compared in any case. */
final class Properties {

  private final Dataset dataset;
  private final TreeMap<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Properties(Dataset dataset) {
    this.dataset = dataset;
    this.all.putAll(dataset.projection());
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /** A property of a partition key. */
  Optional<String> find(String key, String name) {
    return find("projection." + key + "." + name);
  }

  /** {@link #find(String, String)} of one that has to be there. */
  String require(String key, String name) {
    return find(key, name)
        .orElseThrow(
            () -> wrong("the table property 'projection." + key + "." + name + "' is missing"));
  }

  /** A positive whole number. */
  Optional<Long> positive(String key, String name) {
    return find(key, name).map(text -> positive(key, name, text.strip()));
  }

  private long positive(String key, String name, String text) {
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // said below
    }
    throw wrong(key, name, "a positive whole number");
  }

  /** The two ends of a range. */
  String[] range(String key) {
    String[] ends = require(key, "range").split(",", -1);
    if (ends.length != 2) {
      throw wrong(key, "range", "two values with a comma between them");
    }
    return ends;
  }

  String word(String key, String name) {
    return require(key, name).strip().toLowerCase(Locale.ROOT);
  }

  InvalidDefinitionException wrong(String key, String name, String expected) {
    return wrong("the table property 'projection." + key + "." + name + "' is not " + expected);
  }

  InvalidDefinitionException wrong(String reason) {
    return new InvalidDefinitionException(
        "project the partitions of",
        Subject.dataset(dataset.id()),
        "INVALID_TABLE_PROPERTY: " + reason);
  }
}
