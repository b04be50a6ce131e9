package io.lakesdk.ingest.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.RecordMapper;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a dataset, made of records while they are iterated; counted, and hashed, as far as
 * they were. Records are numbered from 0 in messages, as in a list.
 */
final class RecordRows implements Iterator<@Nullable Object[]> {

  private final Dataset dataset;
  private final List<Column> columns;
  private final Iterator<? extends Record> records;
  private final RowHash hash;
  private @Nullable Mapping mapping;
  private long count;

  RecordRows(Dataset dataset, Iterator<? extends Record> records) {
    this.dataset = dataset;
    this.columns = dataset.columns().columns();
    this.records = records;
    this.hash = new RowHash(columns);
  }

  /** How a class's records become rows. */
  private record Mapping(
      Class<?> type, RecordMapper<Record> mapper, List<Integer> positions, List<Fit> fits) {}

  List<Column> columns() {
    return columns;
  }

  /** How many were iterated. */
  long count() {
    return count;
  }

  /** The hash of those that were iterated. */
  String sha256() {
    return hash.text();
  }

  @Override
  public boolean hasNext() {
    return records.hasNext();
  }

  @Override
  public @Nullable Object[] next() {
    @Nullable Record record = records.next();
    if (record == null) {
      throw bad("record " + count + " is null");
    }
    Mapping known = mapping;
    if (known == null) {
      known = mapping(record.getClass());
      mapping = known;
    }
    if (record.getClass() != known.type()) {
      throw bad(
          "record "
              + count
              + " is a "
              + record.getClass().getSimpleName()
              + " and the first one a "
              + known.type().getSimpleName()
              + "; load each class by itself");
    }
    @Nullable Object[] row = row(known, values(known, record));
    hash.add(row);
    count++;
    return row;
  }

  @SuppressWarnings("unchecked") // the mapper of a class is given only records of that class
  private Mapping mapping(Class<? extends Record> type) {
    RecordMapper<Record> mapper = (RecordMapper<Record>) RecordMapper.of(type);
    RecordColumns match = new RecordColumns(dataset, type, mapper.schema());
    return new Mapping(type, mapper, match.positions(), match.fits());
  }

  private @Nullable Object[] values(Mapping known, Record record) {
    try {
      return known.mapper().toValues(record);
    } catch (BadDataException e) {
      throw bad(e.subject(), "record " + count + " cannot be taken apart: " + e.getMessage(), e);
    }
  }

  private @Nullable Object[] row(Mapping known, @Nullable Object[] values) {
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      try {
        row[i] = known.fits().get(i).nullable(values[known.positions().get(i)]);
      } catch (MisfitException e) {
        throw new BadDataException(
            "load",
            Subject.dataset(dataset.id()),
            "the value of column "
                + columns.get(i).name()
                + " in record "
                + count
                + " cannot be stored exactly: "
                + e.getMessage());
      }
    }
    return row;
  }

  private BadDataException bad(String reason) {
    return new BadDataException("load", Subject.dataset(dataset.id()), reason);
  }

  private BadDataException bad(Subject column, String reason, LakeException cause) {
    return new BadDataException("load", column, reason, cause);
  }
}
