package io.lakesdk.catalog.crawl;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.SchemaChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the columns of files together with those that a dataset is registered with. What was
 * registered stays, descriptions included, where the files' values fit in; types are widened where
 * they do not, and new columns join at the end.
 */
final class KnownColumns {

  private static final Set<DataType> WHOLE =
      Set.of(Primitive.TINYINT, Primitive.SMALLINT, Primitive.INT, Primitive.BIGINT);

  private final Dataset dataset;
  private final boolean text;
  private final Folder folder;

  KnownColumns(Dataset dataset, Format found, Folder folder) {
    this.dataset = dataset;
    this.folder = folder;
    this.text = !(found instanceof Format.Parquet);
    boolean same =
        dataset.format().equals(found) || (dataset.format() instanceof Format.Parquet && !text);
    if (!same) {
      throw folder.unreadable(
          "dataset "
              + dataset.id()
              + " is registered with the format "
              + dataset.format()
              + " and its files are "
              + found
              + "; put files of another format into another folder");
    }
  }

  List<ColumnEvidence> reconcile(List<ColumnEvidence> found) {
    Map<String, ColumnEvidence> byName = new LinkedHashMap<>();
    found.forEach(of -> byName.put(of.column().name(), of));
    if (dataset.format() instanceof Format.Csv) {
      requireSameOrder(found);
    }
    List<ColumnEvidence> all = new ArrayList<>();
    for (Column known : dataset.schema().columns()) {
      ColumnEvidence of = byName.remove(known.name());
      all.add(
          of == null
              ? new ColumnEvidence(known, rows(found), 0, 0, 0, "registered, and in no file here")
              : reconcile(known, of));
    }
    all.addAll(byName.values());
    return all;
  }

  private static long rows(List<ColumnEvidence> found) {
    return found.isEmpty() ? 0 : found.get(0).rows();
  }

  private void requireSameOrder(List<ColumnEvidence> found) {
    List<String> registered = dataset.schema().names();
    List<String> names = found.stream().map(of -> of.column().name()).toList();
    boolean header = ((Format.Csv) dataset.format()).header() == Format.Header.PRESENT;
    int both = Math.min(registered.size(), names.size());
    if (header && !names.subList(0, both).equals(registered.subList(0, both))) {
      throw folder.unreadable(
          "the header is not in the order of the columns of dataset "
              + dataset.id()
              + ", and CSV files are read in order; put these files into another folder");
    }
  }

  private ColumnEvidence reconcile(Column known, ColumnEvidence found) {
    DataType before = known.type();
    DataType now = found.column().type();
    if (before.equals(now)) {
      return with(known, found, found.reason());
    }
    if (found.values() == 0 || widens(now, before) || (text && holds(before, now))) {
      return with(known, found, "as registered; found " + now + ", since " + found.reason());
    }
    if (widens(before, now) || (text && WHOLE.contains(before) && now == Primitive.DOUBLE)) {
      return with(retyped(known, now), found, "was " + before + "; " + found.reason());
    }
    if (text) {
      return with(
          retyped(known, Primitive.STRING),
          found,
          "was " + before + ", and now found " + now + ", since " + found.reason());
    }
    throw folder.unreadable(
        "column "
            + known.name()
            + " is registered as "
            + before
            + " and is "
            + now
            + " in the files, which cannot be read as that");
  }

  private static ColumnEvidence with(Column column, ColumnEvidence found, String reason) {
    return new ColumnEvidence(
        column, found.rows(), found.values(), found.shortest(), found.longest(), reason);
  }

  private static Column retyped(Column column, DataType type) {
    return new Column(column.name(), type, column.description());
  }

  /** Whether text that could be the narrower type is surely a value of the registered one. */
  private static boolean holds(DataType registered, DataType found) {
    return registered == Primitive.STRING
        || (registered == Primitive.DOUBLE && WHOLE.contains(found))
        || (registered == Primitive.TIMESTAMP && found == Primitive.DATE);
  }

  private static boolean widens(DataType from, DataType to) {
    return Schema.of(Column.of("c", from)).evolve(Schema.of(Column.of("c", to))).stream()
        .allMatch(SchemaChange::compatible);
  }
}
