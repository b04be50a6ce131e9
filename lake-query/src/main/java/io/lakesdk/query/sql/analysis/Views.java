package io.lakesdk.query.sql.analysis;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.ViewUse;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.NamedQueries;
import io.lakesdk.query.sql.scope.Output;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.trino.sql.tree.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the query of a view in its place, like a subquery, so that conditions around it reach its
 * tables. Names in it are those of its own database. Its columns must still be those that the view
 * was made with. Source: {@code StatementAnalyzer.createScopeForView} of Trino 435.
 */
final class Views {

  private final Environment environment;
  private final RelationAnalyzer relations;

  Views(Environment environment, RelationAnalyzer relations) {
    this.environment = environment;
    this.relations = relations;
  }

  /** A view that cannot be read any more, on its way to the statement that names it or another. */
  private static final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    StaleException(String reason, LakeException cause) {
      super(reason, cause);
      this.reason = reason;
    }
  }

  Relation expand(Table node, SourceTable view, List<String> qualifier) {
    boolean outermost = environment.views().isEmpty();
    try {
      Rendered query = query(node, view);
      String name = Sql.name(environment.uniqueName("r"));
      String token = environment.read(view, query);
      return new Relation(
          "(" + query.sql() + ") AS " + name,
          fields(name, token, view, query, qualifier),
          Set.of(token));
    } catch (StaleException e) {
      if (outermost) {
        throw Refusal.at(node, "%s", e.reason);
      }
      throw e;
    } catch (AccessDeniedException e) {
      throw outermost ? refused(view.name()) : e;
    }
  }

  /** Tells nothing of what the view reads, which whoever asks may not see. */
  private static AccessDeniedException refused(String view) {
    return new AccessDeniedException("query", Subject.dataset(view), ViewUse.REFUSED);
  }

  private Rendered query(Table node, SourceTable view) {
    SourceTable.ViewQuery text = view.query().orElseThrow();
    try {
      environment.complexity().add(Complexity.Part.QUERY, node);
      if (environment.views().contains(view.name())) {
        throw SqlErrors.refuse("View is recursive");
      }
      if (environment.views().size() >= ViewUse.MOST_NESTED) {
        throw SqlErrors.refuse(
            "more than " + ViewUse.MOST_NESTED + " views stand inside each other");
      }
      Environment inside = environment.within(view.name(), text.database());
      Rendered query =
          new QueryAnalyzer(inside)
              .analyze(environment.parsed(text.sql()), Optional.empty(), NamedQueries.none());
      return fitted(view, query);
    } catch (InvalidDefinitionException | NotFoundException e) {
      throw new StaleException(
          "View '" + view.name() + "' is stale or in invalid state: " + reason(e), e);
    }
  }

  private static String reason(LakeException e) {
    String message = String.valueOf(e.getMessage());
    String start = String.valueOf(SqlErrors.refuse("").getMessage());
    return message.startsWith(start) ? message.substring(start.length()) : message;
  }

  /** The query with the columns that the view was made with. */
  private Rendered fitted(SourceTable view, Rendered query) {
    List<SourceColumn> stored = view.columns();
    List<Output> outputs = query.outputs();
    if (outputs.size() != stored.size()) {
      throw SqlErrors.refuse(
          "stored view column count ("
              + stored.size()
              + ") does not match column count derived from the view query analysis ("
              + outputs.size()
              + ")");
    }
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      SourceColumn column = stored.get(i);
      SqlType type = SqlTypes.of(column.type());
      Output output = outputs.get(i);
      boolean named = output.name().filter(column.name()::equalsIgnoreCase).isPresent();
      if (!named || !Coercions.canCoerce(output.type(), type)) {
        throw SqlErrors.refuse(
            "column ["
                + output.name().orElse("")
                + "] of type "
                + output.type()
                + " projected from query view at position "
                + i
                + (named ? " cannot be coerced to column [" : " has a different name from column [")
                + column.name()
                + "] of type "
                + type
                + " stored in view definition");
      }
      types.add(type);
    }
    return query.coercedTo(types, environment);
  }

  private List<Field> fields(
      String relation, String token, SourceTable view, Rendered query, List<String> qualifier) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < view.columns().size(); i++) {
      SourceColumn column = view.columns().get(i);
      Output output = query.outputs().get(i);
      Typed value = Typed.name(relation + "." + Sql.name(output.alias()), output.type());
      fields.add(
          new Field(
              qualifier,
              Optional.of(column.name()),
              value.withOrigin(new Typed.Origin(token, column.name())),
              relations.isListed(column)));
    }
    return fields;
  }
}
