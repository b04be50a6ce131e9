package io.lakesdk.query.statement.hive;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists in parentheses that several statements have. */
final class ColumnTexts {

  private ColumnTexts() {}

  /**
   * Columns with their types and comments.
   *
   * @throws InvalidDefinitionException if a name or a type is none that columns can have
   */
  static List<Column> columns(HiveTokens tokens) {
    List<Column> columns = new ArrayList<>();
    tokens.expect("(");
    do {
      columns.add(column(tokens));
    } while (tokens.take(","));
    tokens.expect(")");
    return columns;
  }

  /** One column with its type and its comment. */
  static Column column(HiveTokens tokens) {
    Column column = Column.of(tokens.name(), DataType.parse(tokens.type()));
    return tokens.take("COMMENT") ? column.describedAs(tokens.literal()) : column;
  }

  /** Pairs of a name and a value, each name once. */
  static Map<String, String> properties(HiveTokens tokens) {
    Map<String, String> properties = new LinkedHashMap<>();
    tokens.expect("(");
    do {
      String name = tokens.literal();
      tokens.expect("=");
      if (properties.put(name, tokens.literal()) != null) {
        throw SqlErrors.refuse("the property '" + name + "' is given twice");
      }
    } while (tokens.take(","));
    tokens.expect(")");
    return properties;
  }
}
