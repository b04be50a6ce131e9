package io.lakesdk.ingest.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.publish.Partition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds a file's partition in the folders on its path, where the dataset has partition keys. */
final class PartitionFolders {

  private final List<Column> keys;

  PartitionFolders(Dataset dataset) {
    this.keys = dataset.partitions();
  }

  /** Where a file belongs; if it belongs nowhere, why not. */
  sealed interface Place {
    /** It belongs to a partition; {@code rest} is its path without the partition's folders. */
    record In(Partition partition, String rest) implements Place {}

    /** It belongs to none. */
    record Nowhere(String reason) implements Place {}
  }

  Place find(String name) {
    List<String> folders = new ArrayList<>(List.of(name.split("/")));
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (Column key : keys) {
      List<String> own =
          folders.subList(0, folders.size() - 1).stream()
              .filter(folder -> isOf(folder, key))
              .toList();
      if (own.size() != 1) {
        return new Place.Nowhere(
            "is in "
                + (own.isEmpty() ? "no folder" : "several folders")
                + " of a partition key, as "
                + pattern()
                + "/ would be one of each");
      }
      Optional<String> value;
      try {
        value = value(own.get(0), key);
      } catch (BadDataException | NumberFormatException | DateTimeException e) {
        return new Place.Nowhere(
            "is in a folder whose value cannot be one of partition key " + key);
      }
      values.put(key.name(), value);
      folders.remove(own.get(0));
    }
    return new Place.In(Partition.of(values), String.join("/", folders));
  }

  private static boolean isOf(String folder, Column key) {
    int equals = folder.indexOf('=');
    return equals > 0 && folder.substring(0, equals).toLowerCase(Locale.ROOT).equals(key.name());
  }

  /** The value as the partition's path writes it: a number without leading zeros. */
  private static Optional<String> value(String folder, Column key) {
    Optional<String> text =
        Partition.parse(folder).values().values().stream().findFirst().orElseThrow();
    if (key.type().equals(DataType.TINYINT)) {
      return text.map(t -> Byte.valueOf(t).toString());
    }
    if (key.type().equals(DataType.SMALLINT)) {
      return text.map(t -> Short.valueOf(t).toString());
    }
    if (key.type().equals(DataType.INT)) {
      return text.map(t -> Integer.valueOf(t).toString());
    }
    if (key.type().equals(DataType.BIGINT)) {
      return text.map(t -> Long.valueOf(t).toString());
    }
    if (key.type().equals(DataType.DATE)) {
      return text.map(t -> LocalDate.parse(t).toString());
    }
    return text;
  }

  private String pattern() {
    return keys.stream().map(key -> key.name() + "=...").collect(Collectors.joining("/"));
  }
}
