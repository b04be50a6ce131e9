package io.lakesdk.query.jdbc.result;

import io.lakesdk.query.Rows.ResultColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result set that is made of rows in memory, as metadata is. */
public final class MetadataTable {

  private final List<ResultColumn> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  private MetadataTable() {}

  /** A table with these columns, written {@code NAME type, NAME type}. */
  public static MetadataTable of(String columns) {
    MetadataTable table = new MetadataTable();
    for (String column : columns.split(", ", -1)) {
      int space = column.indexOf(' ');
      table.columns.add(new ResultColumn(column.substring(0, space), column.substring(space + 1)));
    }
    return table;
  }

  /** Adds a row, with a value of its column's type for each. */
  public MetadataTable row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns.size());
    }
    rows.add(Collections.unmodifiableList(Arrays.asList(values)));
    return this;
  }

  public LakeResultSet results() {
    return new LakeResultSet(List.copyOf(columns), Cursor.over(rows), null);
  }
}
