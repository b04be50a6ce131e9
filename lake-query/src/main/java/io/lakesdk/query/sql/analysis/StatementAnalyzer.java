package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.Condition;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.render.RenderedWeight;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.NamedQueries;
import io.lakesdk.query.sql.scope.Output;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.scope.TableReading;
import io.lakesdk.query.sql.syntax.BoundParameters;
import io.lakesdk.query.sql.syntax.NamedParameters;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses a statement or a condition and has it understood. */
public final class StatementAnalyzer {

  private final TableResolver tables;
  private final String defaultDatabase;
  private final Instant now;
  private final StatementParser parser = new StatementParser();

  /**
   * @param defaultDatabase how messages complete names that the statement did not qualify
   * @param now what {@code current_timestamp} is
   */
  public StatementAnalyzer(TableResolver tables, String defaultDatabase, Instant now) {
    this.tables = tables;
    this.defaultDatabase = defaultDatabase;
    this.now = now;
  }

  /** Translates a query. */
  public Translation query(String text, Map<String, ? extends @Nullable Object> values) {
    NamedParameters statement = parser.scan(text);
    BoundParameters parameters = BoundParameters.bind(statement, values);
    return query(parser.query(statement), parameters);
  }

  /** Translates a query that was parsed. */
  public Translation query(Query query, BoundParameters parameters) {
    return StatementParser.guarded(
        () -> {
          Environment environment =
              new Environment(tables, defaultDatabase, now, parameters.expressions());
          Rendered rendered =
              new QueryAnalyzer(environment).analyze(query, Optional.empty(), NamedQueries.none());
          return new Translation(
              weighed(rendered.sql()),
              columns(rendered.outputs()),
              parameters.values(),
              environment.uses(),
              environment.viewUses());
        });
  }

  private static List<OutputColumn> columns(List<Output> outputs) {
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      columns.add(new OutputColumn(output.name().orElse("_col" + i), output.type()));
    }
    return columns;
  }

  /** A condition on the columns of a table, over their bare quoted names. */
  public Condition condition(String text, SourceTable table) {
    NamedParameters expression = parser.scan(text);
    BoundParameters.bind(expression, Map.of());
    return StatementParser.guarded(
        () -> {
          Expression parsed = parser.expression(expression);
          Environment environment = new Environment(tables, defaultDatabase, now, List.of());
          TableReading reading = environment.read(table);
          String token = reading.token();
          List<Field> fields = new ArrayList<>();
          for (SourceColumn column : table.columns()) {
            SqlType type = SqlTypes.of(column.type());
            fields.add(
                new Field(
                    List.of(),
                    Optional.of(column.name()),
                    Typed.name(Sql.name(column.name()), type)
                        .withOrigin(new Typed.Origin(token, column.name())),
                    true));
          }
          Clause clause = Clause.of(new Scope(fields, Optional.empty()), NamedQueries.none());
          Typed condition =
              new ExpressionAnalyzer(environment, clause).condition(parsed, "The condition");
          if (isMoreThanAValue(condition)) {
            throw Refusal.at(
                parsed, "a condition cannot contain aggregations, windows or subqueries");
          }
          return new Condition(
              weighed(condition.sql()),
              condition.filters().getOrDefault(token, RowCondition.any()),
              reading.use().columns());
        });
  }

  /** Values without columns, as the parameters of another statement. */
  public BoundParameters constants(List<Expression> expressions, BoundParameters parameters) {
    return StatementParser.guarded(
        () -> {
          Environment environment =
              new Environment(tables, defaultDatabase, now, parameters.expressions());
          Clause clause = Clause.of(new Scope(List.of(), Optional.empty()), NamedQueries.none());
          ExpressionAnalyzer analyzer = new ExpressionAnalyzer(environment, clause);
          List<Typed> values = new ArrayList<>();
          for (Expression expression : expressions) {
            Typed value = analyzer.analyze(expression);
            if (isMoreThanAValue(value)) {
              throw Refusal.at(
                  expression,
                  "values of parameters cannot contain aggregations, windows or subqueries");
            }
            weighed(value.sql());
            values.add(value);
          }
          return new BoundParameters(values, parameters.values());
        });
  }

  private static boolean isMoreThanAValue(Typed value) {
    return value.has(Typed.Trait.AGGREGATE)
        || value.has(Typed.Trait.WINDOW)
        || value.has(Typed.Trait.SUBQUERY);
  }

  private static String weighed(String sql) {
    if (RenderedWeight.of(sql) > RenderedWeight.MOST) {
      throw SqlErrors.refuse(
          "it is too large when its functions, lambdas and conversions of nested types are written"
              + " out; nest fewer of them, or split it");
    }
    return sql;
  }
}
