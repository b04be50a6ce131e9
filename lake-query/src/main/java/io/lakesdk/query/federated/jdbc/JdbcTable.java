package io.lakesdk.query.federated.jdbc;

import io.lakesdk.query.federated.FederatedTable;
import io.lakesdk.query.federated.SourceException;
import io.lakesdk.query.federated.SourceScan;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Schema;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** A table of a database, with its columns as they were when a statement asked for it. */
final class JdbcTable implements FederatedTable {

  private final DataSource database;
  private final Dialect dialect;
  private final String quote;
  private final String from;
  private final List<Column> all = new ArrayList<>();
  private final Map<String, JdbcColumn> columns = new LinkedHashMap<>();
  private final Map<String, String> unreadable = new LinkedHashMap<>();

  private JdbcTable(DataSource database, Dialect dialect, String quote, JdbcSource.Place place) {
    this.database = database;
    this.dialect = dialect;
    this.quote = quote;
    String group = place.schema() != null ? place.schema() : place.catalog();
    this.from = (group == null ? "" : quoted(group) + ".") + quoted(place.table());
  }

  static JdbcTable of(DataSource database, DatabaseMetaData metadata, JdbcSource.Place place)
      throws SQLException {
    String quote = String.valueOf(metadata.getIdentifierQuoteString()).strip();
    if (quote.length() != 1) {
      throw SourceException.refused("the database has no quotes around names, and is not read");
    }
    JdbcTable table = new JdbcTable(database, Dialect.of(metadata), quote, place);
    String escape = metadata.getSearchStringEscape();
    String schema = place.schema() == null ? null : JdbcSource.escaped(place.schema(), escape);
    String name = JdbcSource.escaped(place.table(), escape);
    try (ResultSet rows = metadata.getColumns(place.catalog(), schema, name, "%")) {
      while (rows.next()) {
        // Names are patterns, which some databases cannot escape.
        boolean own =
            place.table().equals(rows.getString("TABLE_NAME"))
                && (place.schema() == null || place.schema().equals(rows.getString("TABLE_SCHEM")));
        if (own) {
          table.add(
              rows.getString("COLUMN_NAME"),
              new JdbcTypes.Told(
                  rows.getInt("DATA_TYPE"),
                  String.valueOf(rows.getString("TYPE_NAME")),
                  rows.getInt("COLUMN_SIZE"),
                  rows.getInt("DECIMAL_DIGITS")));
        }
      }
    }
    return table;
  }

  private void add(String name, JdbcTypes.Told told) {
    JdbcTypes.Mapped mapped = JdbcTypes.map(dialect, told);
    if (mapped instanceof JdbcTypes.Exact readable) {
      Column column = Column.of(name, readable.type());
      all.add(column);
      columns.put(
          column.name(), new JdbcColumn(name, column, readable.values(), readable.comparing()));
    } else if (mapped instanceof JdbcTypes.Refused none) {
      Column column = Column.of(name, DataType.STRING);
      all.add(column);
      unreadable.put(column.name(), none.reason());
    }
  }

  private String quoted(String name) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  @Override
  public Schema schema() {
    return Schema.of(all);
  }

  @Override
  public Map<String, String> unreadable() {
    return Map.copyOf(unreadable);
  }

  @Override
  public SourceScan scan(List<Column> wanted, RowCondition rows, OptionalLong limit) {
    List<JdbcColumn> read = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Column column : wanted) {
      JdbcColumn known = columns.get(column.name());
      if (known == null) {
        throw SourceException.refused("it has no column " + column.name() + " that can be read");
      }
      read.add(known);
      names.add(quoted(known.name()));
    }
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(names.isEmpty() ? "1" : String.join(", ", names)).append(" FROM ").append(from);
    Optional<JdbcConditions.Said> where = new JdbcConditions(columns, this::quoted).say(rows);
    where.ifPresent(said -> sql.append(" WHERE ").append(said.sql()));
    boolean said = limit.isPresent() && dialect.hasLimit();
    if (said) {
      sql.append(" LIMIT ").append(limit.getAsLong());
    }
    List<Object> values = where.map(JdbcConditions.Said::values).orElse(List.of());
    return new JdbcScan(
        database, dialect, sql.toString(), values, read, said ? OptionalLong.empty() : limit);
  }
}
