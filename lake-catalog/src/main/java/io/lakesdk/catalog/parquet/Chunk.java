package io.lakesdk.catalog.parquet;

import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * A column in one row group.
 *
 * @param leaf the column
 * @param about what the footer says of it here
 * @param writer the file's
 * @param where the row group, as messages name it
 */
record Chunk(Leaf leaf, ColumnMetaData about, Writer writer, String where) {

  ParquetDamage damaged(String how) {
    return new ParquetDamage("its column " + leaf.name() + " is damaged in " + where + ": " + how);
  }

  /** Whether the footer contradicts itself about this column. */
  void verify(long rows) throws ParquetDamage {
    if (!leaf.path().equals(about.getPath_in_schema()) || leaf.type() != about.getType()) {
      throw damaged("the footer says otherwise of it there than in the schema");
    }
    long values = about.getNum_values();
    if (values < rows || (leaf.repetitions() == 0 && values > rows)) {
      throw damaged("the footer says that it has " + values + " values for " + rows + " rows");
    }
    if (about.getTotal_compressed_size() < 0) {
      throw damaged("the footer says that it has a size below zero");
    }
    if (!isOf(about.getStatistics()) || !isOf(about.getSize_statistics())) {
      throw damaged("the footer's statistics are not of such a column");
    }
  }

  private boolean isOf(@Nullable Statistics statistics) {
    if (statistics == null) {
      return true;
    }
    long values = about.getNum_values();
    long nulls = statistics.isSetNull_count() ? statistics.getNull_count() : 0;
    boolean allNull = values > 0 && nulls == values;
    return nulls <= (leaf.definitions() == 0 ? 0 : values)
        && isValue(statistics.getMin_value(), allNull)
        && isValue(statistics.getMax_value(), allNull)
        && isValue(statistics.getMin(), allNull)
        && isValue(statistics.getMax(), allNull);
  }

  private boolean isValue(byte @Nullable [] value, boolean allNull) {
    if (value == null || value.length == 0) {
      return true;
    }
    int expected =
        switch (leaf.type()) {
          case BOOLEAN -> 1;
          case INT32, INT64, FLOAT, DOUBLE -> leaf.width();
          case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> value.length;
        };
    return !allNull && value.length == expected;
  }

  /** There is a count for every level from 0, if there are counts. */
  private boolean isOf(@Nullable SizeStatistics statistics) {
    return statistics == null
        || (isOfLevels(statistics.getDefinition_level_histogram(), leaf.definitions())
            && isOfLevels(statistics.getRepetition_level_histogram(), leaf.repetitions()));
  }

  private static boolean isOfLevels(@Nullable List<Long> histogram, int highest) {
    return histogram == null || histogram.isEmpty() || histogram.size() == highest + 1;
  }
}
