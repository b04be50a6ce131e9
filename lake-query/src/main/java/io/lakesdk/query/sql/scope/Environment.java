package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.ViewUse;
import io.lakesdk.query.sql.function.Functions;
import io.lakesdk.query.sql.function.library.AthenaFunctions;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.trino.sql.tree.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What is the same in all of a statement, and what is collected on the walk over it. */
public final class Environment {

  private final TableResolver tables;
  private final String database;
  private final Instant now;
  private final List<Typed> parameters;
  private final Functions functions;
  private final Map<String, Reading> readings;
  private final Complexity complexity;
  private final AtomicInteger names;
  private final Map<String, Query> queries;
  private final List<String> views;

  public Environment(
      TableResolver tables, String defaultDatabase, Instant now, List<Typed> parameters) {
    this.tables = tables;
    this.database = defaultDatabase;
    this.now = now;
    this.parameters = List.copyOf(parameters);
    this.functions = AthenaFunctions.all();
    this.readings = new LinkedHashMap<>();
    this.complexity = new Complexity();
    this.names = new AtomicInteger();
    this.queries = new HashMap<>();
    this.views = List.of();
  }

  private Environment(Environment around, String view, String database) {
    this.tables = around.tables;
    this.database = database;
    this.now = around.now;
    this.parameters = List.of();
    this.functions = around.functions;
    this.readings = around.readings;
    this.complexity = around.complexity;
    this.names = around.names;
    this.queries = around.queries;
    List<String> deeper = new ArrayList<>(around.views);
    deeper.add(view);
    this.views = List.copyOf(deeper);
  }

  /**
   * That of a view's query, which is part of the same statement.
   *
   * @param database of names in the query that have none
   */
  public Environment within(String view, String database) {
    return new Environment(this, view, database);
  }

  /** The views whose queries are around this place, the outermost first. */
  public List<String> views() {
    return views;
  }

  /** The tree of a view's query, which is parsed once in a statement. */
  public Query parsed(String sql) {
    Query query = queries.get(sql);
    if (query == null) {
      query = StatementParser.query(sql);
      queries.put(sql, query);
    }
    return query;
  }

  /** The table that a name in lower case stands for. */
  public Optional<SourceTable> table(Optional<String> ofDatabase, String name) {
    return tables.resolve(
        views.isEmpty() ? ofDatabase : Optional.of(ofDatabase.orElse(database)), name);
  }

  /** The table of another catalog that names in lower case stand for. */
  public Optional<SourceTable> federated(String catalog, String schema, String name) {
    return tables.federated(catalog, schema, name);
  }

  public String defaultDatabase() {
    return database;
  }

  /** The time of the statement. */
  public Instant now() {
    return now;
  }

  public Typed parameter(int number) {
    if (number >= parameters.size()) {
      throw SqlErrors.refuse("a view has no parameters");
    }
    return parameters.get(number);
  }

  public Functions functions() {
    return functions;
  }

  public Complexity complexity() {
    return complexity;
  }

  /** A name that nothing else in the statement has. */
  public String uniqueName(String kind) {
    return kind + "$" + names.getAndIncrement();
  }

  public TableReading read(SourceTable table) {
    TableReading reading = new TableReading("lake$" + readings.size(), table, outermost());
    readings.put(reading.token(), reading);
    return reading;
  }

  /**
   * Notes that a view is read.
   *
   * @param query that gives its columns, in their order
   * @return the token of this place
   */
  public String read(SourceTable view, Rendered query) {
    String token = "lake$" + readings.size();
    readings.put(token, new ViewReading(this, view, query));
    return token;
  }

  private Optional<String> outermost() {
    return views.stream().findFirst();
  }

  public Reading reading(String token) {
    Reading reading = readings.get(token);
    if (reading == null) {
      throw new IllegalStateException("no table is read as " + token);
    }
    return reading;
  }

  public List<TableUse> uses() {
    return readings.values().stream()
        .filter(TableReading.class::isInstance)
        .map(reading -> ((TableReading) reading).use())
        .toList();
  }

  public List<ViewUse> viewUses() {
    return readings.values().stream()
        .filter(ViewReading.class::isInstance)
        .map(reading -> ((ViewReading) reading).use())
        .toList();
  }
}
