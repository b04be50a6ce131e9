package io.lakesdk.query.rows;

import io.lakesdk.error.Subject;
import io.lakesdk.query.QueryStats;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows that are there already: the answer of a statement that tells or changes something. */
public final class FixedRows extends StreamedRows {

  private final QueryStats stats;
  private final OptionalLong written;
  private final Iterator<? extends List<@Nullable Object>> left;

  /**
   * @param columns of the result
   * @param values of each row in column order
   * @param stats what was read to make them
   */
  public FixedRows(
      List<ResultColumn> columns, List<? extends List<@Nullable Object>> values, QueryStats stats) {
    this(columns, values, stats, OptionalLong.empty());
  }

  private FixedRows(
      List<ResultColumn> columns,
      List<? extends List<@Nullable Object>> values,
      QueryStats stats,
      OptionalLong written) {
    super(columns, () -> Subject.of(Subject.Kind.QUERY, ""));
    this.stats = stats;
    this.written = written;
    this.left = List.copyOf(values).iterator();
  }

  @Override
  protected Optional<@Nullable Object[]> next() {
    return left.hasNext() ? Optional.of(left.next().toArray()) : Optional.empty();
  }

  /** One column of texts. */
  public static FixedRows texts(String column, List<String> texts) {
    return texts(column, texts, QueryStats.ofDefinition());
  }

  /** {@link #texts(String, List)} for which something was read. */
  public static FixedRows texts(String column, List<String> texts, QueryStats stats) {
    return new FixedRows(
        List.of(new ResultColumn(column, "string")),
        texts.stream().map(text -> List.<@Nullable Object>of(text)).toList(),
        stats);
  }

  /** No columns and no rows, of a statement that wrote none either. */
  public static FixedRows none() {
    return new FixedRows(List.of(), List.of(), QueryStats.ofDefinition(), OptionalLong.of(0));
  }

  /** Of a statement that wrote rows: Athena's column for their number, and no rows. */
  public static FixedRows written(long rows, QueryStats stats) {
    return new FixedRows(
        List.of(new ResultColumn("rows", "bigint")), List.of(), stats, OptionalLong.of(rows));
  }

  @Override
  public OptionalLong written() {
    return written;
  }

  @Override
  public QueryStats stats() {
    return stats;
  }

  /** Does nothing: the statement has ended. */
  @Override
  public void cancel() {
    // there is nothing to stop
  }

  @Override
  public void close() {
    // nothing is held
  }
}
