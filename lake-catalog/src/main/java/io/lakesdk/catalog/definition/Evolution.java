package io.lakesdk.catalog.definition;

import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Which definition may follow which, for a dataset that has data. */
final class Evolution {

  private Evolution() {}

  /** Why {@code after} cannot follow {@code before}; empty if it can. */
  static Optional<LakeException> refusal(Dataset before, Dataset after) {
    List<String> moved = moves(before, after);
    if (!moved.isEmpty()) {
      return Optional.of(
          new ConflictException(
              "register",
              Subject.dataset(after.id()),
              "it has data, and this would change its "
                  + String.join(" and its ", moved)
                  + "; register a dataset of another name and copy the data into it"));
    }
    List<String> unreadable = unreadable(before, after);
    return unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InvalidDefinitionException(
                "register",
                Subject.dataset(after.id()),
                "files that it has cannot be read with these columns ("
                    + String.join("; ", unreadable)
                    + "); keep the columns and their types, add new ones, or register a dataset of"
                    + " another name"));
  }

  private static List<String> moves(Dataset before, Dataset after) {
    List<String> moved = new ArrayList<>();
    if (!before.zone().equals(after.zone())) {
      moved.add("zone from " + before.zone() + " to " + after.zone());
    }
    if (!before.location().equals(after.location())) {
      moved.add("location from " + before.location() + " to " + after.location());
    }
    if (!sameFiles(before, after.format())) {
      moved.add("format from " + before.format() + " to " + after.format());
    }
    if (!keys(before).equals(keys(after))) {
      moved.add("partitioning from " + keys(before) + " to " + keys(after));
    }
    if (!buckets(before).equals(buckets(after))) {
      moved.add("bucketing from " + buckets(before) + " to " + buckets(after));
    }
    return moved;
  }

  /**
   * Files landed as they are have no columns yet, and it is not known what they are. Files say
   * themselves how they are compressed.
   */
  private static boolean sameFiles(Dataset earlier, Format after) {
    Format before = earlier.format();
    return before.equals(after)
        || earlier.schema().columns().isEmpty()
        || (before.getClass() == after.getClass()
            && before.compressedWith(after.compression()).equals(after));
  }

  private static List<String> keys(Dataset dataset) {
    return dataset.partitions().stream().map(key -> key.name() + " " + key.type()).toList();
  }

  /** The hash depends on the types. */
  private static String buckets(Dataset dataset) {
    if (dataset.bucketing().isEmpty()) {
      return "none";
    }
    Bucketing bucketing = dataset.bucketing().get();
    List<String> columns =
        dataset.schema().columns().stream()
            .filter(column -> bucketing.columns().contains(column.name()))
            .map(column -> column.name() + " " + column.type())
            .toList();
    return bucketing + " of " + String.join(", ", columns);
  }

  private static List<String> unreadable(Dataset before, Dataset after) {
    boolean text = isText(before.format());
    List<String> unreadable = new ArrayList<>();
    for (SchemaChange change : before.schema().evolve(after.schema())) {
      if (!change.compatible() && !(text && reads(change))) {
        unreadable.add(change.toString());
      }
    }
    if (isReadInOrder(before.format()) && unreadable.isEmpty()) {
      List<String> earlier = before.schema().names();
      List<String> later = after.schema().names();
      if (!later.subList(0, earlier.size()).equals(earlier)) {
        unreadable.add(
            "the order of columns changed, and "
                + before.format().extension().toUpperCase(Locale.ROOT)
                + " files are read in order: keep the known columns first");
      }
    }
    return unreadable;
  }

  private static boolean isText(Format format) {
    return format instanceof Format.Csv
        || format instanceof Format.Json
        || format instanceof Format.JsonLines
        || format instanceof Format.Delimited
        || format instanceof Format.OpenCsv
        || format instanceof Format.Regex
        || format instanceof Format.Grok;
  }

  private static boolean isReadInOrder(Format format) {
    return format instanceof Format.Csv
        || format instanceof Format.Delimited
        || format instanceof Format.OpenCsv
        || format instanceof Format.Regex
        || (format instanceof Format.Orc orc && orc.access() == Format.ColumnAccess.BY_INDEX);
  }

  /** Whether text that is a value of the type before is one of the type after. */
  private static boolean reads(SchemaChange change) {
    if (change.kind() != SchemaChange.Kind.RETYPED) {
      return false;
    }
    Column before = Objects.requireNonNull(change.before());
    Column after = Objects.requireNonNull(change.after());
    return after.type() == Primitive.STRING || (whole(before.type()) && number(after.type()));
  }

  private static boolean whole(DataType type) {
    return type == Primitive.TINYINT
        || type == Primitive.SMALLINT
        || type == Primitive.INT
        || type == Primitive.BIGINT;
  }

  private static boolean number(DataType type) {
    return type == Primitive.DOUBLE;
  }
}
