package io.lakesdk.query.parquet;

import static java.util.Objects.requireNonNull;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * Decides by the statistics in a footer which row groups can have a row that fulfils a condition.
 * Columns inside others, and conditions on columns that are not among those that are read, such as
 * partition keys, say nothing.
 */
final class RowGroupChoice {

  /** What no NaN fulfils. */
  private static final Set<Operator> OF_NUMBERS =
      EnumSet.of(Operator.EQUAL, Operator.LESS, Operator.AT_MOST);

  private final Map<String, DataType> columns = new HashMap<>();
  private final RowCondition condition;

  RowGroupChoice(List<Column> columns, RowCondition condition) {
    columns.forEach(column -> this.columns.put(lower(column.name()), column.type()));
    this.condition = condition;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The numbers of the row groups to read. */
  BitSet of(FileMetaData file) {
    List<SchemaElement> leaves =
        requireNonNull(file.getSchema()).stream().filter(SchemaElement::isSetType).toList();
    List<RowGroup> groups = requireNonNull(file.getRow_groups());
    BitSet chosen = new BitSet();
    for (int i = 0; i < groups.size(); i++) {
      chosen.set(i, admits(condition, statistics(file, leaves, groups.get(i)), Set.of()));
    }
    return chosen;
  }

  private Map<String, ChunkStatistics> statistics(
      FileMetaData file, List<SchemaElement> leaves, RowGroup group) {
    List<ColumnChunk> chunks = requireNonNull(group.getColumns());
    if (chunks.size() != leaves.size()) {
      return Map.of();
    }
    Map<String, ChunkStatistics> known = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < chunks.size(); i++) {
      var data = requireNonNull(chunks.get(i).getMeta_data());
      List<String> path = requireNonNull(data.getPath_in_schema());
      SchemaElement leaf = leaves.get(i);
      String name = lower(path.get(0));
      DataType declared = columns.get(name);
      boolean unique = names.add(name);
      if (!unique) {
        known.remove(name);
      } else if (declared != null && path.size() == 1 && isValue(leaf, path.get(0))) {
        ChunkStatistics.of(declared, leaf, isOrdered(file, i), data)
            .ifPresent(found -> known.put(name, found));
      }
    }
    return known;
  }

  private static boolean isValue(SchemaElement leaf, String name) {
    return name.equals(leaf.getName()) && leaf.getRepetition_type() != FieldRepetitionType.REPEATED;
  }

  private static boolean isOrdered(FileMetaData file, int leaf) {
    List<ColumnOrder> orders = file.getColumn_orders();
    return orders != null && leaf < orders.size() && orders.get(leaf).isSetTYPE_ORDER();
  }

  /**
   * Whether some row may fulfil a condition.
   *
   * @param numbers columns that are not NaN in such a row
   */
  private static boolean admits(
      RowCondition condition, Map<String, ChunkStatistics> known, Set<String> numbers) {
    if (condition instanceof RowCondition.Compare compare) {
      return find(known, compare.column())
          .map(
              chunk ->
                  chunk.mayBe(
                      compare.operator(), compare.value(), numbers.contains(compare.column())))
          .orElse(true);
    } else if (condition instanceof RowCondition.IsNull isNull) {
      return find(known, isNull.column()).map(ChunkStatistics::mayBeNull).orElse(true);
    } else if (condition instanceof RowCondition.NotNull notNull) {
      return find(known, notNull.column()).map(chunk -> !chunk.isAllNull()).orElse(true);
    } else if (condition instanceof RowCondition.And and) {
      Set<String> more = new HashSet<>(numbers);
      and.all().forEach(each -> addNumber(each, more));
      return and.all().stream().allMatch(each -> admits(each, known, more));
    } else if (condition instanceof RowCondition.Or or) {
      return or.any().stream().anyMatch(each -> admits(each, known, numbers));
    }
    return true;
  }

  private static void addNumber(RowCondition condition, Set<String> numbers) {
    if (condition instanceof RowCondition.Compare compare
        && OF_NUMBERS.contains(compare.operator())) {
      numbers.add(compare.column());
    }
  }

  private static Optional<ChunkStatistics> find(Map<String, ChunkStatistics> known, String column) {
    return Optional.ofNullable(known.get(column));
  }
}
