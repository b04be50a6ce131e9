package io.lakesdk.ingest;

import java.util.Objects;

/**
 * Java records of one class. Their columns, as {@link io.lakesdk.schema.RecordMapper} names them,
 * must be those of the dataset, partition keys included, in any order; values must fit the types of
 * the dataset's columns exactly: an {@code int} fits a bigint, and 1.005 does not fit a
 * decimal(10,2).
 *
 * <p>The records are iterated once, and kept aside by the engine until all of them were seen. A
 * stream is given as {@code records(stream::iterator)}.
 *
 * <p>A load of records is recognised by their values in their order. The same records again are
 * therefore taken for a repetition and not added; where equal records are meant to be added once
 * more, give the load a name of its own with {@link Load#as}. A load that replaces is a repetition
 * only while the dataset still holds what it brought.
 *
 * @param records all of one class, none null
 */
public record RecordSource(Iterable<? extends Record> records) implements IngestionSource {

  public RecordSource {
    Objects.requireNonNull(records, "records");
  }

  @Override
  public String description() {
    return "records";
  }

  /** Shows none of the records. */
  @Override
  public String toString() {
    return description();
  }
}
