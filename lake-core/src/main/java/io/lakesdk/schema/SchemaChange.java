package io.lakesdk.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two schemas, from {@link Schema#evolve}.
 *
 * @param kind what happened to the column
 * @param before the column as it was; null when it was added
 * @param after the column as it is; null when it was removed
 */
public record SchemaChange(Kind kind, @Nullable Column before, @Nullable Column after) {

  /** What happened to a column. */
  public enum Kind {
    /** It is new; rows of older files hold null in it. */
    ADDED,
    /** It is gone; queries that name it fail. */
    REMOVED,
    /** Its type holds every value that it held before: int to bigint, say. */
    WIDENED,
    /** Its type became another one; older files are not, or not correctly, read as that. */
    RETYPED,
    /** Its description changed; values are not concerned. */
    REDESCRIBED
  }

  /** Whole numbers, each holding all of those before it. */
  private static final List<Primitive> WHOLE =
      List.of(Primitive.TINYINT, Primitive.SMALLINT, Primitive.INT, Primitive.BIGINT);

  public SchemaChange {
    Objects.requireNonNull(kind, "kind");
    boolean hasBefore = kind != Kind.ADDED;
    boolean hasAfter = kind != Kind.REMOVED;
    if (hasBefore != (before != null) || hasAfter != (after != null)) {
      throw new IllegalArgumentException("A change has the column before, after, or both");
    }
  }

  /** Whether older files, and queries written for the schema before, still work. */
  public boolean compatible() {
    return kind != Kind.REMOVED && kind != Kind.RETYPED;
  }

  /** The column as it is, or as it was when it is gone. */
  public Column column() {
    return Objects.requireNonNull(after != null ? after : before);
  }

  /** A sentence part: {@code total: int became bigint}. */
  @Override
  public String toString() {
    String name = column().name();
    return switch (kind) {
      case ADDED -> name + ": added as " + column().type();
      case REMOVED -> name + ": removed, was " + column().type();
      case WIDENED -> name + ": " + typeBefore() + " became " + column().type();
      case RETYPED ->
          name + ": " + typeBefore() + " became " + column().type() + ", which cannot read it";
      case REDESCRIBED -> name + ": described anew";
    };
  }

  private DataType typeBefore() {
    return Objects.requireNonNull(before).type();
  }

  static List<SchemaChange> between(Schema earlier, Schema later) {
    List<SchemaChange> changes = new ArrayList<>();
    for (Column before : earlier.columns()) {
      Optional<Column> found = later.find(before.name());
      if (found.isEmpty()) {
        changes.add(new SchemaChange(Kind.REMOVED, before, null));
        continue;
      }
      Column after = found.get();
      if (!before.type().equals(after.type())) {
        Kind kind = widens(before.type(), after.type()) ? Kind.WIDENED : Kind.RETYPED;
        changes.add(new SchemaChange(kind, before, after));
      }
      if (!Objects.equals(before.description(), after.description())) {
        changes.add(new SchemaChange(Kind.REDESCRIBED, before, after));
      }
    }
    for (Column after : later.columns()) {
      if (earlier.find(after.name()).isEmpty()) {
        changes.add(new SchemaChange(Kind.ADDED, null, after));
      }
    }
    return List.copyOf(changes);
  }

  /** Whether a reader of {@code to} reads every value written as {@code from}, unchanged. */
  private static boolean widens(DataType from, DataType to) {
    if (from.equals(to)) {
      return true;
    }
    if (from instanceof Primitive narrow && to instanceof Primitive wide) {
      int at = WHOLE.indexOf(narrow);
      boolean whole = at >= 0 && at < WHOLE.indexOf(wide);
      return whole || (narrow == Primitive.FLOAT && wide == Primitive.DOUBLE);
    }
    if (from instanceof DecimalType narrow && to instanceof DecimalType wide) {
      return narrow.scale() == wide.scale() && narrow.precision() < wide.precision();
    }
    if (from instanceof VarcharType narrow) {
      return to == Primitive.STRING
          || (to instanceof VarcharType wide && narrow.length() < wide.length());
    }
    if (from instanceof ArrayType narrow && to instanceof ArrayType wide) {
      return widens(narrow.element(), wide.element());
    }
    if (from instanceof MapType narrow && to instanceof MapType wide) {
      return narrow.key().equals(wide.key()) && widens(narrow.value(), wide.value());
    }
    return from instanceof StructType narrow
        && to instanceof StructType wide
        && structWidens(narrow, wide);
  }

  /** Fields may be added and widened; none may go. */
  private static boolean structWidens(StructType narrow, StructType wide) {
    return narrow.fields().stream()
        .allMatch(
            field ->
                wide.field(field.name()).filter(w -> widens(field.type(), w.type())).isPresent());
  }
}
