package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.function.Functions;
import io.lakesdk.query.sql.function.library.AthenaFunctions;
import io.lakesdk.query.sql.render.Typed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is the same in all of a statement, and what is collected on the walk over it. */
public final class Environment {

  private final TableResolver tables;
  private final String defaultDatabase;
  private final Instant now;
  private final List<Typed> parameters;
  private final Functions functions = AthenaFunctions.all();
  private final Map<String, TableReading> readings = new LinkedHashMap<>();
  private final Complexity complexity = new Complexity();
  private int names;

  public Environment(
      TableResolver tables, String defaultDatabase, Instant now, List<Typed> parameters) {
    this.tables = tables;
    this.defaultDatabase = defaultDatabase;
    this.now = now;
    this.parameters = List.copyOf(parameters);
  }

  public TableResolver tables() {
    return tables;
  }

  public String defaultDatabase() {
    return defaultDatabase;
  }

  /** The time of the statement. */
  public Instant now() {
    return now;
  }

  public Typed parameter(int number) {
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
    return kind + "$" + names++;
  }

  public TableReading read(SourceTable table) {
    TableReading reading = new TableReading("lake$" + readings.size(), table);
    readings.put(reading.token(), reading);
    return reading;
  }

  public TableReading reading(String token) {
    TableReading reading = readings.get(token);
    if (reading == null) {
      throw new IllegalStateException("no table is read as " + token);
    }
    return reading;
  }

  public List<TableUse> uses() {
    return readings.values().stream().map(TableReading::use).toList();
  }
}
