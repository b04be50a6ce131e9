package io.lakesdk.query.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBConnection;

/** Looks at files once more, after a statement failed, to say where the fault is. */
final class FaultFinder {

  private static final int MOST_FILES = 200;

  private final Duck duck;
  private final Plan plan;

  FaultFinder(Duck duck, Plan plan) {
    this.duck = duck;
    this.plan = plan;
  }

  /** The error of a value in a text file that is none of its column's type. */
  BadDataException value(int scanNumber, int columnNumber, int fileNumber) {
    Plan.Scan scan = plan.scan(scanNumber);
    ObjectRef file = scan.files().get(fileNumber).object();
    Texts.TextColumns reader = scan.reader().orElseThrow();
    Column column = reader.columns().get(columnNumber);
    OptionalLong row = row(reader, column, file);
    return new BadDataException(
        "read",
        Subject.object(file.zone(), file.key()),
        (row.isPresent() ? "in row " + row.getAsLong() + " of data " : "")
            + "the value of column "
            + column.name()
            + (Texts.isText(column.type())
                ? " " + TextHeaders.NUL
                : " is not "
                    + column.type()
                    + ", the type that dataset "
                    + scan.dataset()
                    + " declares"));
  }

  private OptionalLong row(Texts.TextColumns reader, Column column, ObjectRef file) {
    Optional<String> path =
        plan.objects().entrySet().stream()
            .filter(entry -> entry.getValue().equals(file))
            .map(Map.Entry::getKey)
            .findFirst();
    if (path.isEmpty()) {
      return OptionalLong.empty();
    }
    try (DuckDBConnection connection = duck.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(reader.firstBadRow(column, path.get()))) {
      long row = rows.next() ? rows.getLong(1) : 0;
      return row > 0 ? OptionalLong.of(row) : OptionalLong.empty();
    } catch (SQLException e) {
      // The file has another fault before this one; the column is known all the same.
      return OptionalLong.empty();
    }
  }

  /** The Parquet file that cannot be read to its end, where DuckDB did not name it. */
  Optional<ObjectRef> brokenFile() {
    if (plan.objects().size() > MOST_FILES) {
      return Optional.empty();
    }
    return List.copyOf(plan.objects().values()).stream().filter(this::isBroken).findFirst();
  }

  /** All of the file is looked at, of which the statement may have had parts. */
  private boolean isBroken(ObjectRef file) {
    String path;
    try {
      path = plan.whole(file).toString();
    } catch (BadDataException damaged) {
      return true;
    }
    String sql = "SELECT count(COLUMNS(*)) FROM read_parquet(" + SqlText.literal(path) + ")";
    try (DuckDBConnection connection = duck.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return false;
    } catch (SQLException e) {
      return !DuckDatabase.isRefusal(e);
    }
  }
}
