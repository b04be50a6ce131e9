package io.lakesdk.ingest.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Matches the columns of a record class to those of a dataset: the same names, in any order. */
final class RecordColumns {

  private final Dataset dataset;
  private final Class<?> type;
  private final Schema given;

  RecordColumns(Dataset dataset, Class<?> type, Schema given) {
    this.dataset = dataset;
    this.type = type;
    this.given = given;
    List<String> wanted = dataset.columns().names();
    if (dataset.schema().columns().isEmpty()) {
      throw invalid(
          "it has no columns; define it with .columns(" + type.getSimpleName() + ".class)");
    }
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(given.names());
    List<String> surplus = new ArrayList<>(given.names());
    surplus.removeAll(wanted);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw invalid(
          (missing.isEmpty() ? "" : "columns " + missing + " have no component in it")
              + (missing.isEmpty() || surplus.isEmpty() ? "" : ", and ")
              + (surplus.isEmpty() ? "" : "its columns " + surplus + " are not in the dataset"));
    }
  }

  /** Where in a record's values those of the dataset's columns are. */
  List<Integer> positions() {
    return dataset.columns().names().stream().map(given.names()::indexOf).toList();
  }

  /** How the values of the record's columns become those of the dataset's, in its order. */
  List<Fit> fits() {
    return dataset.columns().columns().stream().map(this::fit).toList();
  }

  private Fit fit(Column column) {
    Column own = given.column(column.name());
    return Fit.between(own.type(), column.type())
        .orElseThrow(
            () ->
                invalid(
                    "column "
                        + column.name()
                        + " is "
                        + column.type()
                        + " in the dataset and "
                        + own.type()
                        + " in the record"));
  }

  private InvalidDefinitionException invalid(String reason) {
    return new InvalidDefinitionException(
        "load records of " + type.getSimpleName() + " into", Subject.dataset(dataset.id()), reason);
  }
}
