package io.lakesdk.catalog;

import io.lakesdk.Dataset;
import io.lakesdk.Principal;
import io.lakesdk.schema.SchemaChange;
import java.time.Instant;
import java.util.List;

/**
 * One definition that a dataset had.
 *
 * @param number 1, 2, 3 ... without gaps
 * @param definition the dataset as it was then; of its columns those that the asker may see now
 * @param changes what became of the columns since the version before, partition keys included; for
 *     the first version every column, as added. Only of columns that the asker may see
 * @param at when it was registered
 * @param by who registered it
 */
public record SchemaVersion(
    long number, Dataset definition, List<SchemaChange> changes, Instant at, Principal by) {
  public SchemaVersion {
    changes = List.copyOf(changes);
  }
}
