package io.lakesdk.query.rows;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.Rows.ResultColumn;
import io.lakesdk.schema.RecordMapper;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a statement once, as records, maps or lists, and closes them at their end. */
public final class RowStream {

  private final List<ResultColumn> columns;
  private final Supplier<Subject> statement;
  private final Source source;
  private final Runnable close;
  private boolean taken;

  /** Where rows come from. */
  public interface Source {

    /** The values of the next row in column order; empty after the last. */
    Optional<@Nullable Object[]> next();
  }

  /**
   * @param columns of the result
   * @param statement how messages name it
   * @param source asked for one row at a time
   * @param close run after the last row, with the error that ended them, or when a stream is closed
   */
  public RowStream(
      List<ResultColumn> columns, Supplier<Subject> statement, Source source, Runnable close) {
    this.columns = List.copyOf(columns);
    this.statement = statement;
    this.source = source;
    this.close = close;
  }

  /** The reason of a statement that was stopped when its time was over. */
  public static String timedOut(Duration limit) {
    return "it took longer than its timeout of "
        + (limit.toMillis() < 10_000
            ? limit.toMillis() + " milliseconds"
            : limit.toSeconds() + " seconds");
  }

  public <T extends Record> Stream<T> as(Class<T> type) {
    RecordMapper.Reader<T> reader =
        RecordMapper.of(type).reader(columns.stream().map(ResultColumn::name).toList());
    Subject subject = statement.get();
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

  public Stream<List<@Nullable Object>> asLists() {
    return stream(values -> Collections.unmodifiableList(Arrays.asList(values)));
  }

  private <T> Stream<T> stream(Function<@Nullable Object[], T> map) {
    if (taken) {
      throw new IllegalStateException("The rows of a statement are read once");
    }
    taken = true;
    return StreamSupport.stream(new Cursor<>(map), false).onClose(close);
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
        Optional<@Nullable Object[]> values = source.next();
        if (values.isEmpty()) {
          end();
          return false;
        }
        row = map.apply(values.get());
      } catch (LakeException e) {
        end();
        throw e;
      }
      action.accept(row);
      return true;
    }

    private void end() {
      ended = true;
      close.run();
    }
  }
}
