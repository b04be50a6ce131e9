package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All functions, found by name and arguments as Trino finds them. Immutable. */
public final class Functions {

  /** How often lambdas are understood anew, with wider parameters. */
  /** Functions of what is less or greater, or whose keys are. */
  private static final Set<String> ORDERING =
      Set.of(
          "max",
          "min",
          "max_by",
          "min_by",
          "array_sort",
          "array_max",
          "array_min",
          "greatest",
          "least");

  private static final int MOST_ROUNDS = 3;

  private final Map<String, List<ScalarFunction>> scalars = new LinkedHashMap<>();
  private final Map<String, List<AggregateFunction>> aggregates = new LinkedHashMap<>();
  private final List<JavaFunction> java = new ArrayList<>();
  private final Map<String, String> differences = new TreeMap<>();

  public Functions(List<FunctionTable> tables) {
    for (FunctionTable table : tables) {
      table.scalars().forEach(line -> listed(scalars, line.signature()).add(line));
      table.aggregates().forEach(line -> listed(aggregates, line.signature()).add(line));
      java.addAll(table.functions());
      differences.putAll(table.differences());
    }
  }

  /** Lets a database have the functions that are written in Java. */
  public void register(Connection connection) throws SQLException {
    for (JavaFunction function : java) {
      function.register(connection);
    }
  }

  private static <T> List<T> listed(Map<String, List<T>> map, Signature signature) {
    return map.computeIfAbsent(signature.name(), name -> new ArrayList<>());
  }

  public boolean isAggregate(String name) {
    return aggregates.getOrDefault(name, List.of()).stream()
        .anyMatch(line -> line.kind() == AggregateFunction.Kind.AGGREGATE);
  }

  public boolean isWindow(String name) {
    return aggregates.containsKey(name);
  }

  public boolean isScalar(String name) {
    return scalars.containsKey(name) && !name.startsWith("$");
  }

  /** Whether there is a function of this name that takes these arguments. */
  public boolean takes(String name, List<Argument> arguments) {
    List<Signature> lines = new ArrayList<>();
    scalars.getOrDefault(name, List.of()).forEach(line -> lines.add(line.signature()));
    aggregates.getOrDefault(name, List.of()).forEach(line -> lines.add(line.signature()));
    for (int line = 0; line < lines.size(); line++) {
      if (match(line, lines.get(line), arguments).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** How functions differ from Athena's, by name, in a few words. */
  public Map<String, String> differences() {
    return Collections.unmodifiableMap(differences);
  }

  /** The names of all functions. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>(scalars.keySet());
    names.addAll(aggregates.keySet());
    return List.copyOf(names);
  }

  /** A call of a scalar function. */
  public Typed call(String name, List<Argument> arguments) {
    List<ScalarFunction> lines = scalars.getOrDefault(name, List.of());
    Match match = find(name, lines.stream().map(ScalarFunction::signature).toList(), arguments);
    return lines.get(match.line()).renderer().render(match.arguments(), match.result());
  }

  /** A call of an aggregate or window function. */
  public Typed call(String name, List<Argument> arguments, AggregateCall how) {
    List<AggregateFunction> lines = aggregates.getOrDefault(name, List.of());
    Match match = find(name, lines.stream().map(AggregateFunction::signature).toList(), arguments);
    return lines.get(match.line()).body().render(how, match.arguments(), match.result());
  }

  private static Match find(String name, List<Signature> signatures, List<Argument> arguments) {
    List<Match> matches = new ArrayList<>();
    for (int line = 0; line < signatures.size(); line++) {
      match(line, signatures.get(line), arguments).ifPresent(matches::add);
    }
    List<Match> exact = matches.stream().filter(match -> match.coercions() == 0).toList();
    List<Match> candidates = new ArrayList<>(exact.isEmpty() ? matches : exact);
    candidates.removeIf(match -> ORDERING.contains(name) && !match.isOrderable(name));
    return candidates.stream()
        .filter(match -> candidates.stream().allMatch(other -> !other.isMoreSpecificThan(match)))
        .findFirst()
        .orElseThrow(() -> new UnsupportedCall(unexpected(name, signatures, arguments)));
  }

  private static String unexpected(
      String name, List<Signature> signatures, List<Argument> arguments) {
    String given = arguments.stream().map(Argument::describe).collect(Collectors.joining(", "));
    String expected =
        signatures.stream()
            .map(Signature::toString)
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Unexpected parameters (%s) for function %s. Expected: %s",
        given,
        name,
        expected);
  }

  private static Optional<Match> match(int line, Signature signature, List<Argument> arguments) {
    if (!signature.takes(arguments.size())) {
      return Optional.empty();
    }
    Bindings bindings = new Bindings();
    for (int i = 0; i < arguments.size(); i++) {
      Pattern pattern = signature.parameter(i);
      boolean isLambda = pattern instanceof Pattern.Lambda;
      if (isLambda != arguments.get(i) instanceof Argument.Lambda
          || (arguments.get(i) instanceof Argument.Value value
              && !pattern.collect(value.typed().type(), bindings))) {
        return Optional.empty();
      }
    }
    List<Typed> coerced = understood(signature, arguments, bindings);
    int coercions = 0;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Argument.Value) {
        SqlType wanted = signature.parameter(i).resolve(bindings);
        SqlType given = coerced.get(i).type();
        if (!Coercions.canCoerce(given, wanted)) {
          return Optional.empty();
        }
        coercions += given.equals(wanted) ? 0 : 1;
        coerced.set(i, Casts.coerce(coerced.get(i), wanted));
      }
    }
    SqlType result = signature.result().resolve(bindings);
    return Optional.of(new Match(line, coerced, result, coercions));
  }

  /** The arguments with their lambdas rendered, of which each may widen what others take. */
  private static List<Typed> understood(
      Signature signature, List<Argument> arguments, Bindings bindings) {
    List<Typed> all = new ArrayList<>();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      all.clear();
      List<List<SqlType>> taken = taken(signature, arguments, bindings);
      for (int i = 0; i < arguments.size(); i++) {
        all.add(
            arguments.get(i) instanceof Argument.Lambda lambda
                ? lambda(lambda, (Pattern.Lambda) signature.parameter(i), bindings)
                : ((Argument.Value) arguments.get(i)).typed());
      }
      if (taken.equals(taken(signature, arguments, bindings))) {
        break;
      }
    }
    return all;
  }

  /** The types that the lambdas take, as far as the bindings are known. */
  private static List<List<SqlType>> taken(
      Signature signature, List<Argument> arguments, Bindings bindings) {
    List<List<SqlType>> taken = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (signature.parameter(i) instanceof Pattern.Lambda lambda) {
        taken.add(lambda.parameters().stream().map(type -> type.resolve(bindings)).toList());
      }
    }
    return taken;
  }

  private static Typed lambda(Argument.Lambda lambda, Pattern.Lambda pattern, Bindings bindings) {
    List<SqlType> types =
        pattern.parameters().stream().map(parameter -> parameter.resolve(bindings)).toList();
    Argument.Body body = lambda.analyzer().analyze(types);
    Typed value = body.value();
    if (!pattern.result().collect(value.type(), bindings)) {
      throw new UnsupportedCall(
          "the lambda gives " + value.type() + " where " + pattern.result() + " is wanted");
    }
    value = Casts.coerce(value, pattern.result().resolve(bindings));
    String sql = "lambda " + body.name() + ": " + value.sql();
    return Typed.of(sql, value.type(), value).with(Typed.Trait.LAMBDA);
  }

  private record Match(int line, List<Typed> arguments, SqlType result, int coercions) {

    /** Whether what the function compares has an order. */
    boolean isOrderable(String name) {
      boolean byKey = name.endsWith("_by");
      return (name.equals("array_sort") && arguments.size() > 1)
          || Coercions.isOrderable(arguments.get(byKey ? 1 : 0).type());
    }

    boolean isMoreSpecificThan(Match other) {
      if (arguments.size() != other.arguments.size() || types().equals(other.types())) {
        return false;
      }
      for (int i = 0; i < arguments.size(); i++) {
        if (!Coercions.canCoerce(arguments.get(i).type(), other.arguments.get(i).type())) {
          return false;
        }
      }
      return true;
    }

    private List<SqlType> types() {
      return arguments.stream().map(Typed::type).toList();
    }
  }
}
