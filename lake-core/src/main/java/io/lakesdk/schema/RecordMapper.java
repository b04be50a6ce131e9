package io.lakesdk.schema;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of one class into rows of a table and back. Thread-safe; the class is looked at
 * once, however often a mapper of it is asked for.
 *
 * <p>A component {@code placedAt} is column {@code placed_at} ({@code placedAtUTC} is {@code
 * placed_at_utc}, {@code line2} stays), unless {@link Name} says otherwise. Its type is:
 *
 * <table>
 * <caption>Java types, column types, and values in a row</caption>
 * <tr><th>Java</th><th>column</th><th>value</th></tr>
 * <tr><td>boolean, byte, short, int, long, float, double, and wrappers</td>
 *     <td>boolean, tinyint, smallint, int, bigint, float, double</td><td>the wrapper</td></tr>
 * <tr><td>BigDecimal</td><td>decimal(38,9), or what {@link Decimal} says</td>
 *     <td>BigDecimal with the column's scale</td></tr>
 * <tr><td>BigInteger</td><td>decimal(38,0)</td><td>BigDecimal with scale 0</td></tr>
 * <tr><td>String, enums (by name), UUID</td><td>string</td><td>String</td></tr>
 * <tr><td>byte[], ByteBuffer (what remains)</td><td>binary</td><td>byte[]</td></tr>
 * <tr><td>LocalDate</td><td>date</td><td>LocalDate</td></tr>
 * <tr><td>LocalDateTime, Instant (in UTC)</td><td>timestamp</td>
 *     <td>LocalDateTime, cut to milliseconds, which is what a timestamp holds</td></tr>
 * <tr><td>List, Set, arrays</td><td>array</td><td>List</td></tr>
 * <tr><td>Map</td><td>map</td><td>LinkedHashMap</td></tr>
 * <tr><td>records</td><td>struct</td><td>LinkedHashMap by field name</td></tr>
 * <tr><td>Optional</td><td>as its content</td><td>null when empty</td></tr>
 * </table>
 *
 * <p>Decimals are never rounded: 29 digits before and 9 after the point fit {@code decimal(38,9)},
 * in which sums are exact, and a value with more is refused when it is written.
 *
 * @param <T> the record class; it may be private or local. In a named module its package must be
 *     open to this one, or exported with the record public
 */
public final class RecordMapper<T extends Record> {

  private static final ClassValue<RecordMapper<?>> MAPPERS =
      new ClassValue<>() {
        @Override
        protected RecordMapper<?> computeValue(Class<?> type) {
          return new RecordMapper<>(type.asSubclass(Record.class));
        }
      };

  private final Class<T> recordClass;
  private final RecordCodec codec;
  private final Schema schema;

  private RecordMapper(Class<T> recordClass) {
    this.recordClass = recordClass;
    this.codec = new CodecFactory().ofRecord(recordClass, Place.of(recordClass));
    this.schema =
        Schema.of(codec.components().stream().map(RecordCodec.Component::column).toList());
  }

  /**
   * The mapper of a record class.
   *
   * @throws InvalidDefinitionException when a component has no column type, naming it and what to
   *     use instead; when the record contains itself; when its module keeps it closed
   */
  @SuppressWarnings(
      "unchecked") // computeValue answers the mapper of the class that it is asked for
  public static <T extends Record> RecordMapper<T> of(Class<T> recordClass) {
    return (RecordMapper<T>) MAPPERS.get(recordClass);
  }

  /** One column for each component, in order. */
  public Schema schema() {
    return schema;
  }

  /** The columns of {@link #schema()}. */
  public List<Column> columns() {
    return schema.columns();
  }

  /**
   * The values of a record in the order of {@link #columns()}.
   *
   * @throws BadDataException when a value does not fit its column exactly, naming component and
   *     column and never the value
   */
  public @Nullable Object[] toValues(T row) {
    List<RecordCodec.Component> components = codec.components();
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = codec.write(components.get(i), row);
    }
    return values;
  }

  /**
   * Prepares to make records of rows with these columns. A component is filled from the column of
   * its column name, or else of its Java name, in any case. Columns that no component asks for are
   * ignored, so that {@code SELECT *} keeps working when a table grows.
   *
   * @param columnNames as the rows have them, in order
   * @throws InvalidDefinitionException when a component has no column, listing those that there
   *     are, or could be any of several
   */
  public Reader<T> reader(List<String> columnNames) {
    List<String> names = List.copyOf(columnNames);
    List<RecordCodec.Component> components = codec.components();
    int[] positions = new int[components.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = codec.position(components.get(i), names);
      if (positions[i] < 0) {
        throw codec.absent(components.get(i), names, "column");
      }
    }
    return new Reader<>(this, names.size(), positions);
  }

  /**
   * Makes records of rows whose columns are known. Thread-safe.
   *
   * @param <T> the record class
   */
  public static final class Reader<T extends Record> {

    private final RecordMapper<T> mapper;
    private final int width;
    private final int[] positions;

    private Reader(RecordMapper<T> mapper, int width, int[] positions) {
      this.mapper = mapper;
      this.width = width;
      this.positions = positions;
    }

    /**
     * The record of a row. Values may be those of {@link RecordMapper#toValues}, or others that
     * mean the same: whole numbers of any size that fits, Instant and OffsetDateTime for a
     * timestamp. A decimal fits a double that prints as the same decimal. Collections in the record
     * cannot be changed.
     *
     * @param row one value for each column that the reader was made for
     * @throws BadDataException when a value does not fit its component exactly, when null meets a
     *     primitive component, or when the record's constructor refuses
     */
    public T read(@Nullable Object[] row) {
      if (row.length != width) {
        throw new IllegalArgumentException(
            "A row has " + row.length + " values for " + width + " columns");
      }
      List<RecordCodec.Component> components = mapper.codec.components();
      @Nullable Object[] values = new @Nullable Object[positions.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = components.get(i).codec().toJava(row[positions[i]]);
      }
      return mapper.recordClass.cast(mapper.codec.create(values));
    }
  }
}
