package io.lakesdk.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.DatasetId;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views.Version;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * A view as Athena keeps it: a table of the type VIRTUAL_VIEW without files, whose columns have
 * Hive's types and whose text is Base64 of a JSON object:
 *
 * <pre>{@code
 * {"originalSql": "SELECT id FROM orders", "catalog": "awsdatacatalog", "schema": "sales",
 *  "columns": [{"name": "id", "type": "bigint"}]}
 * }</pre>
 *
 * <p>Source: {@code ViewReaderUtil} and {@code ConnectorViewDefinition} of Trino 435.
 */
final class AthenaView {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "VIRTUAL_VIEW";
  private static final String START = "/* Presto View: ";
  private static final String END = " */";
  private static final String CATALOG = "awsdatacatalog";
  private static final Map<Primitive, String> OTHER_NAMES =
      Map.of(
          Primitive.INT, "integer",
          Primitive.FLOAT, "real",
          Primitive.STRING, "varchar",
          Primitive.BINARY, "varbinary",
          Primitive.TIMESTAMP, "timestamp(3)");

  private AthenaView() {}

  static boolean isOne(Table table) {
    String text = table.viewOriginalText();
    return TYPE.equals(table.tableType())
        && text != null
        && text.length() >= START.length() + END.length()
        && text.startsWith(START)
        && text.endsWith(END);
  }

  static TableInput write(Version version) {
    View view = version.view();
    return TableInput.builder()
        .name(view.id().table())
        .tableType(TYPE)
        .retention(0)
        .viewOriginalText(START + encoded(view) + END)
        .viewExpandedText("/* Presto View */")
        .parameters(
            Map.of(
                "presto_view",
                "true",
                "comment",
                "Presto View",
                GluePublishing.DEFINITION,
                String.valueOf(version.number()),
                TableForm.REGISTERED_AT,
                version.at().toString(),
                TableForm.REGISTERED_BY,
                version.by().toString()))
        .partitionKeys(List.of())
        .storageDescriptor(
            StorageDescriptor.builder()
                .location("")
                .compressed(false)
                .numberOfBuckets(0)
                .serdeInfo(serde -> {})
                .columns(
                    view.columns().stream()
                        .map(
                            column ->
                                software.amazon.awssdk.services.glue.model.Column.builder()
                                    .name(column.name())
                                    .type(column.type().toString())
                                    .build())
                        .toList())
                .build())
        .build();
  }

  private static String encoded(View view) {
    ObjectNode root = JSON.createObjectNode();
    root.put("originalSql", view.sql()).put("catalog", CATALOG).put("schema", view.database());
    ArrayNode columns = root.putArray("columns");
    for (Column column : view.columns()) {
      columns.addObject().put("name", column.name()).put("type", type(column.type()));
    }
    return Base64.getEncoder().encodeToString(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The type in Trino's notation. */
  static String type(DataType type) {
    if (type instanceof Primitive primitive) {
      return OTHER_NAMES.getOrDefault(primitive, primitive.toString());
    } else if (type instanceof ArrayType array) {
      return "array(" + type(array.element()) + ")";
    } else if (type instanceof MapType map) {
      return "map(" + type(map.key()) + ", " + type(map.value()) + ")";
    } else if (type instanceof StructType struct) {
      return struct.fields().stream()
          .map(field -> "\"" + field.name().replace("\"", "\"\"") + "\" " + type(field.type()))
          .collect(Collectors.joining(", ", "row(", ")"));
    }
    return type.toString();
  }

  /**
   * The view that a table {@linkplain #isOne is}.
   *
   * @throws InvalidDefinitionException if its text or a type is not one that this SDK knows
   */
  static Version read(Table table) {
    DatasetId id = new DatasetId(table.databaseName(), table.name());
    Map<String, String> parameters = table.parameters();
    return new Version(
        TableReader.number(parameters),
        view(id, table),
        TableReader.at(table),
        TableReader.by(parameters));
  }

  private static View view(DatasetId id, Table table) {
    String text = table.viewOriginalText();
    String encoded = text.substring(START.length(), text.length() - END.length()).strip();
    try {
      JsonNode root = JSON.readTree(Base64.getDecoder().decode(encoded));
      return new View(
          id,
          columns(table),
          root.required("schema").asText(),
          root.required("originalSql").asText());
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(id, e);
    }
  }

  private static List<Column> columns(Table table) {
    List<Column> columns = new ArrayList<>();
    if (table.storageDescriptor() != null) {
      for (software.amazon.awssdk.services.glue.model.Column column :
          table.storageDescriptor().columns()) {
        columns.add(Column.of(column.name(), DataType.parse(column.type())));
      }
    }
    return columns;
  }

  private static InvalidDefinitionException unreadable(DatasetId id, Exception cause) {
    return new InvalidDefinitionException(
        "read the definition of",
        Subject.dataset(id),
        "its text is not that of a view of Athena; create or replace it",
        cause);
  }
}
