package io.lakesdk.catalog.aws;

import io.lakesdk.AwsPlace;
import io.lakesdk.AwsSettings;
import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Schema;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/** Reads the dataset that a table is, whoever made the table. */
final class TableReader {

  /** Stands for whoever changed a table with another tool, of whom Glue does not tell. */
  static final Principal ANOTHER_TOOL = Principal.role("another-tool");

  private final AwsSettings settings;

  TableReader(AwsSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws InvalidDefinitionException if the table cannot be a dataset of this lake, saying why
   */
  Registered read(Table table) {
    DatasetId id = new DatasetId(table.databaseName(), table.name());
    Map<String, String> parameters = table.parameters();
    requireFiles(id, table);
    AwsPlace place = place(id, table);
    StorageDescriptor descriptor = table.storageDescriptor();
    Dataset plain =
        new Dataset(
            id,
            place.zone(),
            place.folder(),
            SerDes.format(table),
            Schema.of(columns(id, descriptor.columns())),
            columns(id, table.partitionKeys()),
            text(
                table.description(),
                parameters,
                TableForm.DESCRIPTION,
                TableForm.LONGEST_DESCRIPTION),
            text(table.owner(), parameters, TableForm.STEWARD, TableForm.LONGEST_OWNER));
    Dataset dataset = bucketed(plain, descriptor);
    return new Registered(number(parameters), dataset, at(table), by(parameters));
  }

  /** Buckets of which this SDK does not know the hash are files like others to it. */
  private static Dataset bucketed(Dataset dataset, StorageDescriptor descriptor) {
    Integer count = descriptor.numberOfBuckets();
    if (count == null || count < 1 || !descriptor.hasBucketColumns()) {
      return dataset;
    }
    try {
      List<String> columns =
          descriptor.bucketColumns().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      return dataset.toBuilder().bucketedBy(new Bucketing(columns, count)).build();
    } catch (InvalidDefinitionException notHashed) {
      return dataset;
    }
  }

  /** 0 for a table that was not registered here. */
  static long number(Map<String, String> parameters) {
    try {
      return Long.parseLong(parameters.getOrDefault(GluePublishing.DEFINITION, "0"));
    } catch (NumberFormatException changedByHand) {
      return 0;
    }
  }

  static Instant at(Table table) {
    String at = table.parameters().get(TableForm.REGISTERED_AT);
    try {
      if (at != null) {
        return Instant.parse(at);
      }
    } catch (DateTimeParseException changedByHand) {
      // Glue's own time is told instead
    }
    return changed(table);
  }

  static Instant changed(Table table) {
    return Optional.ofNullable(table.updateTime())
        .or(() -> Optional.ofNullable(table.createTime()))
        .orElse(Instant.EPOCH);
  }

  static Principal by(Map<String, String> parameters) {
    try {
      return Optional.ofNullable(parameters.get(TableForm.REGISTERED_BY))
          .map(Principal::parse)
          .orElse(ANOTHER_TOOL);
    } catch (InvalidDefinitionException changedByHand) {
      return ANOTHER_TOOL;
    }
  }

  private static void requireFiles(DatasetId id, Table table) {
    String kind = table.parameters().getOrDefault("table_type", "");
    if (kind.equalsIgnoreCase("ICEBERG") || kind.equalsIgnoreCase("DELTA")) {
      throw unreadable(id, "it is a table of " + kind + ", which this SDK does not know");
    }
    if ("VIRTUAL_VIEW".equals(table.tableType()) || table.targetTable() != null) {
      throw unreadable(id, "it is a view or a link to a table elsewhere, and has no files");
    }
    if (table.storageDescriptor() == null || table.storageDescriptor().location() == null) {
      throw unreadable(id, "it has no location");
    }
  }

  private AwsPlace place(DatasetId id, Table table) {
    String location = table.storageDescriptor().location();
    AwsPlace place =
        AwsPlace.parse(settings, location)
            .orElseThrow(
                () ->
                    unreadable(
                        id,
                        "its location "
                            + location
                            + " is no folder of this lake's buckets; name the bucket with"
                            + " AwsSettings...bucket(Zone.named(...), ...)"));
    String zone = table.parameters().get(TableForm.ZONE);
    String folder = table.parameters().get(GluePublishing.FOLDER);
    return zone != null && folder != null && zone.equals(place.zone().name())
        ? new AwsPlace(Zone.named(zone), folder)
        : place;
  }

  private static List<Column> columns(
      DatasetId id, List<software.amazon.awssdk.services.glue.model.Column> table) {
    List<Column> columns = new ArrayList<>();
    for (software.amazon.awssdk.services.glue.model.Column column : table) {
      DataType type = type(id, column);
      Optional<String> description =
          text(
              column.comment(),
              column.parameters(),
              TableForm.DESCRIPTION,
              TableForm.LONGEST_COMMENT);
      try {
        columns.add(new Column(column.name(), type, description.orElse(null)));
      } catch (InvalidDefinitionException e) {
        throw unreadable(
            id, "its column " + column.name() + " has a name that this SDK does not take", e);
      }
    }
    return columns;
  }

  private static DataType type(
      DatasetId id, software.amazon.awssdk.services.glue.model.Column column) {
    String type = column.type() == null ? "" : column.type();
    String own = column.parameters().get(TableForm.TYPE);
    try {
      return DataType.parse(own != null && type.equals("string") ? own : type);
    } catch (InvalidDefinitionException e) {
      throw unreadable(
          id,
          "its column "
              + column.name()
              + " is of the type "
              + type
              + " in Glue, which this SDK does not support; query it in Athena, or give the column"
              + " another type",
          e);
    }
  }

  /** The whole text of which Glue has the beginning, unless Glue's was changed since. */
  private static Optional<String> text(
      @Nullable String inGlue, Map<String, String> parameters, String name, int longest) {
    Optional<String> own = Optional.ofNullable(inGlue).filter(text -> !text.isEmpty());
    return Optional.ofNullable(parameters.get(name))
        .filter(whole -> own.equals(Optional.of(TableForm.cut(whole, longest))))
        .or(() -> own);
  }

  private static InvalidDefinitionException unreadable(DatasetId id, String reason) {
    return new InvalidDefinitionException("read the definition of", Subject.dataset(id), reason);
  }

  private static InvalidDefinitionException unreadable(
      DatasetId id, String reason, Exception cause) {
    return new InvalidDefinitionException(
        "read the definition of", Subject.dataset(id), reason, cause);
  }
}
