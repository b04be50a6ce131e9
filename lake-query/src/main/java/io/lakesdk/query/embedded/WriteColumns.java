package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.duckdb.ExactCast;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.files.RowFormats;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a relation as a dataset wants them: matched by name, cast exactly. */
final class WriteColumns {

  private final Dataset dataset;
  private final LazyRelation relation;
  private final List<Column> columns;
  private final Map<String, SqlType> given = new HashMap<>();

  /**
   * @throws InvalidDefinitionException if the relation's columns are not the dataset's
   */
  WriteColumns(Dataset dataset, LazyRelation relation) {
    this.dataset = dataset;
    this.relation = relation;
    this.columns = dataset.columns().columns();
    for (OutputColumn column : relation.output()) {
      given.put(column.name(), column.type());
    }
    check();
  }

  private void check() {
    Format format = dataset.format();
    boolean written =
        format instanceof Format.Parquet
            || format instanceof Format.Csv
            || format instanceof Format.Json
            || format instanceof Format.JsonLines
            || RowFormats.isWritten(format);
    if (!written) {
      throw refuse("its files are " + format.extension() + ", which is not written here");
    }
    if (format instanceof Format.JsonLines lines && !lines.keys().isEmpty()) {
      throw refuse("its columns have other names in its files, which is not written here");
    }
    if (dataset.schema().columns().isEmpty()) {
      throw refuse("it declares no columns for its files; register it with columns");
    }
    Set<String> missing = new LinkedHashSet<>(dataset.columns().names());
    missing.removeAll(given.keySet());
    Set<String> surplus = new LinkedHashSet<>(relation.names());
    dataset.columns().names().forEach(surplus::remove);
    if (missing.isEmpty() && surplus.isEmpty()) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    if (!missing.isEmpty()) {
      reasons.add("the rows have no column " + String.join(", ", missing));
    }
    if (!surplus.isEmpty()) {
      reasons.add("the dataset has no column " + String.join(", ", surplus));
    }
    throw refuse(
        String.join(", and ", reasons)
            + "; the rows have "
            + String.join(", ", relation.names())
            + ", the dataset has "
            + String.join(", ", dataset.columns().names()));
  }

  private InvalidDefinitionException refuse(String reason) {
    return new InvalidDefinitionException("write", Subject.dataset(dataset.id()), reason);
  }

  /** A query for the rows as the dataset's files and partitions have them. */
  String select(Plan plan) {
    List<String> casts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      casts.add(cast(i) + " AS " + SqlText.name(columns.get(i).name()));
    }
    return "SELECT " + String.join(", ", casts) + " FROM (" + relation.select(plan) + ")";
  }

  private String cast(int number) {
    Column column = columns.get(number);
    SqlType from = given.getOrDefault(column.name(), SqlType.Simple.UNKNOWN);
    String failure = "error(" + SqlText.literal(DuckErrors.WRITE_RAISED + number) + ")";
    String value =
        ExactCast.sql(SqlText.name(column.name()), from, column.type(), failure)
            .orElseThrow(
                () ->
                    refuse(
                        "column "
                            + column.name()
                            + " of the rows is "
                            + from
                            + " and "
                            + column.type()
                            + " in the dataset; CAST it in the statement"));
    if (dataset.format() instanceof Format.Csv && JsonScan.isNested(column.type())) {
      throw refuse("column " + column.name() + " is " + column.type() + ", which CSV cannot hold");
    }
    Format format = dataset.format();
    boolean text = !(format instanceof Format.Parquet || RowFormats.isWritten(format));
    return text && column.type() == Primitive.BINARY ? "to_base64(" + value + ")" : value;
  }

  /** The error of a value that does not fit the column of this number. */
  BadDataException misfit(int number) {
    Column column = columns.get(number);
    return new BadDataException(
        "write",
        Subject.dataset(dataset.id()),
        "a value of column "
            + column.name()
            + ", which is "
            + given.get(column.name())
            + " in the rows, does not fit "
            + column.type()
            + " without loss");
  }
}
