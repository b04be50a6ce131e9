package io.lakesdk.query.rows;

import io.lakesdk.error.Subject;
import io.lakesdk.query.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows whose columns are known and which come one by one. */
public abstract class StreamedRows implements Rows {

  private final List<ResultColumn> columns;
  private final RowStream rows;

  /**
   * @param columns of the result
   * @param statement how messages name it
   */
  protected StreamedRows(List<ResultColumn> columns, Supplier<Subject> statement) {
    this.columns = List.copyOf(columns);
    this.rows = new RowStream(this.columns, statement, () -> next(), () -> close());
  }

  /** The values of the next row in column order; empty after the last. */
  protected abstract Optional<@Nullable Object[]> next();

  @Override
  public final List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public final <T extends Record> Stream<T> as(Class<T> type) {
    return rows.as(type);
  }

  @Override
  public final Stream<Map<String, @Nullable Object>> asMaps() {
    return rows.asMaps();
  }

  @Override
  public final Stream<List<@Nullable Object>> asLists() {
    return rows.asLists();
  }
}
