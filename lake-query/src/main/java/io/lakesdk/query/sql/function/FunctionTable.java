package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the functions of a theme. */
public final class FunctionTable {

  private final List<ScalarFunction> scalars = new ArrayList<>();
  private final List<AggregateFunction> aggregates = new ArrayList<>();
  private final List<JavaFunction> functions = new ArrayList<>();
  private final Map<String, String> differences = new TreeMap<>();

  /** A function that is a pattern of SQL; see {@link Template}. */
  public FunctionTable scalar(String signature, String pattern) {
    Template template = Template.of(pattern);
    return scalar(signature, template::fill);
  }

  public FunctionTable scalar(String signature, Renderer renderer) {
    scalars.add(new ScalarFunction(Signature.parse(signature), renderer));
    return this;
  }

  /** A function in Java; see {@link JavaFunction}. */
  public FunctionTable java(String signature, JavaFunction.Body body) {
    return scalar(signature, helper(signature, body));
  }

  /** A function in Java that statements cannot call, for the renderers of others. */
  public JavaFunction helper(String signature, JavaFunction.Body body) {
    JavaFunction function = new JavaFunction(Signature.parse(signature), body);
    functions.add(function);
    return function;
  }

  /** An aggregate that is one of DuckDB's with the same result type. */
  public FunctionTable aggregate(String signature, String name) {
    return aggregate(
        signature,
        (call, arguments, result) -> Typed.of(call.of(name, sql(arguments)), result, arguments));
  }

  public FunctionTable aggregate(String signature, AggregateFunction.Body body) {
    aggregates.add(
        new AggregateFunction(Signature.parse(signature), AggregateFunction.Kind.AGGREGATE, body));
    return this;
  }

  /** A window function that is one of DuckDB's with the same result type. */
  public FunctionTable window(String signature, String name) {
    return window(
        signature,
        (call, arguments, result) -> Typed.of(call.of(name, sql(arguments)), result, arguments));
  }

  public FunctionTable window(String signature, AggregateFunction.Body body) {
    aggregates.add(
        new AggregateFunction(Signature.parse(signature), AggregateFunction.Kind.WINDOW, body));
    return this;
  }

  /** Notes how functions differ from Athena's, in a few words, for {@code docs/functions.md}. */
  public FunctionTable differs(String how, String... names) {
    for (String name : names) {
      differences.put(name, how);
    }
    return this;
  }

  public Map<String, String> differences() {
    return differences;
  }

  public List<ScalarFunction> scalars() {
    return scalars;
  }

  public List<AggregateFunction> aggregates() {
    return aggregates;
  }

  public List<JavaFunction> functions() {
    return functions;
  }

  public static String[] sql(List<Typed> arguments) {
    return arguments.stream().map(Typed::sql).toArray(String[]::new);
  }
}
