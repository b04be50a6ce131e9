package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The partition keys of files that are read in one go. They are in no file and not taken from
 * paths: a key with one value is a constant, others are joined by the number of the file.
 */
final class PartitionKeys {

  private final Dataset dataset;
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private final List<Column> joined = new ArrayList<>();
  private final List<DataFile> files;

  PartitionKeys(Dataset dataset, List<Column> keys, List<DataFile> files) {
    this.dataset = dataset;
    this.files = files;
    for (Column key : keys) {
      Optional<String> first = value(key, files.get(0).partition());
      if (files.stream().allMatch(file -> value(key, file.partition()).equals(first))) {
        expressions.put(key.name(), typed(key, text(first)));
      } else {
        expressions.put(key.name(), "k.k" + joined.size());
        joined.add(key);
      }
    }
  }

  Map<String, String> expressions() {
    return expressions;
  }

  /** The join that brings the keys with several values; empty if there are none. */
  String join() {
    if (joined.isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < files.size(); i++) {
      rows.append(i == 0 ? "(" : ", (").append(i).append("::UBIGINT");
      for (Column key : joined) {
        rows.append(", ").append(text(value(key, files.get(i).partition())));
      }
      rows.append(')');
    }
    List<String> names = new ArrayList<>();
    List<String> typed = new ArrayList<>();
    for (int i = 0; i < joined.size(); i++) {
      names.add("t" + i);
      typed.add(typed(joined.get(i), "t" + i) + " AS k" + i);
    }
    return " JOIN (SELECT i, "
        + String.join(", ", typed)
        + " FROM (VALUES "
        + rows
        + ") AS v(i, "
        + names.stream().collect(Collectors.joining(", "))
        + ")) AS k ON f.file_index = k.i";
  }

  private static Optional<String> value(Column key, Partition partition) {
    Optional<String> value = partition.values().get(key.name());
    return value == null ? Optional.empty() : value;
  }

  private static String text(Optional<String> value) {
    return value.map(SqlText::literal).orElse("CAST(NULL AS VARCHAR)");
  }

  private String typed(Column key, String text) {
    String type = SqlTypes.of(key.type()).duckType();
    if (type.equals("VARCHAR")) {
      return Texts.fitted(key.type(), text);
    }
    String message =
        SqlErrors.RAISED
            + "a partition of "
            + dataset.id()
            + " has a value of key "
            + key.name()
            + " that is no "
            + key.type();
    return "coalesce(TRY_CAST("
        + text
        + " AS "
        + type
        + "), CASE WHEN "
        + text
        + " IS NOT NULL THEN error("
        + SqlText.literal(message)
        + ") END)";
  }
}
