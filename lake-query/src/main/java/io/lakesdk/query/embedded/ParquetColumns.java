package io.lakesdk.query.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.query.embedded.Duck.FileFacts.Fineness;
import io.lakesdk.storage.ObjectRef;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which columns Parquet files have from their footers, once for each file. */
final class ParquetColumns {

  private static final String FOOTERS =
      """
      SELECT file_name, name, num_children, duckdb_type, \
      coalesce(type, ''), coalesce(logical_type, ''), coalesce(converted_type, '') \
      FROM parquet_schema(%s) ORDER BY file_name, column_id""";

  /** For each row group: whether all is NULL, and the least and the greatest value. */
  private static final String RANGES =
      """
      SELECT file_name, path_in_schema, coalesce(stats_null_count = num_values, false), \
      stats_min_value, stats_max_value FROM parquet_metadata(%s) WHERE path_in_schema IN %s""";

  private static final Pattern SHORT_DECIMAL =
      Pattern.compile("DECIMAL\\((?:\\d|1[0-8]),(\\d+)\\)");

  private final Duck duck;
  private final Plan plan;

  ParquetColumns(Duck duck, Plan plan) {
    this.duck = duck;
    this.plan = plan;
  }

  /**
   * The columns of each file by lower-case name.
   *
   * @param mayBeCut whether the files may lack row groups that the objects have, so that their
   *     statistics say nothing of the objects
   * @throws BadDataException naming the file that is no Parquet file
   */
  List<Map<String, FileColumn>> columns(
      List<DataFile> files, List<String> paths, boolean mayBeCut) {
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      if (duck.facts().columns(files.get(i).object()).isEmpty()) {
        unknown.add(paths.get(i));
      }
    }
    if (!unknown.isEmpty()) {
      learn(unknown, mayBeCut);
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
                    return learn(List.of(path), mayBeCut).getOrDefault(path, Map.of());
                  }));
    }
    return all;
  }

  private Map<String, Map<String, FileColumn>> learn(List<String> paths, boolean mayBeCut) {
    Map<String, Map<String, FileColumn>> all =
        duck.ask(plan, FOOTERS.formatted(SqlText.literals(paths)), this::read);
    if (!mayBeCut) {
      learnDigits(all);
    }
    all.forEach(
        (path, known) -> plan.object(path).ifPresent(ref -> duck.facts().learned(ref, known)));
    return all;
  }

  /** Finds out how many digits the short decimals of files have. */
  private void learnDigits(Map<String, Map<String, FileColumn>> files) {
    List<String> paths = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    files.forEach(
        (path, columns) -> {
          List<String> decimals =
              columns.values().stream()
                  .filter(column -> SHORT_DECIMAL.matcher(column.type()).matches())
                  .map(FileColumn::name)
                  .toList();
          if (!decimals.isEmpty()) {
            paths.add(path);
            names.addAll(decimals);
          }
        });
    if (paths.isEmpty()) {
      return;
    }
    String question = RANGES.formatted(SqlText.literals(paths), SqlText.literals(names));
    Map<String, Map<String, OptionalInt>> digits = duck.ask(plan, question, ParquetColumns::digits);
    digits.forEach((path, found) -> files.computeIfPresent(path, (p, c) -> withDigits(c, found)));
  }

  private static Map<String, FileColumn> withDigits(
      Map<String, FileColumn> columns, Map<String, OptionalInt> digits) {
    digits.forEach(
        (name, most) ->
            columns.computeIfPresent(
                name.toLowerCase(Locale.ROOT),
                (key, column) ->
                    most.isPresent()
                        ? column.withDigits(most.getAsInt() + scale(column))
                        : column));
    return columns;
  }

  /** Digits before the point, of each column of each file. */
  private static Map<String, Map<String, OptionalInt>> digits(ResultSet rows) throws SQLException {
    Map<String, Map<String, OptionalInt>> files = new HashMap<>();
    while (rows.next()) {
      OptionalInt most = OptionalInt.empty();
      if (rows.getBoolean(3)) {
        most = OptionalInt.of(0);
      } else {
        String least = rows.getString(4);
        String greatest = rows.getString(5);
        if (least != null && greatest != null) {
          most = digits(least, greatest);
        }
      }
      files
          .computeIfAbsent(rows.getString(1), path -> new HashMap<>())
          .merge(
              rows.getString(2),
              most,
              (one, two) ->
                  one.isPresent() && two.isPresent()
                      ? OptionalInt.of(Math.max(one.getAsInt(), two.getAsInt()))
                      : OptionalInt.empty());
    }
    return files;
  }

  private static int beforePoint(BigDecimal value) {
    return Math.max(0, value.precision() - value.scale());
  }

  private static int scale(FileColumn column) {
    Matcher decimal = SHORT_DECIMAL.matcher(column.type());
    return decimal.matches() ? Integer.parseInt(decimal.group(1)) : 0;
  }

  /** Before the point. */
  private static OptionalInt digits(String least, String most) {
    try {
      return OptionalInt.of(
          Math.max(beforePoint(new BigDecimal(least)), beforePoint(new BigDecimal(most))));
    } catch (NumberFormatException noDecimal) {
      return OptionalInt.empty();
    }
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
