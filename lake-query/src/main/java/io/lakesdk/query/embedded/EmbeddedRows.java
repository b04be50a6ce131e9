package io.lakesdk.query.embedded;

import io.lakesdk.query.QueryStats;
import io.lakesdk.query.duckdb.Values;
import io.lakesdk.query.rows.StreamedRows;
import io.lakesdk.query.sql.OutputColumn;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of a running statement. */
final class EmbeddedRows extends StreamedRows {

  private final Running running;
  private final Plan plan;
  private final ResultSet result;
  private final List<OutputColumn> output;

  /**
   * Starts a statement.
   *
   * @param started is given what cancels it
   * @param sql what it is, which is composed when the statement has its place
   */
  static EmbeddedRows start(
      Duck duck,
      Plan plan,
      Optional<Duration> timeout,
      Consumer<Runnable> started,
      Supplier<String> sql,
      List<OutputColumn> output) {
    Running running = Running.withRows(duck, plan, timeout);
    try {
      started.accept(() -> running.stop("it was cancelled"));
      return new EmbeddedRows(running, plan, running.query(sql.get()), output);
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private EmbeddedRows(Running running, Plan plan, ResultSet result, List<OutputColumn> output) {
    super(
        output.stream().map(c -> new ResultColumn(c.name(), c.type().toString())).toList(),
        plan::subject);
    this.running = running;
    this.plan = plan;
    this.result = result;
    this.output = output;
    running.endWith(this);
  }

  @Override
  protected Optional<@Nullable Object[]> next() {
    return running.guarded(
        () -> {
          if (!result.next()) {
            return Optional.empty();
          }
          @Nullable Object[] values = new @Nullable Object[output.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = Values.read(result, i + 1, output.get(i).type());
          }
          return Optional.of(values);
        });
  }

  @Override
  public QueryStats stats() {
    return plan.stats();
  }

  @Override
  public void cancel() {
    running.stop("it was cancelled");
  }

  @Override
  public void close() {
    running.stop("its rows were closed");
    running.close();
  }
}
