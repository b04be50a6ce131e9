package io.lakesdk.query.parquet;

import static java.util.Objects.requireNonNull;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.schema.DataType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;

/**
 * What a footer tells of the values of a column in a row group. What it does not tell may be
 * anything.
 */
final class ChunkStatistics {

  /** What NaN, as the largest of all numbers, can be compared with a number. */
  private static final Set<Operator> OF_NAN =
      EnumSet.of(Operator.MORE, Operator.AT_LEAST, Operator.NOT_EQUAL);

  private final DataType declared;
  private final ColumnMetaData data;
  private final Statistics statistics;
  private final Optional<Limits> limits;
  private final boolean nan;

  private ChunkStatistics(
      DataType declared, SchemaElement leaf, boolean ordered, ColumnMetaData data) {
    this.declared = declared;
    this.data = data;
    this.statistics = requireNonNull(data.getStatistics());
    Optional<StatisticsType> type = StatisticsType.of(declared, leaf);
    this.limits = type.flatMap(known -> limits(known, ordered));
    this.nan =
        type.filter(StatisticsType::isFloating).isPresent()
            && !(statistics.isSetNan_count() && statistics.getNan_count() == 0);
  }

  /**
   * Of one chunk.
   *
   * @param declared the type as which it is read
   * @param leaf what the file says of the column
   * @param ordered whether the file says that values are in the order of their type
   * @return nothing if there are no statistics
   */
  static Optional<ChunkStatistics> of(
      DataType declared, SchemaElement leaf, boolean ordered, ColumnMetaData data) {
    return data.isSetStatistics()
        ? Optional.of(new ChunkStatistics(declared, leaf, ordered, data))
        : Optional.empty();
  }

  /** A cut value is still a limit: writers make the smallest smaller and the largest larger. */
  private Optional<Limits> limits(StatisticsType type, boolean ordered) {
    Optional<Object> least = Optional.empty();
    Optional<Object> most = Optional.empty();
    if (ordered && statistics.isSetMin_value() && statistics.isSetMax_value()) {
      least = type.read(statistics.getMin_value());
      most = type.read(statistics.getMax_value());
    } else if (type.isSigned() && statistics.isSetMin() && statistics.isSetMax()) {
      least = type.read(statistics.getMin());
      most = type.read(statistics.getMax());
    }
    return least.isEmpty() || most.isEmpty()
        ? Optional.empty()
        : Limits.between(least.get(), most.get());
  }

  boolean mayBeNull() {
    return !statistics.isSetNull_count() || statistics.getNull_count() != 0;
  }

  boolean isAllNull() {
    return statistics.isSetNull_count() && statistics.getNull_count() == data.getNum_values();
  }

  /**
   * Whether some value can be compared so with a constant.
   *
   * @param number that it is not NaN
   */
  boolean mayBe(Operator operator, Object constant, boolean number) {
    if (isAllNull()) {
      return false;
    }
    Optional<Limits> compared = Limits.of(constant, declared);
    return limits.isEmpty()
        || compared.isEmpty()
        || (nan && !number && OF_NAN.contains(operator))
        || limits.get().mayBe(operator, compared.get());
  }
}
