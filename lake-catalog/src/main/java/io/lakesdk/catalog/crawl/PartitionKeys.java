package io.lakesdk.catalog.crawl;

import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.publish.Partition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The partition keys of a table, told by its folders: int, bigint, date, or else string. */
record PartitionKeys(List<Column> columns, List<ColumnEvidence> evidence) {

  static PartitionKeys of(List<SourceFile> files, Optional<KnownDataset> known) {
    SourceFile first = files.get(0);
    Set<Partition> partitions = new LinkedHashSet<>();
    for (SourceFile file : files) {
      if (!names(file).equals(names(first))) {
        throw file.unreadable(
            "its folders have the keys "
                + names(file)
                + " and those of "
                + first.key()
                + " "
                + names(first)
                + "; all files of a table have the same, in the same order");
      }
      partitions.add(file.partition());
    }
    List<Column> keys = known.map(of -> of.dataset().partitions()).orElse(List.of());
    if (!keys.isEmpty() && !keys.stream().map(Column::name).toList().equals(names(first))) {
      throw first.unreadable(
          "its folders have the keys "
              + names(first)
              + " and the dataset "
              + keys.stream().map(Column::name).toList());
    }
    List<Column> columns = new ArrayList<>();
    List<ColumnEvidence> evidence = new ArrayList<>();
    for (String name : names(first)) {
      Profile profile = new Profile();
      for (Partition partition : partitions) {
        Optional<String> value = partition.values().get(name);
        if (value != null && value.isPresent()) {
          profile.add(value.get(), first.key(), 0);
        }
      }
      Optional<Column> registered =
          keys.stream().filter(key -> key.name().equals(name)).findFirst();
      Column column =
          registered.orElseGet(() -> Column.of(Names.column(name, first), type(profile)));
      columns.add(column);
      evidence.add(
          new ColumnEvidence(
              column,
              partitions.size(),
              profile.values(),
              profile.shortest(),
              profile.longest(),
              registered.isPresent() ? "as registered" : reason(profile)));
    }
    return new PartitionKeys(columns, evidence);
  }

  private static List<String> names(SourceFile file) {
    return List.copyOf(file.partition().values().keySet());
  }

  private static DataType type(Profile profile) {
    DataType type = profile.type();
    boolean kept = type == Primitive.INT || type == Primitive.BIGINT || type == Primitive.DATE;
    return kept ? type : Primitive.STRING;
  }

  private static String reason(Profile profile) {
    String values = "of " + Profile.number(profile.values()) + " values in folder names, ";
    if (type(profile) != Primitive.STRING) {
      return values + "all are " + (type(profile) == Primitive.DATE ? "dates" : "whole numbers");
    }
    return profile.has(TextKind.LEADING_ZERO)
        ? values + "some start with a zero, which a number would lose"
        : values + "some are neither whole numbers nor dates";
  }
}
