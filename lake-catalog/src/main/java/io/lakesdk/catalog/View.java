package io.lakesdk.catalog;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.List;
import java.util.Objects;

/**
 * A view: a query that has a name. Statements read it like a table; it has no rows of its own.
 * Source: "Work with views" of the Athena user guide.
 *
 * @param id its name
 * @param columns the names and types of what the query gave when the view was made
 * @param database where tables are that the query names without a database
 * @param sql the query, in Athena's SQL
 */
public record View(DatasetId id, List<Column> columns, String database, String sql) {

  /**
   * Where views belong as far as grants go: READ on this zone includes SELECT of the view, and
   * WRITE lets make, replace and drop it.
   */
  public static final Zone ZONE = Zone.CURATED;

  public View {
    Objects.requireNonNull(id, "id");
    columns = List.copyOf(columns);
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(sql, "sql");
  }

  /** The table that it looks like. It is registered nowhere and has no files. */
  public Dataset table() {
    return Dataset.named(id.toString()).in(ZONE).columns(Schema.of(columns)).build();
  }
}
