package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.federated.Federation;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.hive.NamePattern;
import io.lakesdk.schema.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of a federated source, as far as the principal may see its tables. */
final class ShowSource {

  private ShowSource() {}

  /** The catalog that a name begins with, of so many parts, unless it is the lake's own. */
  static Optional<String> catalog(List<String> name, int parts) {
    return Optional.of(name)
        .filter(all -> all.size() == parts)
        .map(all -> all.get(0).toLowerCase(Locale.ROOT))
        .filter(catalog -> !catalog.equals(DatasetId.OWN_CATALOG));
  }

  static boolean isKnown(Lake lake, String catalog) {
    return Federation.of(lake).catalogs().contains(catalog);
  }

  /**
   * The schemas with tables that the principal may see, in order.
   *
   * @throws NotFoundException if there is no such source
   */
  static List<String> schemas(Lake lake, String catalog, NamePattern pattern) {
    return Federation.of(lake).tables(catalog).stream()
        .map(DatasetId::schema)
        .filter(pattern::matches)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The tables of a schema that the principal may see, in order.
   *
   * @throws NotFoundException if there is no such source
   */
  static List<String> tables(Lake lake, String catalog, String schema, NamePattern pattern) {
    return Federation.of(lake).tables(catalog).stream()
        .filter(table -> table.schema().equals(schema))
        .map(DatasetId::table)
        .filter(pattern::matches)
        .sorted()
        .toList();
  }

  /**
   * The columns of a table that the principal may see, in order; those too whose type is none of
   * the lake's, which statements cannot read.
   *
   * @throws AccessDeniedException if it may see nothing of the table, there or not
   * @throws NotFoundException if it is not there
   */
  static List<Column> columns(Lake lake, String catalog, List<String> name) {
    return Federation.of(lake)
        .table(Federation.id(catalog, name.get(1), name.get(2)))
        .visible()
        .columns();
  }

  /** What only tables of the lake have. */
  static RuntimeException isNoTable(List<String> name) {
    return SqlErrors.refuse(
        "'"
            + String.join(".", name)
            + "' is a table of a federated source, of which SHOW COLUMNS and DESCRIBE tell the"
            + " columns, and nothing else is told");
  }
}
