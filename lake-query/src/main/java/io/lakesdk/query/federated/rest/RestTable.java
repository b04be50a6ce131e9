package io.lakesdk.query.federated.rest;

import com.fasterxml.jackson.core.JsonPointer;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.federated.FederatedSource.TableName;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.VarcharType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A list of a web service as a table. A value; each method gives another.
 *
 * @param name schema and table
 * @param path relative to the service's address; it may have a query
 * @param schema the fields of each row by name, in any case; a field that is absent is NULL
 * @param rows where the array of rows is in a page
 * @param paging how pages follow each other
 * @param filters parameters of the query by the column whose values they ask for
 */
public record RestTable(
    TableName name,
    String path,
    Schema schema,
    JsonPointer rows,
    Paging paging,
    Map<String, String> filters) {

  public RestTable {
    filters = Map.copyOf(filters);
  }

  /**
   * A table whose page is an array of rows, alone.
   *
   * @param name {@code schema.table}
   */
  public static RestTable of(String name, String path, Schema schema) {
    return new RestTable(
        TableName.parse(name), path, schema, JsonPointer.empty(), Paging.onePage(), Map.of());
  }

  /** {@link #of(String, String, Schema)} with the columns of a record class. */
  public static RestTable of(String name, String path, Class<? extends Record> rows) {
    return of(name, path, Schema.of(rows));
  }

  /** Takes the rows from there: a JSON pointer (RFC 6901), as {@code /data}. */
  public RestTable rowsAt(String pointer) {
    return new RestTable(name, path, schema, Paging.pointer(pointer), paging, filters);
  }

  /** Reads all pages. */
  public RestTable pages(Paging next) {
    return new RestTable(name, path, schema, rows, next, filters);
  }

  /**
   * Asks the service for the rows that have a value, where a statement wants no others. It must
   * give all of them, and may give more.
   *
   * @param column of text or whole numbers
   * @param parameter of the query that has the value
   */
  public RestTable filter(String column, String parameter) {
    DataType type = schema.column(column).type();
    boolean plain =
        type == Primitive.STRING
            || type instanceof VarcharType
            || type == Primitive.TINYINT
            || type == Primitive.SMALLINT
            || type == Primitive.INT
            || type == Primitive.BIGINT;
    if (!plain) {
      throw new InvalidDefinitionException(
          "filter by", Subject.column(column), "it is neither text nor a whole number");
    }
    Map<String, String> more = new LinkedHashMap<>(filters);
    more.put(schema.column(column).name(), parameter);
    return new RestTable(name, path, schema, rows, paging, more);
  }
}
