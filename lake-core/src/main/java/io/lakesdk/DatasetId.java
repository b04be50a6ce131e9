package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a dataset: a database and a table, as in {@code sales.orders}. Names are lower-cased,
 * as Athena and Glue treat them. A table of a federated source has the name that statements give
 * it, {@code catalog.schema.table}; no dataset of the lake does.
 *
 * @param database 1 to 128 letters, digits and underscores; of a federated table the catalog and
 *     the schema, joined by a dot
 * @param table 1 to 128 letters, digits and underscores
 */
public record DatasetId(String database, String table) implements Comparable<DatasetId> {

  /** What Athena calls the catalog of the lake's own datasets. */
  public static final String OWN_CATALOG = "awsdatacatalog";

  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}_]{1,128}");

  public DatasetId {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    String whole = database + "." + table;
    int dot = database.indexOf('.');
    database =
        dot < 0
            ? part(database, whole)
            : part(database.substring(0, dot), whole)
                + "."
                + part(database.substring(dot + 1), whole);
    table = part(table, whole);
  }

  /** Whether a text can be the name of a database or of a table. */
  public static boolean canBe(String name) {
    return PART.matcher(name).matches();
  }

  /** Parses {@code database.table}, or {@code catalog.schema.table} of a federated source. */
  public static DatasetId parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot < 0) {
      throw new InvalidDefinitionException(
          "name", Subject.dataset(text), "write database.table, as in sales.orders");
    }
    return new DatasetId(text.substring(0, dot), text.substring(dot + 1));
  }

  /** Whether it is a table of a federated source. */
  public boolean isFederated() {
    return database.indexOf('.') >= 0;
  }

  /** The catalog of a table of a federated source. */
  public Optional<String> catalog() {
    int dot = database.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(database.substring(0, dot));
  }

  /** The database without the catalog. */
  public String schema() {
    return database.substring(database.indexOf('.') + 1);
  }

  private static String part(String name, String whole) {
    if (!canBe(name)) {
      throw new InvalidDefinitionException(
          "name",
          Subject.dataset(whole),
          "the database and the table are 1 to 128 letters, digits or underscores each, joined by"
              + " one dot");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(DatasetId other) {
    int byDatabase = database.compareTo(other.database);
    return byDatabase != 0 ? byDatabase : table.compareTo(other.table);
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
