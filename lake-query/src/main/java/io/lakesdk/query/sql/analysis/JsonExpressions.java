package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.JsonCasts;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.Literals;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.TypeNames;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.JsonArray;
import io.trino.sql.tree.JsonArrayElement;
import io.trino.sql.tree.JsonExists;
import io.trino.sql.tree.JsonObject;
import io.trino.sql.tree.JsonObjectMember;
import io.trino.sql.tree.JsonPathInvocation;
import io.trino.sql.tree.JsonQuery;
import io.trino.sql.tree.JsonValue;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions of JSON that standard SQL has: JSON_VALUE, JSON_QUERY and their relatives. */
final class JsonExpressions {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());

  private final ExpressionAnalyzer expressions;
  private final Calls calls;

  JsonExpressions(ExpressionAnalyzer expressions, Calls calls) {
    this.expressions = expressions;
    this.calls = calls;
  }

  Typed object(JsonObject node) {
    List<Typed> parts = new ArrayList<>();
    List<String> members = new ArrayList<>();
    for (JsonObjectMember member : node.getMembers()) {
      Typed key = expressions.coerced(member.getKey(), TEXT, "JSON object key");
      Typed value = json(member.getValue(), member.getFormat().isPresent());
      parts.addAll(List.of(key, value));
      members.add(
          "CAST(to_json("
              + key.sql()
              + ") AS VARCHAR) || ':' || "
              + (node.isNullOnNull() ? orNull(value) : value.sql()));
    }
    requireText(node, node.getReturnedType().isPresent() || node.isUniqueKeys());
    return joined("{", members, "}", parts);
  }

  Typed array(JsonArray node) {
    List<Typed> parts = new ArrayList<>();
    List<String> elements = new ArrayList<>();
    for (JsonArrayElement element : node.getElements()) {
      Typed value = json(element.getValue(), element.getFormat().isPresent());
      parts.add(value);
      elements.add(node.isNullOnNull() ? orNull(value) : value.sql());
    }
    requireText(node, node.getReturnedType().isPresent());
    return joined("[", elements, "]", parts);
  }

  Typed exists(JsonExists node) {
    String failed =
        switch (node.getErrorBehavior()) {
          case TRUE -> "true";
          case FALSE -> "false";
          case UNKNOWN -> "NULL";
          case ERROR -> Raise.JSON_PATH.sql(Simple.BOOLEAN);
        };
    return Template.of(
            "CASE left({0}, 1) WHEN 'E' THEN {a} WHEN 'N' THEN false WHEN 'V' THEN true END")
        .with(failed)
        .fill(List.of(found(node.getJsonPathInvocation(), "exists")), Simple.BOOLEAN);
  }

  Typed value(JsonValue node) {
    SqlType type = node.getReturnedType().map(TypeNames::read).orElse(TEXT);
    Typed found = found(node.getJsonPathInvocation(), "value");
    String empty = behaviour(node, node.getEmptyBehavior(), node.getEmptyDefault(), type);
    String failed = behaviour(node, node.getErrorBehavior(), node.getErrorDefault(), type);
    Typed text = Typed.of("substr({0}, 2)", TEXT);
    String cast =
        Casts.cast(text, type)
            .orElseThrow(
                () -> Refusal.at(node, "Invalid return type of function JSON_VALUE: %s", type))
            .sql();
    if (node.getErrorBehavior() != JsonValue.EmptyOrErrorBehavior.ERROR && !type.equals(TEXT)) {
      String tried = "TRY(" + cast + ")";
      cast = "CASE WHEN " + tried + " IS NULL AND {0} IS NOT NULL THEN {a} ELSE " + tried + " END";
    }
    return Template.of(
            "CASE left({0}, 1) WHEN 'E' THEN {a} WHEN 'N' THEN {b} WHEN 'V' THEN " + cast + " END")
        .with(failed, empty)
        .fill(List.of(found), type);
  }

  private String behaviour(
      Node node,
      JsonValue.EmptyOrErrorBehavior behaviour,
      Optional<Expression> given,
      SqlType type) {
    return switch (behaviour) {
      case NULL -> "NULL";
      case ERROR -> Raise.JSON_PATH.sql(type);
      case DEFAULT ->
          expressions
              .coerced(
                  given.orElseThrow(() -> Refusal.unsupported(node, "DEFAULT without a value")),
                  type,
                  "default value of JSON_VALUE")
              .sql();
    };
  }

  Typed query(JsonQuery node) {
    requireText(node, node.getReturnedType().isPresent());
    String kind =
        switch (node.getWrapperBehavior()) {
          case WITHOUT -> "one";
          case CONDITIONAL -> "wrapped";
          case UNCONDITIONAL -> "array";
        };
    boolean bare =
        node.getQuotesBehavior().filter(JsonQuery.QuotesBehavior.OMIT::equals).isPresent();
    return Template.of(
            "CASE left({0}, 1) WHEN 'E' THEN {a} WHEN 'N' THEN {b} WHEN 'V' THEN substr({0}, 2) END")
        .with(behaviour(node.getErrorBehavior()), behaviour(node.getEmptyBehavior()))
        .fill(List.of(found(node.getJsonPathInvocation(), bare ? "bare" : kind)), TEXT);
  }

  private static String behaviour(JsonQuery.EmptyOrErrorBehavior behaviour) {
    return switch (behaviour) {
      case NULL -> "NULL";
      case ERROR -> Raise.JSON_PATH.sql(TEXT);
      case EMPTY_ARRAY -> "'[]'";
      case EMPTY_OBJECT -> "'{}'";
    };
  }

  /** E for an error, N for nothing, V and the value; see {@code JsonItems}. */
  private Typed found(JsonPathInvocation node, String kind) {
    if (!node.getPathParameters().isEmpty()) {
      throw Refusal.unsupported(node, "PASSING to a JSON path");
    }
    Typed input = expressions.coerced(node.getInputExpression(), TEXT, "JSON input");
    return calls.ofValues(
        node,
        "$json_path",
        List.of(input, Literals.text(node.getJsonPath().getValue()), Literals.text(kind)));
  }

  private Typed json(Expression node, boolean formatted) {
    Typed value = expressions.analyze(node);
    boolean isJson =
        formatted
            || node instanceof JsonObject
            || node instanceof JsonArray
            || node instanceof JsonQuery;
    return (isJson ? Optional.of(value) : JsonCasts.toJson(value))
        .orElseThrow(() -> Refusal.at(node, "Cannot cast %s to json", value.type()));
  }

  private static String orNull(Typed value) {
    return "coalesce(" + value.sql() + ", 'null')";
  }

  private static void requireText(Node node, boolean other) {
    if (other) {
      throw Refusal.unsupported(node, "RETURNING or UNIQUE KEYS of a JSON function");
    }
  }

  /** Members that are NULL are left out. */
  private static Typed joined(String open, List<String> members, String close, List<Typed> parts) {
    String list = "CAST([" + Sql.list(members) + "] AS VARCHAR[])";
    return Typed.of(
        "('" + open + "' || coalesce(array_to_string(" + list + ", ','), '') || '" + close + "')",
        TEXT,
        parts);
  }
}
