package io.lakesdk.catalog.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakesdk.DatasetId;
import io.lakesdk.catalog.View;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A view as a JSON object, which is how versions are kept. The types are in Hive's notation:
 *
 * <pre>{@code
 * {"sql": "SELECT id FROM orders", "database": "sales",
 *  "columns": [{"name": "id", "type": "bigint"}]}
 * }</pre>
 */
public final class StoredView {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredView() {}

  public static String write(View view) {
    ObjectNode root = JSON.createObjectNode();
    root.put("sql", view.sql()).put("database", view.database());
    ArrayNode columns = root.putArray("columns");
    for (Column column : view.columns()) {
      columns.addObject().put("name", column.name()).put("type", column.type().toString());
    }
    return root.toString();
  }

  /**
   * The view that {@link #write} printed.
   *
   * @throws BadDataException if it is not what {@link #write} makes
   */
  public static View read(DatasetId id, String text) {
    try {
      JsonNode root = JSON.readTree(text);
      List<Column> columns = new ArrayList<>();
      for (JsonNode node : root.required("columns")) {
        DataType type = DataType.parse(node.required("type").textValue());
        columns.add(Column.of(node.required("name").textValue(), type));
      }
      return new View(
          id, columns, root.required("database").textValue(), root.required("sql").textValue());
    } catch (JsonProcessingException | IllegalArgumentException | InvalidDefinitionException e) {
      throw new BadDataException(
          "read",
          Subject.dataset(id),
          "its definition in the metadata is not one that this SDK knows; open the lake with the"
              + " SDK that wrote it");
    }
  }
}
