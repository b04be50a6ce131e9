package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.render.Decimals;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.NamedQueries;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.scope.TableReading;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.TypeNames;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.SampledRelation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Understands what stands in FROM. */
final class RelationAnalyzer {

  private static final String CATALOG = "awsdatacatalog";

  private final Environment environment;
  private final Optional<Scope> outer;
  private final NamedQueries tables;

  /**
   * @param outer the columns of the queries around this one
   * @param tables the queries of WITH
   */
  RelationAnalyzer(Environment environment, Optional<Scope> outer, NamedQueries tables) {
    this.environment = environment;
    this.outer = outer;
    this.tables = tables;
  }

  NamedQueries tables() {
    return tables;
  }

  Optional<Scope> outer() {
    return outer;
  }

  /**
   * One of several relations.
   *
   * @param before the columns of those before it, which LATERAL and UNNEST can name
   */
  Relation analyze(Node node, List<Field> before) {
    if (node instanceof Table table) {
      return table(table);
    } else if (node instanceof AliasedRelation aliased) {
      return aliased(aliased, before);
    } else if (node instanceof TableSubquery subquery) {
      environment.complexity().add(Complexity.Part.QUERY, node);
      return query(subquery.getQuery(), outer, "");
    } else if (node instanceof Lateral lateral) {
      environment.complexity().add(Complexity.Part.QUERY, node);
      return query(lateral.getQuery(), Optional.of(new Scope(before, outer)), "LATERAL ");
    } else if (node instanceof Join join) {
      return new Joins(environment, this).analyze(join, before);
    } else if (node instanceof Unnest unnest) {
      Clause clause = Clause.of(new Scope(before, outer), tables);
      return new Unnesting(environment, clause).analyze(unnest);
    } else if (node instanceof QueryBody body) {
      environment.complexity().add(Complexity.Part.QUERY, node);
      Rendered query = new QueryAnalyzer(environment).body(body, outer, tables);
      return Relation.of(query, "", environment);
    }
    if (node instanceof SampledRelation sampled) {
      return sampled(sampled, before);
    }
    throw Refusal.unsupported(
        node, node.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " "));
  }

  /** Rows by chance, each for itself, also where whole blocks may be taken. */
  private Relation sampled(SampledRelation node, List<Field> before) {
    Relation relation = analyze(node.getRelation(), before);
    Clause clause = Clause.of(Scope.empty(outer), tables);
    Typed share =
        new ExpressionAnalyzer(environment, clause)
            .coerced(node.getSamplePercentage(), SqlType.Simple.DOUBLE, "Sample percentage");
    double percent =
        share
            .constant()
            .map(
                constant -> constant.value() instanceof Number number ? number.doubleValue() : -1.0)
            .orElse(-1.0);
    if (percent < 0 || percent > 100) {
      throw Refusal.at(
          node.getSamplePercentage(), "Sample percentage must be a constant between 0 and 100");
    }
    List<String> items = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    String name = Sql.name(environment.uniqueName("r"));
    for (Field field : relation.fields()) {
      String alias = "c" + fields.size();
      items.add(field.value().sql() + " AS " + alias);
      Typed value = Typed.name(name + "." + alias, field.value().type());
      Typed known = field.value().origin().map(value::withOrigin).orElse(value);
      fields.add(new Field(field.qualifier(), field.name(), known, field.listed()));
    }
    String sql =
        "(SELECT "
            + Sql.list(items)
            + " FROM "
            + relation.sql()
            + " WHERE random() * 100 < "
            + percent
            + ") AS "
            + name;
    return new Relation(sql, fields, relation.tokens());
  }

  private Relation query(Query query, Optional<Scope> scope, String prefix) {
    Rendered rendered = new QueryAnalyzer(environment).analyze(query, scope, tables);
    return Relation.of(rendered, prefix, environment);
  }

  private Relation aliased(AliasedRelation node, List<Field> before) {
    Relation relation = analyze(node.getRelation(), before);
    String alias = node.getAlias().getValue().toLowerCase(Locale.ROOT);
    List<String> columns =
        node.getColumnNames() == null
            ? List.of()
            : node.getColumnNames().stream().map(TypeNames::columnName).toList();
    long listed = relation.fields().stream().filter(Field::listed).count();
    if (!columns.isEmpty() && columns.size() != listed) {
      throw Refusal.at(
          node,
          "Column alias list has %s entries but '%s' has %s columns available",
          columns.size(),
          alias,
          listed);
    }
    return relation.aliased(alias, columns);
  }

  private Relation table(Table node) {
    if (node.getQueryPeriod().isPresent()) {
      throw Refusal.unsupported(node, "FOR TIMESTAMP or FOR VERSION");
    }
    List<String> parts = node.getName().getParts();
    String name = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
    Optional<NamedQueries.Entry> named = parts.size() == 1 ? tables.find(name) : Optional.empty();
    String relation = Sql.name(environment.uniqueName("r"));
    if (named.isPresent()) {
      return new Relation(
          named.get().sqlName() + " AS " + relation,
          Relation.fields(relation, List.of(name), named.get().outputs()),
          Set.of());
    }
    if (parts.size() > 3) {
      throw Refusal.at(node, "Catalog '%s' does not exist", parts.get(0));
    }
    String catalog = parts.size() == 3 ? parts.get(0).toLowerCase(Locale.ROOT) : CATALOG;
    if (!catalog.equals(CATALOG)) {
      String schema = parts.get(1).toLowerCase(Locale.ROOT);
      SourceTable foreign =
          environment
              .federated(catalog, schema, name)
              .orElseThrow(() -> Refusal.at(node, "Catalog '%s' does not exist", parts.get(0)));
      return source(foreign, relation, List.of(catalog, schema, name));
    }
    Optional<String> database =
        parts.size() == 1
            ? Optional.empty()
            : Optional.of(parts.get(parts.size() - 2).toLowerCase(Locale.ROOT));
    SourceTable table =
        environment
            .table(database, name)
            .orElseThrow(
                () ->
                    Refusal.at(
                        node,
                        "Table '%s.%s.%s' does not exist",
                        CATALOG,
                        database.orElse(environment.defaultDatabase()),
                        name));
    List<String> qualifier = List.of(CATALOG, database.orElse(environment.defaultDatabase()), name);
    return table.query().isPresent()
        ? new Views(environment, this).expand(node, table, qualifier)
        : source(table, relation, qualifier);
  }

  private Relation source(SourceTable table, String relation, List<String> qualifier) {
    TableReading reading = environment.read(table);
    List<Field> fields = new ArrayList<>();
    for (SourceColumn column : table.columns()) {
      fields.add(
          new Field(
              qualifier,
              Optional.of(column.name()),
              value(column, relation, reading.token()),
              isListed(column)));
    }
    String sql = Sql.name(reading.token()) + " AS " + relation;
    return new Relation(sql, fields, Set.of(reading.token()));
  }

  /** In a view {@code *} is all columns: where some are hidden, the view is refused. */
  boolean isListed(SourceColumn column) {
    return switch (column.visibility()) {
      case VISIBLE -> true;
      case HIDDEN -> !environment.views().isEmpty();
      case APART -> false;
    };
  }

  private static Typed value(SourceColumn column, String relation, String token) {
    SqlType type = SqlTypes.of(column.type());
    String name = relation + "." + Sql.name(column.name());
    String sql =
        type instanceof SqlType.Char fixed
            ? "rpad(" + name + ", " + fixed.length() + ", ' ')"
            : name;
    Typed value = Typed.name(sql, type).withOrigin(new Typed.Origin(token, column.name()));
    return column.digits().isPresent() && Decimals.isShort(type)
        ? value.withNarrow(new Typed.Narrow(sql, column.digits().getAsInt()))
        : value;
  }
}
