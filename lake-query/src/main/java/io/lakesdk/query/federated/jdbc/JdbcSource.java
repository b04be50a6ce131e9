package io.lakesdk.query.federated.jdbc;

import io.lakesdk.query.federated.FederatedSource;
import io.lakesdk.query.federated.FederatedTable;
import io.lakesdk.query.federated.SourceException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database, as {@link FederatedSource#jdbc} says. A schema is what the database
 * calls so, or its catalog where it has no schemas, as in MySQL.
 */
public final class JdbcSource implements FederatedSource {

  private static final Set<String> OF_THE_SYSTEM = Set.of("information_schema", "pg_catalog");

  private final DataSource database;

  public JdbcSource(DataSource database) {
    this.database = database;
  }

  /**
   * Where a table is in the database.
   *
   * @param catalog null where it has none, or it is not part of the name
   * @param schema null where it has none
   */
  record Place(@Nullable String catalog, @Nullable String schema, String table) {

    /** What statements know as its schema. */
    String group() {
      return schema != null ? schema : catalog != null ? catalog : "default";
    }

    boolean isNamed(TableName name) {
      return group().equalsIgnoreCase(name.schema()) && table.equalsIgnoreCase(name.table());
    }
  }

  @Override
  public List<TableName> tables() {
    return JdbcErrors.guarded(
        () -> {
          try (Connection connection = database.getConnection()) {
            return places(connection, "%").stream()
                .map(place -> new TableName(place.group(), place.table()))
                .toList();
          }
        });
  }

  @Override
  public Optional<FederatedTable> find(TableName name) {
    return JdbcErrors.guarded(
        () -> {
          try (Connection connection = database.getConnection()) {
            Optional<Place> place = place(connection, name);
            return place.isPresent()
                ? Optional.of(JdbcTable.of(database, connection.getMetaData(), place.get()))
                : Optional.empty();
          }
        });
  }

  /** The table of that name; as it stands, or as the database spells names, or in any case. */
  private static Optional<Place> place(Connection connection, TableName name) throws SQLException {
    String escape = connection.getMetaData().getSearchStringEscape();
    String upper = name.table().toUpperCase(Locale.ROOT);
    for (String pattern : List.of(escaped(name.table(), escape), escaped(upper, escape), "%")) {
      List<Place> found =
          places(connection, pattern).stream().filter(place -> place.isNamed(name)).toList();
      if (found.size() > 1) {
        throw SourceException.refused(
            "the database has several tables whose names differ only in case; make a view of one"
                + " with a name of its own, and read that");
      }
      if (!found.isEmpty()) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  static String escaped(String name, @Nullable String escape) {
    return escape == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }

  private static List<Place> places(Connection connection, String pattern) throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    boolean hasSchemas = metadata.supportsSchemasInTableDefinitions();
    String catalog = hasSchemas ? connection.getCatalog() : null;
    Set<Place> places = new LinkedHashSet<>();
    try (ResultSet rows = metadata.getTables(catalog, null, pattern, null)) {
      while (rows.next()) {
        Place place =
            new Place(
                hasSchemas ? null : rows.getString("TABLE_CAT"),
                rows.getString("TABLE_SCHEM"),
                rows.getString("TABLE_NAME"));
        if (isTable(String.valueOf(rows.getString("TABLE_TYPE")))
            && !OF_THE_SYSTEM.contains(place.group().toLowerCase(Locale.ROOT))) {
          places.add(place);
        }
      }
    }
    return new ArrayList<>(places);
  }

  private static boolean isTable(String type) {
    String kind = type.toUpperCase(Locale.ROOT);
    return (kind.contains("TABLE") || kind.contains("VIEW"))
        && !kind.contains("SYSTEM")
        && !kind.contains("INDEX");
  }
}
