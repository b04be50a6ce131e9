package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.rows.StreamedRows;
import io.lakesdk.storage.ObjectContent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of an earlier result: each begins with a 1, and after the last is a 0. */
final class StoredRows extends StreamedRows {

  static final int ROW = 1;
  static final int END = 0;

  private final QueryStats stats;
  private final Subject file;
  private final DataInputStream in;
  private final Supplier<Optional<String>> stop;

  /**
   * @param stop why they must not be read on, if so
   */
  StoredRows(
      List<ResultColumn> columns,
      QueryStats stats,
      Subject file,
      ObjectContent content,
      Supplier<Optional<String>> stop) {
    super(columns, () -> file);
    this.stats = stats;
    this.file = file;
    this.in = new DataInputStream(new BufferedInputStream(content));
    this.stop = stop;
  }

  @Override
  protected Optional<@Nullable Object[]> next() {
    Optional<String> reason = stop.get();
    if (reason.isPresent()) {
      throw new UnavailableException("read", file, reason.get());
    }
    try {
      if (in.readByte() == END) {
        // The end of the object is where its checksums are looked at.
        in.transferTo(OutputStream.nullOutputStream());
        return Optional.empty();
      }
      @Nullable Object[] values = new @Nullable Object[columns().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = StoredValues.read(in);
      }
      return Optional.of(values);
    } catch (IOException | RuntimeException e) {
      throw e instanceof LakeException known
          ? known
          : new BadDataException(
              "read", file, "the file of an earlier result is damaged; delete it", e);
    }
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
