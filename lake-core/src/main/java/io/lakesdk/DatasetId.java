package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a dataset: a database and a table, as in {@code sales.orders}. Names are lower-cased,
 * as Athena and Glue treat them.
 *
 * @param database 1 to 128 letters, digits and underscores
 * @param table likewise
 */
public record DatasetId(String database, String table) implements Comparable<DatasetId> {

  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}_]{1,128}");

  public DatasetId {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    database = part(database, database + "." + table);
    table = part(table, database + "." + table);
  }

  /** Parses {@code database.table}. */
  public static DatasetId parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new InvalidDefinitionException(
          "name", Subject.dataset(text), "write database.table, as in sales.orders");
    }
    return new DatasetId(text.substring(0, dot), text.substring(dot + 1));
  }

  private static String part(String name, String whole) {
    if (!PART.matcher(name).matches()) {
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
