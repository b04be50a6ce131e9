package io.lakesdk.query.statement;

import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.query.sql.syntax.BoundParameters;
import io.lakesdk.query.sql.syntax.NamedParameters;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.lakesdk.query.statement.hive.Ddl;
import io.lakesdk.query.statement.hive.DdlParser;
import io.lakesdk.query.statement.hive.HiveTokens;
import io.trino.sql.tree.Expression;
import java.util.List;
import java.util.Optional;

/** What a statement runs in: the lake as one principal sees it, and an engine for queries. */
public final class Session {

  private final Lake lake;
  private final Query query;
  private final BoundParameters parameters;
  private final Planner planner;

  /** Plans queries, within the limits of the statement that they are part of. */
  public interface Planner {
    PlannedQuery plan(io.trino.sql.tree.Query query, BoundParameters parameters);
  }

  private Session(Lake lake, Query query, BoundParameters parameters, Planner planner) {
    this.lake = lake;
    this.query = query;
    this.parameters = parameters;
    this.planner = planner;
  }

  /**
   * Runs a statement of any kind.
   *
   * @param lake as the principal who asks sees it
   * @param query the statement, with its parameters and limits
   */
  public static Rows run(Lake lake, Query query, Planner planner) {
    Parsed parsed = parse(query);
    return parsed.statement().run(new Session(lake, query, parsed.parameters(), planner));
  }

  /**
   * What an engine that takes queries alone is asked: the statement if it is a query, or the query
   * that it executes, with its values. Empty if it is anything else, which only {@link #run} does.
   *
   * @param lake as the principal who asks sees it
   */
  public static Optional<Query> asked(Lake lake, Query query) {
    Parsed parsed = parse(query);
    if (parsed.statement() instanceof Select) {
      return Optional.of(query);
    }
    Planner nothing =
        (tree, parameters) -> {
          throw new IllegalStateException("Nothing is planned that is asked elsewhere");
        };
    return parsed.statement() instanceof Execute execute
        ? execute.asked(new Session(lake, query, parsed.parameters(), nothing), query)
        : Optional.empty();
  }

  private record Parsed(Statement statement, BoundParameters parameters) {}

  private static Parsed parse(Query query) {
    StatementParser parser = new StatementParser();
    NamedParameters named = parser.scan(query.text());
    Optional<Prepare> prepare = Prepare.parse(named);
    if (prepare.isPresent()) {
      return new Parsed(prepare.get(), BoundParameters.none());
    }
    Optional<Ddl> ddl = DdlParser.parse(new HiveTokens(query.text()));
    if (ddl.isPresent()) {
      return new Parsed(
          new ChangeTable(ddl.get()),
          BoundParameters.bind(NamedParameters.scan(""), query.parameters()));
    }
    BoundParameters parameters = BoundParameters.bind(named, query.parameters());
    Statement statement =
        HiveStatements.parse(named.sql())
            .orElseGet(() -> StatementParser.guarded(() -> Statement.of(parser.statement(named))));
    return new Parsed(statement, parameters);
  }

  Lake lake() {
    return lake;
  }

  /** The database of names without one. */
  String database() {
    return query.database();
  }

  /** The prepared statements of the principal. */
  PreparedStatements.Own prepared() {
    return PreparedStatements.of(lake);
  }

  /** The same session for a statement that has these values for its question marks. */
  Session with(List<Expression> values) {
    return new Session(lake, query, constants(values), planner);
  }

  /**
   * Makes sure that values name no column and ask nothing.
   *
   * @throws InvalidDefinitionException if one does
   */
  void requireConstants(List<Expression> values) {
    BoundParameters unused = constants(values);
  }

  private BoundParameters constants(List<Expression> values) {
    TableResolver nothing = (database, table) -> Optional.empty();
    return new Translator(nothing, database(), lake.clock()).constants(values, parameters);
  }

  PlannedQuery plan(io.trino.sql.tree.Query tree) {
    return planner.plan(tree, parameters);
  }
}
