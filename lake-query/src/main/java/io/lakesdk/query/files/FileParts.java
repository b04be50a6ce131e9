package io.lakesdk.query.files;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of one format.
 *
 * @param paths where they are, in their order
 */
record FileParts(RowFormat format, List<ObjectRef> files, List<Path> paths) implements RowParts {

  private static final Logger LOG = LoggerFactory.getLogger(FileParts.class);

  FileParts {
    files = List.copyOf(files);
    paths = List.copyOf(paths);
  }

  @Override
  public boolean isText() {
    return format.isText();
  }

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public RowFormat.Reader open(int part, List<Column> columns) throws IOException {
    return format.open(files.get(part), paths.get(part), columns);
  }

  @Override
  public LakeException failed(int part, long row, Throwable cause) {
    ObjectRef file = files.get(part);
    return new BadDataException(
        "read", Subject.object(file.zone(), file.key()), reason(row, cause));
  }

  private static String reason(long row, Throwable cause) {
    if (cause instanceof RowScan.Misfit misfit) {
      Column column = misfit.column();
      return "in row "
          + row
          + " the value of column "
          + column.name()
          + " does not fit "
          + column.type();
    }
    if (cause instanceof LinkageError) {
      LOG.warn("A library that reads files is missing or of another version", cause);
      return "the library for its format is not whole; the log has the reason";
    }
    LOG.debug("A file is damaged: {}", cause.getClass().getName());
    return row == 0
        ? "it is damaged, cut off, or no file of its dataset's format"
        : "in row " + row + " its content is damaged or cut off";
  }
}
