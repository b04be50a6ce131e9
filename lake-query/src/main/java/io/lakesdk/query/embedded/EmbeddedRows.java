package io.lakesdk.query.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.schema.RecordMapper;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of a running statement. */
final class EmbeddedRows implements Rows {

  private final Running running;
  private final Plan plan;
  private final ResultSet result;
  private final List<OutputColumn> output;
  private final List<ResultColumn> columns;
  private boolean taken;

  EmbeddedRows(Running running, Plan plan, ResultSet result, List<OutputColumn> output) {
    this.running = running;
    this.plan = plan;
    this.result = result;
    this.output = output;
    this.columns =
        output.stream().map(c -> new ResultColumn(c.name(), c.type().toString())).toList();
    running.endWith(this);
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public <T extends Record> Stream<T> as(Class<T> type) {
    RecordMapper.Reader<T> reader =
        RecordMapper.of(type).reader(columns.stream().map(ResultColumn::name).toList());
    Subject subject = plan.subject();
    long[] row = {0};
    return stream(
        values -> {
          row[0]++;
          try {
            return reader.read(values);
          } catch (BadDataException e) {
            throw new BadDataException(
                "read row " + row[0] + " of",
                subject,
                lowerFirst(String.valueOf(e.getMessage())),
                e);
          }
        });
  }

  private static String lowerFirst(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  @Override
  public Stream<Map<String, @Nullable Object>> asMaps() {
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      if (columns.stream().filter(column -> column.name().equals(name)).count() > 1) {
        throw new InvalidDefinitionException(
            "read",
            Subject.column(name),
            "the statement has several columns of that name, which a map cannot hold; name them"
                + " apart with AS, or use asLists()");
      }
    }
    return stream(
        values -> {
          Map<String, @Nullable Object> map = new LinkedHashMap<>(values.length * 2);
          for (int i = 0; i < values.length; i++) {
            map.put(columns.get(i).name(), values[i]);
          }
          return Collections.unmodifiableMap(map);
        });
  }

  @Override
  public Stream<List<@Nullable Object>> asLists() {
    return stream(values -> Collections.unmodifiableList(Arrays.asList(values)));
  }

  private <T> Stream<T> stream(Function<@Nullable Object[], T> map) {
    if (taken) {
      throw new IllegalStateException("The rows of a statement are read once");
    }
    taken = true;
    return StreamSupport.stream(new Cursor<>(map), false).onClose(this::close);
  }

  /** Reads a row at a time; everything is closed after the last, or with an error. */
  private final class Cursor<T> extends Spliterators.AbstractSpliterator<T> {

    private final Function<@Nullable Object[], T> map;
    private boolean ended;

    Cursor(Function<@Nullable Object[], T> map) {
      super(Long.MAX_VALUE, Spliterator.ORDERED);
      this.map = map;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      if (ended) {
        return false;
      }
      T row;
      try {
        @Nullable Object[] values = next();
        if (values.length == 0 && !output.isEmpty()) {
          end();
          return false;
        }
        row = map.apply(values);
      } catch (LakeException e) {
        end();
        throw e;
      }
      action.accept(row);
      return true;
    }

    private void end() {
      ended = true;
      close();
    }
  }

  /** The values of the next row, or none after the last. */
  private @Nullable Object[] next() {
    return running.guarded(
        () -> {
          if (!result.next()) {
            return new @Nullable Object[0];
          }
          @Nullable Object[] values = new @Nullable Object[output.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = Values.read(result, i + 1, output.get(i).type());
          }
          return values;
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
