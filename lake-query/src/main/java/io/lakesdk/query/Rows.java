package io.lakesdk.query;

import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.rows.JsonText;
import io.lakesdk.query.rows.ResultFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement, read once, front to back, in memory that does not grow with their
 * number. Reading to the last row closes them; whoever may stop before, as {@code findFirst()}
 * does, closes them or the stream with try-with-resources, since an open statement holds memory;
 * where it runs in this process, a lake has at most 256 open and refuses the next. Closing cancels
 * the statement if it still runs. One thread reads; any thread may {@link #cancel}.
 */
public interface Rows extends AutoCloseable {

  /** The columns of the result, in order. */
  List<ResultColumn> columns();

  /**
   * Every row as a record, whose components are matched to columns by name.
   *
   * @throws InvalidDefinitionException if a component has no column
   * @throws BadDataException while reading, if a value does not fit its component; names column and
   *     row, never the value
   * @throws UnavailableException while reading, if the statement was cancelled or timed out
   */
  <T extends Record> Stream<T> as(Class<T> type);

  /** Every row as an unmodifiable map in column order. */
  Stream<Map<String, @Nullable Object>> asMaps();

  /** Every row as its values in column order. */
  Stream<List<@Nullable Object>> asLists();

  /**
   * Every row as a JSON object in one line, its columns in order: numbers and booleans as JSON's,
   * columns of type JSON as they are, varbinary in base64, arrays as arrays, maps and rows as
   * objects; everything else, and numbers that JSON does not have (NaN, Infinity), as texts as
   * Athena prints them.
   */
  default Stream<String> asJson() {
    return asMaps().map(new JsonText(columns())::of);
  }

  /**
   * Writes every row to a file of the local file system, which has all of them or is not changed.
   *
   * @param file created, or replaced
   * @param format {@link Format#CSV} with any settings, whose values are those of files that Athena
   *     leaves: in quotes, and nothing for NULL; or {@link Format#JSON_LINES}, with the lines of
   *     {@link #asJson}
   * @return how many rows
   * @throws InvalidDefinitionException for other formats: UNLOAD and CREATE TABLE AS write them
   * @throws UnavailableException if it cannot be written
   */
  default long writeTo(Path file, Format format) {
    return ResultFile.write(this, file, format);
  }

  /**
   * What was read to answer, known when the statement starts; in Athena when it has ended, which
   * this waits for.
   */
  QueryStats stats();

  /**
   * How many rows the statement wrote; empty of a statement that only reads. Not known in Athena.
   */
  default OptionalLong written() {
    return OptionalLong.empty();
  }

  /** The id of its execution, by which the history of its workgroup has it, if that has one. */
  default Optional<String> executionId() {
    return Optional.empty();
  }

  /** Stops the statement; whoever reads gets {@link UnavailableException}. */
  void cancel();

  @Override
  void close();

  /**
   * A column of a result.
   *
   * @param name as the statement named it; {@code _col0}, {@code _col1} ... where it did not
   * @param type as Athena names it: {@code varchar}, {@code decimal(12,2)}, {@code array(bigint)}
   */
  record ResultColumn(String name, String type) {}
}
