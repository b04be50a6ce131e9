package io.lakesdk.query.sql;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.analysis.StatementAnalyzer;
import io.lakesdk.query.sql.function.library.AthenaFunctions;
import io.lakesdk.query.sql.syntax.BoundParameters;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Translates statements in Athena's SQL for DuckDB. Everything that a statement says is understood
 * first: names are resolved, expressions typed with Athena's types, functions found by their
 * signatures. What is not understood is refused, with its place in the statement. Thread-safe if
 * its resolver is.
 */
public final class Translator {

  private final TableResolver tables;
  private final String defaultDatabase;
  private final Clock clock;

  /**
   * @param defaultDatabase how messages complete names that the statement did not qualify
   * @param clock tells {@code current_timestamp} and its relatives, once a statement
   */
  public Translator(TableResolver tables, String defaultDatabase, Clock clock) {
    this.tables = Objects.requireNonNull(tables, "tables");
    this.defaultDatabase = Objects.requireNonNull(defaultDatabase, "defaultDatabase");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Prepares a database for translations; once, before any is run on it. It gets the functions that
   * are written in Java, under names that a statement cannot write.
   */
  public static void prepare(Connection database) throws SQLException {
    AthenaFunctions.all().register(database);
  }

  /**
   * Translates a query.
   *
   * @param statement a SELECT, VALUES, TABLE or WITH; parameters are written {@code :name}
   * @param parameters the value of each: {@code Boolean}, {@code Byte}, {@code Short}, {@code
   *     Integer}, {@code Long}, {@code Float}, {@code Double}, {@code BigDecimal}, {@code String},
   *     {@code byte[]}, {@code LocalDate}, {@code LocalDateTime}, {@code Instant}, a list of these,
   *     or null
   * @throws InvalidDefinitionException with line and column if the statement is wrong or not
   *     supported, or if a parameter is missing, unused or of another type
   */
  public Translation translate(
      String statement, Map<String, ? extends @Nullable Object> parameters) {
    return analyzer().query(statement, parameters);
  }

  /**
   * Translates a query that is part of a statement.
   *
   * @param parameters the values of all parameters of that statement
   * @throws InvalidDefinitionException as {@link #translate(String, Map)}
   */
  public Translation translate(Query query, BoundParameters parameters) {
    return analyzer().query(query, parameters);
  }

  /**
   * Translates a condition on the columns of one table, such as the row filter of a grant or a rule
   * of quality.
   *
   * @throws InvalidDefinitionException as {@link #translate(String, Map)}
   */
  public Condition predicate(String expression, SourceTable table) {
    return analyzer().condition(expression, table);
  }

  /**
   * Makes values without columns the parameters of another statement, in their order.
   *
   * @param parameters of the statement that the expressions are part of
   * @throws InvalidDefinitionException if a value names a column, aggregates or has a subquery
   */
  public BoundParameters constants(List<Expression> values, BoundParameters parameters) {
    return analyzer().constants(values, parameters);
  }

  private StatementAnalyzer analyzer() {
    return new StatementAnalyzer(tables, defaultDatabase, clock.instant());
  }
}
