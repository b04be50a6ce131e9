package io.lakesdk.query.statement.hive;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Properties that a statement gives, each of which has to be understood. */
final class Settings {

  private final String clause;
  private final Map<String, String> left;

  /**
   * @param clause that they stand in
   */
  Settings(String clause, Map<String, String> settings) {
    this.clause = clause;
    this.left = new LinkedHashMap<>(settings);
  }

  /** The value of a property, which is understood now. */
  Optional<String> take(String name) {
    return Optional.ofNullable(left.remove(name));
  }

  /** {@link #take} of a property whose name may be in any case. */
  Optional<String> takeInAnyCase(String name) {
    return left.keySet().stream().filter(name::equalsIgnoreCase).findFirst().flatMap(this::take);
  }

  /** The values of properties whose names start so, by the rest of their names. */
  Map<String, String> takeAll(String start) {
    Map<String, String> taken = new LinkedHashMap<>();
    for (String name : List.copyOf(left.keySet())) {
      if (name.startsWith(start)) {
        taken.put(
            name.substring(start.length()).toLowerCase(Locale.ROOT),
            Objects.requireNonNull(left.remove(name)));
      }
    }
    return taken;
  }

  /** The properties whose names fulfil a condition, by their names. */
  Map<String, String> takeIf(Predicate<String> condition) {
    Map<String, String> taken = new LinkedHashMap<>();
    for (String name : List.copyOf(left.keySet())) {
      if (condition.test(name)) {
        taken.put(name, Objects.requireNonNull(left.remove(name)));
      }
    }
    return taken;
  }

  /**
   * Understands a property that can have only these values, in any case.
   *
   * @throws InvalidDefinitionException if it has another one
   */
  void only(String name, Set<String> values) {
    Optional<String> value = take(name);
    if (value.isPresent() && !values.contains(value.get().strip().toLowerCase(Locale.ROOT))) {
      throw wrong(name, values.size() == 1 ? values.iterator().next() : "one of " + values);
    }
  }

  /** A property has a value that it cannot have, which is not repeated. */
  InvalidDefinitionException wrong(String name, String expected) {
    return SqlErrors.refuse(
        "the property '" + name + "' in " + clause + " is not " + expected + ", as it has to be");
  }

  /**
   * Makes sure that everything was understood.
   *
   * @throws InvalidDefinitionException naming the properties that were not
   */
  void requireNoneLeft() {
    if (!left.isEmpty()) {
      throw SqlErrors.refuse(
          "not supported in "
              + clause
              + ": '"
              + String.join("', '", left.keySet())
              + "'; leave it out");
    }
  }
}
