package io.lakesdk.query.statement.hive;

import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The partition that PARTITION (...) names.
 *
 * @param values by key
 */
record PartitionSpec(Map<String, String> values) {

  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final Set<String> COMPARISONS = Set.of("<", ">", "!");

  static PartitionSpec parse(HiveTokens tokens) {
    Map<String, String> values = new LinkedHashMap<>();
    tokens.expect("(");
    do {
      String key = tokens.name();
      if (COMPARISONS.stream().anyMatch(tokens::at)) {
        throw SqlErrors.refuse(
            "a partition is named by the values of its keys; comparisons other than = are not"
                + " supported");
      }
      tokens.expect("=");
      if (values.put(key, tokens.value()) != null) {
        throw SqlErrors.refuse("partition key " + key + " is given twice");
      }
    } while (tokens.take(","));
    tokens.expect(")");
    return new PartitionSpec(values);
  }

  /**
   * The partition of a table.
   *
   * @throws InvalidDefinitionException if these are not its keys
   * @throws BadDataException if a value is none that its key can have
   */
  Partition of(Dataset table) {
    List<String> keys = table.partitions().stream().map(Column::name).toList();
    if (keys.isEmpty()) {
      throw SqlErrors.refuse("table " + table.id() + " is not partitioned");
    }
    if (!values.keySet().equals(Set.copyOf(keys))) {
      throw SqlErrors.refuse(
          "the partition is named by the keys "
              + values.keySet()
              + " and table "
              + table.id()
              + " has the keys "
              + keys
              + "; give a value for each");
    }
    Map<String, Optional<String>> ordered = new LinkedHashMap<>();
    table.partitions().forEach(key -> ordered.put(key.name(), value(key)));
    return Layout.of(table).check(table, Partition.of(ordered));
  }

  private Optional<String> value(Column key) {
    String value = values.getOrDefault(key.name(), "");
    if (value.isEmpty()) {
      throw SqlErrors.refuse("partition key " + key.name() + " has an empty value");
    }
    if (value.equals(NULL)) {
      return Optional.empty();
    }
    if (key.type().equals(DataType.DATE)) {
      requireDate(key, value);
    }
    return Optional.of(value);
  }

  private static void requireDate(Column key, String value) {
    try {
      LocalDate.parse(value);
    } catch (DateTimeParseException noDate) {
      throw SqlErrors.refuse("the value of partition key " + key.name() + " is no date yyyy-MM-dd");
    }
  }

  /** What tells a partition from others: its values in order, numbers as such. */
  static List<@Nullable Object> identity(Dataset table, Partition partition) {
    return Layout.of(table).values(table.id().toString(), partition);
  }
}
