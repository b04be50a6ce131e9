package io.lakesdk.query.sql;

import java.util.Optional;

/** Finds the tables that a statement names. */
public interface TableResolver {

  /**
   * The table, or empty if there is none. May refuse access by itself, with the error of its
   * choice.
   *
   * @param database as written, lower-case; empty if the statement did not say one
   * @param table as written, lower-case
   */
  Optional<SourceTable> resolve(Optional<String> database, String table);

  /**
   * The table of another catalog than the lake's, or empty if there is no such catalog.
   *
   * @param catalog as written, lower-case
   * @param schema likewise
   * @param table likewise
   */
  default Optional<SourceTable> federated(String catalog, String schema, String table) {
    return Optional.empty();
  }
}
