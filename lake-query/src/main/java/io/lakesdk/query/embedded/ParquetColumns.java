package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.query.embedded.Duck.FileFacts.Fineness;
import io.lakesdk.storage.ObjectRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which columns Parquet files have from their footers, once for each file. */
final class ParquetColumns {

  private static final String FOOTERS =
      """
      SELECT file_name, name, num_children, duckdb_type, \
      coalesce(type, ''), coalesce(logical_type, ''), coalesce(converted_type, '') \
      FROM parquet_schema(%s) ORDER BY file_name, column_id""";

  private final Duck duck;
  private final Plan plan;

  ParquetColumns(Duck duck, Plan plan) {
    this.duck = duck;
    this.plan = plan;
  }

  /**
   * The columns of each file by lower-case name.
   *
   * @throws BadDataException naming the file that is no Parquet file
   */
  List<Map<String, FileColumn>> columns(Dataset dataset, List<DataFile> files, List<String> paths) {
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      if (duck.facts().columns(files.get(i).object()).isEmpty()) {
        unknown.add(paths.get(i));
      }
    }
    if (!unknown.isEmpty()) {
      learn(unknown);
    }
    List<Map<String, FileColumn>> all = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      ObjectRef ref = files.get(i).object();
      all.add(
          duck.facts()
              .columns(ref)
              .orElseGet(
                  () -> {
                    // Forgotten meanwhile, because many files were read.
                    return learn(List.of(path)).getOrDefault(path, Map.of());
                  }));
    }
    return all;
  }

  private Map<String, Map<String, FileColumn>> learn(List<String> paths) {
    return duck.ask(plan, FOOTERS.formatted(SqlText.literals(paths)), this::read);
  }

  /** A footer lists a schema from the root down, each element before its children. */
  private Map<String, Map<String, FileColumn>> read(ResultSet rows) throws SQLException {
    Map<String, Map<String, FileColumn>> all = new HashMap<>();
    @Nullable String file = null;
    Map<String, FileColumn> columns = new LinkedHashMap<>();
    long inside = 0;
    while (rows.next()) {
      String path = rows.getString(1);
      long children = rows.getLong(3);
      if (!path.equals(file)) {
        file = path;
        columns = new LinkedHashMap<>();
        all.put(path, columns);
        inside = 0;
        continue;
      }
      if (inside == 0) {
        add(columns, rows, path);
      } else {
        inside--;
      }
      inside += children;
    }
    all.forEach(
        (path, known) -> plan.object(path).ifPresent(ref -> duck.facts().learned(ref, known)));
    return all;
  }

  private void add(Map<String, FileColumn> columns, ResultSet row, String path)
      throws SQLException {
    String name = row.getString(2);
    String type = row.getString(4);
    boolean finer =
        row.getString(5).equals("INT96")
            || row.getString(6).contains("MICROS=Micro")
            || row.getString(6).contains("NANOS=Nano")
            || row.getString(7).contains("MICROS");
    FileColumn column =
        new FileColumn(
            name,
            columns.size(),
            type == null ? "" : type,
            finer ? Fineness.FINER : Fineness.MILLISECONDS_OR_NONE);
    if (columns.put(name.toLowerCase(Locale.ROOT), column) != null) {
      Subject subject =
          plan.object(path)
              .map(ref -> Subject.object(ref.zone(), ref.key()))
              .orElseGet(plan::subject);
      throw new BadDataException(
          "read",
          subject,
          "it has two columns named "
              + name.toLowerCase(Locale.ROOT)
              + " that differ only in case; Athena does not tell them apart");
    }
  }
}
