package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.RowStream;
import io.lakesdk.storage.ObjectContent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of an earlier result: each begins with a 1, and after the last is a 0. */
final class StoredRows implements Rows {

  static final int ROW = 1;
  static final int END = 0;

  private final List<ResultColumn> columns;
  private final QueryStats stats;
  private final Subject file;
  private final DataInputStream in;
  private final Supplier<Optional<String>> stop;
  private final RowStream rows;

  /**
   * @param stop why they must not be read on, if so
   */
  StoredRows(
      List<ResultColumn> columns,
      QueryStats stats,
      Subject file,
      ObjectContent content,
      Supplier<Optional<String>> stop) {
    this.columns = columns;
    this.stats = stats;
    this.file = file;
    this.in = new DataInputStream(new BufferedInputStream(content));
    this.stop = stop;
    this.rows = new RowStream(columns, () -> file, this::next, this::close);
  }

  private Optional<@Nullable Object[]> next() {
    Optional<String> reason = stop.get();
    if (reason.isPresent()) {
      throw new UnavailableException("read", file, reason.get());
    }
    try {
      if (in.readByte() == END) {
        // The end of the object is where its checksums are looked at.
        in.transferTo(java.io.OutputStream.nullOutputStream());
        return Optional.empty();
      }
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = StoredValues.read(in);
      }
      return Optional.of(values);
    } catch (IOException | RuntimeException e) {
      throw e instanceof io.lakesdk.error.LakeException known
          ? known
          : new BadDataException(
              "read", file, "the file of an earlier result is damaged; delete it", e);
    }
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public <T extends Record> Stream<T> as(Class<T> type) {
    return rows.as(type);
  }

  @Override
  public Stream<Map<String, @Nullable Object>> asMaps() {
    return rows.asMaps();
  }

  @Override
  public Stream<List<@Nullable Object>> asLists() {
    return rows.asLists();
  }

  @Override
  public QueryStats stats() {
    return stats;
  }

  @Override
  public void cancel() {
    // whoever hands these rows out is told to stop them
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UnavailableException("close", file, "it could not be closed", e);
    }
  }
}
