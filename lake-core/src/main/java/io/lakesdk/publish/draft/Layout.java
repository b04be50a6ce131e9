package io.lakesdk.publish.draft;

import com.google.common.collect.ImmutableMap;
import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The partition keys of a dataset, as far as its files depend on them: they stay the same for all
 * versions.
 *
 * @param keys in order
 */
public record Layout(List<Key> keys) {

  private static final Set<DataType> WHOLE_NUMBERS =
      Set.of(DataType.TINYINT, DataType.SMALLINT, DataType.INT, DataType.BIGINT);

  /** How a key's values are kept and compared. */
  public enum Kind {
    INTEGER,
    TEXT,
    /** Kept as text, whose order is not that of the values. */
    OTHER
  }

  /** A partition key. */
  public record Key(String name, Kind kind) {}

  public Layout {
    keys = List.copyOf(keys);
  }

  public static Layout of(Dataset dataset) {
    return new Layout(
        dataset.partitions().stream()
            .map((Column key) -> new Key(key.name(), kind(key.type())))
            .toList());
  }

  private static Kind kind(DataType type) {
    if (WHOLE_NUMBERS.contains(type)) {
      return Kind.INTEGER;
    }
    return type.equals(DataType.STRING) || type.equals(DataType.DATE) ? Kind.TEXT : Kind.OTHER;
  }

  /** Reads what {@link #print} wrote. */
  public static Layout parse(String text) {
    return new Layout(
        text.lines()
            .map(line -> line.split(" ", 2))
            .map(parts -> new Key(parts[1], Kind.valueOf(parts[0])))
            .toList());
  }

  public String print() {
    return keys.stream()
        .map(key -> key.kind() + " " + key.name())
        .collect(Collectors.joining("\n"));
  }

  public Optional<Integer> position(String name) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).name().equals(name)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * A partition with its keys in this order.
   *
   * @throws InvalidDefinitionException if it has other keys
   * @throws BadDataException if a value is none that its key can have
   */
  public Partition check(Dataset dataset, Partition partition) {
    List<String> names = keys.stream().map(Key::name).toList();
    Set<String> given = partition.values().keySet();
    if (!given.equals(Set.copyOf(names))) {
      throw new InvalidDefinitionException(
          "add a file to",
          Subject.dataset(dataset.id()),
          "the file's partition has the keys " + given + " and the dataset " + names);
    }
    values(dataset.id().toString(), partition);
    ImmutableMap.Builder<String, Optional<String>> ordered = ImmutableMap.builder();
    names.forEach(
        name -> ordered.put(name, partition.values().getOrDefault(name, Optional.empty())));
    return new Partition(ordered.buildOrThrow());
  }

  /** The values in the order of the keys, numbers of integer keys as {@code Long}. */
  public List<@Nullable Object> values(String dataset, Partition partition) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Key key : keys) {
      Optional<String> text = partition.values().get(key.name());
      if (text == null || text.isEmpty()) {
        values.add(null);
      } else if (key.kind() == Kind.INTEGER) {
        values.add(number(dataset, key, text.get()));
      } else {
        values.add(text.get());
      }
    }
    return values;
  }

  private static Long number(String dataset, Key key, String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notANumber) {
      throw new BadDataException(
          "add a file to",
          Subject.dataset(dataset),
          "the value of partition key " + key.name() + " is not a whole number, as its type is");
    }
  }

  @Override
  public String toString() {
    return keys.isEmpty()
        ? "not partitioned"
        : keys.stream().map(Key::name).collect(Collectors.joining(", ", "partitioned by ", ""));
  }
}
