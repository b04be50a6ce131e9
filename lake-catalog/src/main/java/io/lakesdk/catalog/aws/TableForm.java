package io.lakesdk.catalog.aws;

import io.lakesdk.AwsPlace;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.aws.GluePublishing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Makes the table of a dataset. Of a table that is there, everything stays that the dataset does
 * not say otherwise: parameters that others set, SerDes of the same format, columns that did not
 * change, and the location while the dataset's is the same, since publishing moves it.
 */
final class TableForm {

  static final String ZONE = "lake.zone";
  static final String REGISTERED_AT = "lake.registered-at";
  static final String REGISTERED_BY = "lake.registered-by";
  static final String DESCRIPTION = "lake.description";
  static final String STEWARD = "lake.steward";
  static final String TYPE = "lake.type";

  /** How long texts may be in Glue, in bytes. */
  static final int LONGEST_COMMENT = 255;

  static final int LONGEST_OWNER = 255;
  static final int LONGEST_DESCRIPTION = 2048;

  private final AwsSettings settings;

  TableForm(AwsSettings settings) {
    this.settings = settings;
  }

  /**
   * A new table.
   *
   * @throws InvalidDefinitionException if the SerDe of its format is not known
   */
  TableInput create(Registered version) {
    Dataset dataset = version.dataset();
    requireNoProjection(dataset);
    SerDes.Form form = known(dataset);
    Map<String, String> parameters = new HashMap<>();
    parameters.put("EXTERNAL", "TRUE");
    parameters.put(SerDes.CLASSIFICATION, form.classification());
    parameters.putAll(form.table());
    parameters.putAll(registered(version));
    parameters.putAll(place(dataset));
    return texts(TableInput.builder(), dataset, parameters)
        .name(dataset.id().table())
        .tableType("EXTERNAL_TABLE")
        .retention(0)
        .partitionKeys(columns(dataset.partitions(), List.of(), List.of(), false))
        .storageDescriptor(
            bucketed(form.on(StorageDescriptor.builder()), dataset)
                .location(initialLocation(dataset))
                .columns(
                    columns(dataset.schema().columns(), List.of(), List.of(), form.isAllText()))
                .compressed(false)
                .storedAsSubDirectories(false)
                .build())
        .parameters(parameters)
        .build();
  }

  /**
   * The table as the version says.
   *
   * @param known what the table says before
   */
  TableInput update(Registered version, Table table, Dataset known) {
    Dataset dataset = version.dataset();
    requireNoProjection(dataset);
    SerDes.Form earlier = SerDes.of(known.format(), known.schema());
    SerDes.Form form = SerDes.of(dataset.format(), dataset.schema());
    boolean ours = isOurs(table);
    boolean reformed = !form.equals(earlier) && (ours || !known.format().equals(dataset.format()));
    Map<String, String> parameters = new HashMap<>(table.parameters());
    StorageDescriptor.Builder descriptor = table.storageDescriptor().toBuilder();
    if (reformed) {
      parameters.keySet().removeAll(earlier.table().keySet());
      parameters.put(SerDes.CLASSIFICATION, form.classification());
      parameters.putAll(form.table());
      form.on(descriptor);
    }
    if (!known.bucketing().equals(dataset.bucketing())) {
      bucketed(descriptor, dataset);
    }
    if (!known.zone().equals(dataset.zone()) || !known.location().equals(dataset.location())) {
      descriptor.location(initialLocation(dataset));
    }
    boolean wasText = SerDes.isAllText(table);
    boolean isText = reformed ? form.isAllText() : wasText;
    descriptor.columns(
        columns(
            dataset.schema().columns(),
            table.storageDescriptor().columns(),
            isText == wasText ? known.schema().columns() : List.of(),
            isText));
    parameters.putAll(registered(version));
    if (ours) {
      parameters.putAll(place(dataset));
    }
    return texts(copy(table), dataset, parameters)
        .partitionKeys(
            columns(dataset.partitions(), table.partitionKeys(), known.partitions(), false))
        .storageDescriptor(descriptor.build())
        .parameters(parameters)
        .build();
  }

  private static StorageDescriptor.Builder bucketed(
      StorageDescriptor.Builder descriptor, Dataset dataset) {
    return dataset
        .bucketing()
        .map(
            bucketing ->
                descriptor.bucketColumns(bucketing.columns()).numberOfBuckets(bucketing.count()))
        .orElseGet(() -> descriptor.bucketColumns(List.of()).numberOfBuckets(-1));
  }

  /** Athena would read the folders of partitions, in which replaced files stay. */
  private static void requireNoProjection(Dataset dataset) {
    if (!dataset.projection().isEmpty()) {
      throw new InvalidDefinitionException(
          "register",
          Subject.dataset(dataset.id()),
          "it has partition projection, which tables in Glue that are written here cannot have;"
              + " create the table in Athena, and write it with other tools");
    }
  }

  private static SerDes.Form known(Dataset dataset) {
    SerDes.Form form = SerDes.of(dataset.format(), dataset.schema());
    if (!form.isKnown()) {
      throw new InvalidDefinitionException(
          "register",
          Subject.dataset(dataset.id()),
          "Glue must be told how to read its files, which are "
              + form.classification()
              + "; make the table with the tool that writes them");
    }
    return form;
  }

  private static TableInput.Builder copy(Table table) {
    return TableInput.builder()
        .name(table.name())
        .lastAccessTime(table.lastAccessTime())
        .lastAnalyzedTime(table.lastAnalyzedTime())
        .retention(table.retention())
        .viewOriginalText(table.viewOriginalText())
        .viewExpandedText(table.viewExpandedText())
        .tableType(table.tableType())
        .targetTable(table.targetTable());
  }

  private String initialLocation(Dataset dataset) {
    return new AwsPlace(dataset.zone(), GluePublishing.initialFolder(dataset)).uri(settings);
  }

  /** Whether the table was made here, so that publishing may say where it points. */
  static boolean isOurs(Table table) {
    return table.parameters().containsKey(GluePublishing.FOLDER);
  }

  private static Map<String, String> place(Dataset dataset) {
    return Map.of(ZONE, dataset.zone().name(), GluePublishing.FOLDER, dataset.location());
  }

  private static Map<String, String> registered(Registered version) {
    return Map.of(
        GluePublishing.DEFINITION,
        String.valueOf(version.number()),
        REGISTERED_AT,
        version.at().toString(),
        REGISTERED_BY,
        version.by().toString());
  }

  /** Texts that are too long for Glue are cut there, and whole in a parameter. */
  private static TableInput.Builder texts(
      TableInput.Builder table, Dataset dataset, Map<String, String> parameters) {
    return table
        .description(text(dataset.description(), LONGEST_DESCRIPTION, DESCRIPTION, parameters))
        .owner(text(dataset.steward(), LONGEST_OWNER, STEWARD, parameters));
  }

  private static @Nullable String text(
      Optional<String> whole, int longest, String name, Map<String, String> parameters) {
    parameters.remove(name);
    if (whole.isEmpty()) {
      return null;
    }
    String cut = cut(whole.get(), longest);
    if (!cut.equals(whole.get())) {
      parameters.put(name, whole.get());
    }
    return cut;
  }

  /** The beginning of a text that has at most so many bytes in UTF-8, without line breaks. */
  static String cut(String text, int bytes) {
    StringBuilder cut = new StringBuilder();
    int size = 0;
    for (int c : text.codePoints().toArray()) {
      String next = Character.isISOControl(c) && c != '\t' ? " " : Character.toString(c);
      size += next.getBytes(StandardCharsets.UTF_8).length;
      if (size > bytes) {
        break;
      }
      cut.append(next);
    }
    return cut.toString();
  }

  private static List<Column> columns(
      List<io.lakesdk.schema.Column> columns,
      List<Column> table,
      List<io.lakesdk.schema.Column> known,
      boolean allText) {
    Map<String, Column> before = new HashMap<>();
    table.forEach(column -> before.put(column.name(), column));
    Set<io.lakesdk.schema.Column> unchanged = Set.copyOf(known);
    return columns.stream()
        .map(
            column -> {
              Optional<Column> there = Optional.ofNullable(before.get(column.name()));
              return there.isPresent() && unchanged.contains(column)
                  ? there.get()
                  : column(column, there, allText);
            })
        .toList();
  }

  private static Column column(
      io.lakesdk.schema.Column column, Optional<Column> before, boolean allText) {
    Map<String, String> parameters = new HashMap<>(before.map(Column::parameters).orElse(Map.of()));
    String type = column.type().toString();
    parameters.remove(TYPE);
    if (allText && !type.equals("string")) {
      parameters.put(TYPE, type);
      type = "string";
    }
    String comment =
        text(Optional.ofNullable(column.description()), LONGEST_COMMENT, DESCRIPTION, parameters);
    Column.Builder made = Column.builder().name(column.name()).type(type).comment(comment);
    return parameters.isEmpty() ? made.build() : made.parameters(parameters).build();
  }
}
