package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.StructType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A description of a table of the lake: its name, where it lives, what its files are, and what its
 * rows look like. It is a value; {@code Catalog.register} makes it known, and loading data into it
 * registers it too.
 *
 * @param id its name
 * @param zone the zone that holds its files
 * @param location the prefix of its files' keys in the zone, ending in a slash; {@code
 *     database/table/} unless told otherwise
 * @param format how its files are written
 * @param schema the columns that are inside the files; empty for files landed as they are, until a
 *     crawl or a registration says what they hold
 * @param partitions the columns that are folders: their values are in the file's path and not in
 *     the file
 * @param description what it is, for people
 * @param steward who answers for it
 * @param projection Athena's table properties of partition projection, {@code projection.enabled}
 *     and others, by name; empty unless statements are to calculate the partitions that they read.
 *     See "Use partition projection with Amazon Athena" in the Athena user guide
 * @param bucketing how rows are spread over files by a hash; empty unless they are
 */
public record Dataset(
    DatasetId id,
    Zone zone,
    String location,
    Format format,
    Schema schema,
    List<Column> partitions,
    Optional<String> description,
    Optional<String> steward,
    Map<String, String> projection,
    Optional<Bucketing> bucketing) {

  public Dataset {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(zone, "zone");
    if (id.isFederated()) {
      throw new InvalidDefinitionException(
          "define",
          Subject.dataset(id),
          "a dataset of the lake is named database.table; three names are a table of a federated"
              + " source");
    }
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(steward, "steward");
    partitions = List.copyOf(partitions);
    projection = Collections.unmodifiableMap(new TreeMap<>(projection));
    if (!location.endsWith("/") || location.startsWith("/")) {
      throw new InvalidDefinitionException(
          "define",
          Subject.dataset(id),
          "a location is a prefix inside the zone: it ends with a slash and does not start with"
              + " one");
    }
    for (Column key : partitions) {
      if (key.type() instanceof ArrayType
          || key.type() instanceof MapType
          || key.type() instanceof StructType) {
        throw new InvalidDefinitionException(
            "partition",
            Subject.dataset(id),
            "column " + key.name() + " is of type " + key.type() + ", which a path cannot hold");
      }
      if (schema.find(key.name()).isPresent()) {
        throw new InvalidDefinitionException(
            "partition",
            Subject.dataset(id),
            "column "
                + key.name()
                + " is declared both as a column of the files and as a partition; declare it once");
      }
    }
    Schema.of(Stream.concat(schema.columns().stream(), partitions.stream()).toList());
    if (bucketing.isPresent()) {
      bucketing.get().check(id, schema, partitions);
    }
  }

  /** A dataset that is not bucketed. */
  public Dataset(
      DatasetId id,
      Zone zone,
      String location,
      Format format,
      Schema schema,
      List<Column> partitions,
      Optional<String> description,
      Optional<String> steward,
      Map<String, String> projection) {
    this(
        id,
        zone,
        location,
        format,
        schema,
        partitions,
        description,
        steward,
        projection,
        Optional.empty());
  }

  /** A dataset that is not bucketed and has no partition projection. */
  public Dataset(
      DatasetId id,
      Zone zone,
      String location,
      Format format,
      Schema schema,
      List<Column> partitions,
      Optional<String> description,
      Optional<String> steward) {
    this(id, zone, location, format, schema, partitions, description, steward, Map.of());
  }

  /** Starts a description; {@code name} is {@code database.table}. */
  public static Builder named(String name) {
    return new Builder(DatasetId.parse(name));
  }

  /** All columns as a query sees them: those of the files, then the partition keys. */
  public Schema columns() {
    return Schema.of(Stream.concat(schema.columns().stream(), partitions.stream()).toList());
  }

  public boolean isPartitioned() {
    return !partitions.isEmpty();
  }

  /** The same dataset with other columns in its files. */
  public Dataset withSchema(Schema other) {
    return new Dataset(
        id, zone, location, format, other, partitions, description, steward, projection, bucketing);
  }

  /** A builder that starts from this dataset. */
  public Builder toBuilder() {
    Builder builder = new Builder(id).in(zone).at(location).format(format);
    builder.columns.addAll(schema.columns());
    builder.partitions.addAll(partitions);
    builder.description = description;
    builder.steward = steward;
    builder.projection = projection;
    builder.bucketing = bucketing;
    return builder;
  }

  /** Collects what a dataset is. Only the zone must be given. */
  public static final class Builder {
    private final DatasetId id;
    private Optional<Zone> zone = Optional.empty();
    private Optional<String> location = Optional.empty();
    private Format format = Format.PARQUET;
    private final List<Column> columns = new ArrayList<>();
    private final List<Column> partitions = new ArrayList<>();
    private Optional<String> description = Optional.empty();
    private Optional<String> steward = Optional.empty();
    private Map<String, String> projection = Map.of();
    private Optional<Bucketing> bucketing = Optional.empty();

    private Builder(DatasetId id) {
      this.id = id;
    }

    public Builder in(Zone zone) {
      this.zone = Optional.of(zone);
      return this;
    }

    /** The prefix of its files' keys; a missing slash at the end is added. */
    public Builder at(String location) {
      this.location = Optional.of(location.endsWith("/") ? location : location + "/");
      return this;
    }

    public Builder format(Format format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    public Builder column(String name, DataType type) {
      columns.add(Column.of(name, type));
      return this;
    }

    public Builder column(String name, DataType type, UnaryOperator<Column> details) {
      columns.add(details.apply(Column.of(name, type)));
      return this;
    }

    /** The columns of a Java record, in its order; see {@link Schema#of(Class)}. */
    public Builder columns(Class<? extends Record> type) {
      columns.addAll(Schema.of(type).columns());
      return this;
    }

    public Builder columns(Schema schema) {
      columns.addAll(schema.columns());
      return this;
    }

    /**
     * Adds a partition key. Where {@code columns(Record.class)} brought a column of this name, that
     * column becomes the key, and must have this type.
     */
    public Builder partitionedBy(String name, DataType type) {
      partitions.add(Column.of(name, type));
      return this;
    }

    public Builder describedAs(String description) {
      this.description = Optional.of(description);
      return this;
    }

    public Builder stewardedBy(String steward) {
      this.steward = Optional.of(steward);
      return this;
    }

    /** Athena's properties of partition projection, in place of those before. */
    public Builder projecting(Map<String, String> properties) {
      this.projection = Map.copyOf(properties);
      return this;
    }

    /** How rows are spread over files by a hash, in place of what was said before. */
    public Builder bucketedBy(Bucketing bucketing) {
      this.bucketing = Optional.of(bucketing);
      return this;
    }

    /**
     * The dataset.
     *
     * @throws InvalidDefinitionException if no zone was given, or the columns do not fit together
     */
    public Dataset build() {
      Zone home =
          zone.orElseThrow(
              () ->
                  new InvalidDefinitionException(
                      "define",
                      Subject.dataset(id),
                      "it has no zone; add .in(Zone.CURATED) or another"));
      List<Column> inFiles = new ArrayList<>(columns);
      for (Column key : partitions) {
        inFiles.removeIf(
            column -> column.name().equals(key.name()) && column.type().equals(key.type()));
      }
      return new Dataset(
          id,
          home,
          location.orElse(id.database() + "/" + id.table() + "/"),
          format,
          Schema.of(inFiles),
          partitions,
          description,
          steward,
          projection,
          bucketing);
    }
  }
}
