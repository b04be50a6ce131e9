package io.lakesdk.query.federated;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.federated.jdbc.JdbcSource;
import io.lakesdk.query.federated.rest.RestSource;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Tables that are not the lake's and that statements read where they are, as Athena does through
 * the connectors of its data sources. {@link Federation#register} gives a source the catalog name
 * by which statements name its tables: {@code catalog.schema.table}.
 *
 * <p>Implementations are thread-safe. All that they are asked may throw {@link SourceException}.
 */
public interface FederatedSource {

  /** The tables that there are now. */
  List<TableName> tables();

  /**
   * A table as it is now, or empty if there is none.
   *
   * @param name lower-case, as statements know names; a source tells no case apart, unless it has
   *     several tables whose names differ in nothing else
   */
  Optional<FederatedTable> find(TableName name);

  /**
   * The name of a table.
   *
   * @param schema what groups tables in the source
   * @param table its name there
   */
  record TableName(String schema, String table) {

    /**
     * Parses {@code schema.table}, in lower case.
     *
     * @throws InvalidDefinitionException if it is something else
     */
    public static TableName parse(String name) {
      String[] parts = name.toLowerCase(Locale.ROOT).split("\\.", -1);
      if (parts.length != 2) {
        throw new InvalidDefinitionException(
            "name", Subject.dataset(name), "write schema.table, as in crm.customers");
      }
      return new TableName(parts[0], parts[1]);
    }
  }

  /**
   * A database with a JDBC driver. Each scan of a table takes a connection and gives it back; the
   * caller, who made it, closes the data source. Its user should be one that can only read.
   *
   * <p>Columns, conditions and limits are part of what the database is asked, where it cannot
   * understand them otherwise than Athena does; what it is not asked is done here. Rows come
   * through a cursor, a thousand at a time.
   */
  static FederatedSource jdbc(DataSource database) {
    return new JdbcSource(database);
  }

  /**
   * A web service whose lists are pages of JSON. Add its tables with {@link RestSource#with}.
   *
   * @param address of http or https, of which the paths of tables are relative
   */
  static RestSource rest(URI address) {
    return RestSource.at(address);
  }

  /** Records of Java, in tables that are given one after another. */
  static RecordsSource records() {
    return new RecordsSource();
  }
}
