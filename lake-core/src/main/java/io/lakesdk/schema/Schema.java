package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a table, in order. Immutable; no two names are the same, and finding a column by
 * name ignores case and takes the same time for any number of columns.
 */
public final class Schema {

  private final List<Column> columns;
  private final Map<String, Column> byName;

  private Schema(List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.byName = new LinkedHashMap<>(columns.size() * 2);
    for (Column column : this.columns) {
      if (byName.putIfAbsent(column.name(), column) != null) {
        throw new InvalidDefinitionException(
            "define",
            Subject.column(column.name()),
            "the schema has two columns of that name; names that differ only in case are the"
                + " same to Athena");
      }
    }
  }

  /**
   * A schema of these columns; it may be empty.
   *
   * @throws InvalidDefinitionException when two have the same name
   */
  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  /** As {@link #of(Column...)}, from a list. */
  public static Schema of(List<Column> columns) {
    return new Schema(columns);
  }

  /**
   * The schema of a record class; {@link RecordMapper} says which column each component becomes.
   *
   * @throws InvalidDefinitionException when a component has no column type; names the component
   */
  public static Schema of(Class<? extends Record> recordClass) {
    return RecordMapper.of(recordClass).schema();
  }

  /** The columns in order. */
  public List<Column> columns() {
    return columns;
  }

  /** The names of the columns in order, in lower case. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The column of that name in any case, or nothing. */
  public Optional<Column> find(String name) {
    return Optional.ofNullable(byName.get(ColumnNames.fold(name)));
  }

  /**
   * The column of that name in any case.
   *
   * @throws NotFoundException naming the columns that there are
   */
  public Column column(String name) {
    return find(name).orElseThrow(() -> absent("find", name));
  }

  /**
   * This schema with one more column at the end.
   *
   * @throws InvalidDefinitionException when a column of that name is there already
   */
  public Schema with(Column column) {
    List<Column> more = new ArrayList<>(columns);
    more.add(column);
    return new Schema(more);
  }

  /**
   * This schema without that column.
   *
   * @throws NotFoundException when there is no such column
   */
  public Schema without(String name) {
    Column gone = find(name).orElseThrow(() -> absent("remove", name));
    return new Schema(columns.stream().filter(column -> !column.equals(gone)).toList());
  }

  /**
   * What changes when this schema becomes {@code next}: first the columns of this schema in order,
   * then those added. Where every change is {@link SchemaChange#compatible() compatible}, files
   * written under this schema are read under the next, and queries written for this one still find
   * their columns. The order of columns is no change: Parquet is read by name.
   */
  public List<SchemaChange> evolve(Schema next) {
    return SchemaChange.between(this, next);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && columns.equals(schema.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  /** {@code name type, name type}, the types in Hive's notation. */
  @Override
  public String toString() {
    return columns.stream().map(Column::toString).collect(Collectors.joining(", "));
  }

  private NotFoundException absent(String verb, String name) {
    String known = columns.isEmpty() ? "none" : listed(names());
    return new NotFoundException(
        verb, Subject.column(ColumnNames.shown(name)), "the schema has these columns: " + known);
  }

  /** Names for a message, the first twenty of them. */
  static String listed(List<String> names) {
    String shown =
        names.stream().limit(20).map(ColumnNames::shown).collect(Collectors.joining(", "));
    return names.size() <= 20 ? shown : shown + " and " + (names.size() - 20) + " more";
  }
}
