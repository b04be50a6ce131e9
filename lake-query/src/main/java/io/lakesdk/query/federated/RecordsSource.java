package io.lakesdk.query.federated;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.RecordMapper;
import io.lakesdk.schema.Schema;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records of Java as tables. {@link RecordMapper} says which columns a record has. Nothing is
 * copied: each statement goes through the records anew, and stops at its limit. A value; {@link
 * #with} gives another.
 */
public final class RecordsSource implements FederatedSource {

  private final Map<TableName, RecordsTable<?>> tables;

  RecordsSource() {
    this(Map.of());
  }

  private RecordsSource(Map<TableName, RecordsTable<?>> tables) {
    this.tables = tables;
  }

  /**
   * The same source with one more table.
   *
   * @param name {@code schema.table}
   * @param rows asked once for each time that a statement reads the table; what it gives must bear
   *     being read while others change it
   * @throws InvalidDefinitionException if there is a table of that name, or it is none
   */
  public <T extends Record> RecordsSource with(
      String name, Class<T> type, Supplier<? extends Iterable<T>> rows) {
    Map<TableName, RecordsTable<?>> more = new LinkedHashMap<>(tables);
    TableName id = TableName.parse(name);
    if (more.put(id, new RecordsTable<>(RecordMapper.of(type), rows)) != null) {
      throw new InvalidDefinitionException(
          "add", Subject.dataset(name), "there is a table of that name");
    }
    return new RecordsSource(more);
  }

  @Override
  public List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public Optional<FederatedTable> find(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  private record RecordsTable<T extends Record>(
      RecordMapper<T> mapper, Supplier<? extends Iterable<T>> rows) implements FederatedTable {

    @Override
    public Schema schema() {
      return mapper.schema();
    }

    @Override
    public SourceScan scan(List<Column> columns, RowCondition condition, OptionalLong limit) {
      int[] positions =
          columns.stream().mapToInt(column -> mapper.columns().indexOf(column)).toArray();
      return new SourceScan() {
        @Override
        public String description() {
          return "records" + (limit.isPresent() ? ", the first " + limit.getAsLong() : "");
        }

        @Override
        public SourceCursor open() {
          return new RecordsCursor<>(
              mapper, rows.get().iterator(), positions, limit.orElse(Long.MAX_VALUE));
        }
      };
    }
  }

  private static final class RecordsCursor<T extends Record> implements SourceCursor {
    private final RecordMapper<T> mapper;
    private final Iterator<T> rows;
    private final int[] positions;
    private final long most;
    private long number;

    RecordsCursor(RecordMapper<T> mapper, Iterator<T> rows, int[] positions, long most) {
      this.mapper = mapper;
      this.rows = rows;
      this.positions = positions;
      this.most = most;
    }

    @Override
    public boolean next(@Nullable Object[] row) {
      if (number >= most || !rows.hasNext()) {
        return false;
      }
      number++;
      T next = rows.next();
      if (next == null) {
        throw SourceException.badData("record " + number + " is null");
      }
      @Nullable Object[] values = values(next);
      for (int i = 0; i < positions.length; i++) {
        row[i] = values[positions[i]];
      }
      return true;
    }

    private @Nullable Object[] values(T next) {
      try {
        return mapper.toValues(next);
      } catch (BadDataException e) {
        throw SourceException.badData(
            "record " + number + " does not fit its columns: " + e.getMessage());
      }
    }

    @Override
    public void cancel() {
      // Whoever reads looks before each row whether it is still wanted.
    }

    @Override
    public void close() {
      // Iterators hold nothing.
    }
  }
}
