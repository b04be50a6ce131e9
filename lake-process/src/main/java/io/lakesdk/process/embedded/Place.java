package io.lakesdk.process.embedded;

import static io.lakesdk.schema.DataType.STRING;
import static io.lakesdk.schema.DataType.TIMESTAMP;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Pipeline;
import io.lakesdk.publish.Partition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.SchemaChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place of a pipeline where rows are kept aside, and the dataset that they are kept in: the
 * columns that the rows have there, or had in earlier definitions of the pipeline, and notes.
 *
 * @param dataset the dataset, partitioned by the name of the pipeline
 * @param columns those of the rows at this place
 * @param isKnown whether the dataset was there before
 */
record Place(Dataset dataset, List<Column> columns, boolean isKnown) {

  static final String KEY = "quarantine_pipeline";

  private static final List<Column> NOTES =
      List.of(
          Column.of("quarantine_rule", STRING)
              .describedAs("the names of the rules that the row broke"),
          Column.of("quarantine_reason", STRING).describedAs("what is wrong with the row"),
          Column.of("quarantine_load", STRING).describedAs("the load that kept the row aside"),
          Column.of("quarantine_at", TIMESTAMP).describedAs("when that was, in UTC"));

  static Place of(Pipeline pipeline, DatasetId id, List<Column> columns, Definitions definitions) {
    for (Column column : columns) {
      if (column.name().equals(KEY)
          || NOTES.stream().anyMatch(note -> note.name().equals(column.name()))) {
        throw new InvalidDefinitionException(
            "keep aside rows of",
            Subject.of(Subject.Kind.PIPELINE, pipeline.name()),
            "they have a column "
                + column.name()
                + ", which is what the quarantine calls a note of its own; rename it in an sql"
                + " step before");
      }
    }
    Optional<Dataset> known = definitions.find(id);
    known.ifPresent(k -> requireQuarantine(k, pipeline));
    List<Column> all = new ArrayList<>(known.map(k -> k.schema().columns()).orElse(columns));
    if (known.isPresent()) {
      merge(all, columns);
    } else {
      all.addAll(NOTES);
    }
    Dataset dataset =
        new Dataset(
            id,
            pipeline.quarantineZone(),
            known.map(Dataset::location).orElse(id.database() + "/" + id.table() + "/"),
            known.map(Dataset::format).orElse(Format.PARQUET),
            Schema.of(all),
            List.of(Column.of(KEY, STRING)),
            Optional.of("rows kept aside on their way to " + pipeline.output().id()),
            pipeline.output().steward());
    return new Place(
        known.filter(k -> k.columns().equals(dataset.columns())).orElse(dataset),
        columns,
        known.isPresent());
  }

  private static void requireQuarantine(Dataset known, Pipeline pipeline) {
    boolean is =
        known.partitions().size() == 1
            && known.partitions().get(0).name().equals(KEY)
            && NOTES.stream().allMatch(note -> known.schema().find(note.name()).isPresent());
    if (!is) {
      throw new InvalidDefinitionException(
          "keep rows aside in",
          Subject.dataset(known.id()),
          "it is a dataset of another kind; choose another name with .quarantinedAs");
    }
    if (!known.zone().equals(pipeline.quarantineZone())) {
      throw new InvalidDefinitionException(
          "keep rows aside in",
          Subject.dataset(known.id()),
          "it is in zone "
              + known.zone()
              + " and not in "
              + pipeline.quarantineZone()
              + "; say so with .quarantinedIn, or choose another name with .quarantinedAs");
    }
  }

  /** Adds new columns, and widens those whose new type holds what the known one does. */
  private static void merge(List<Column> all, List<Column> columns) {
    for (Column column : columns) {
      int at = -1;
      for (int i = 0; i < all.size(); i++) {
        at = all.get(i).name().equals(column.name()) ? i : at;
      }
      if (at < 0) {
        all.add(column);
      } else if (!holds(all.get(at), column)) {
        all.set(at, column);
      }
    }
  }

  private static boolean holds(Column wide, Column narrow) {
    return Schema.of(narrow).evolve(Schema.of(wide)).stream().allMatch(SchemaChange::compatible);
  }

  /** The present, as fine as a column holds it. */
  static Instant at(Lake lake) {
    return lake.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The partition of the rows of a pipeline. */
  static Partition partition(String pipeline) {
    return Partition.of(Map.of(KEY, Optional.of(pipeline)));
  }

  /**
   * The rest of a row of the dataset, as a SELECT lists it, after the row's own columns, the rules
   * and the reasons.
   */
  String notes(String pipelineAndMore) {
    StringBuilder select = new StringBuilder(pipelineAndMore);
    Schema here = Schema.of(columns);
    for (Column column : dataset.schema().columns()) {
      boolean isNote = NOTES.stream().anyMatch(note -> note.name().equals(column.name()));
      if (!isNote && here.find(column.name()).isEmpty()) {
        select.append(", ").append(SqlText.nothing(column));
      }
    }
    return select.toString();
  }
}
