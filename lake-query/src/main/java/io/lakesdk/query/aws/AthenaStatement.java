package io.lakesdk.query.aws;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.Query;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.syntax.BoundParameters;
import io.lakesdk.query.sql.syntax.NamedParameters;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it is sent to Athena. Parameters are sent beside the text where Athena takes them:
 * in WHERE, with up to 1,024 characters; elsewhere they are literals. A list is an array of its
 * elements.
 *
 * <p>Source: "Use parameterized queries" of the Athena user guide, and {@code ExecutionParameters}
 * in {@code StartQueryExecution} of its API reference.
 *
 * @param text with {@code ?} for each parameter
 * @param parameters SQL expressions, in the order of their {@code ?}
 * @param tree of the text as it was written
 * @param subject how messages name it
 */
record AthenaStatement(
    String text, List<String> parameters, io.trino.sql.tree.Query tree, Subject subject) {

  private static final int LONGEST_PARAMETER = 1024;

  AthenaStatement {
    parameters = List.copyOf(parameters);
  }

  /**
   * Prepares a query.
   *
   * @throws InvalidDefinitionException if it is no query, or if its parameters and values do not
   *     fit
   */
  static AthenaStatement of(Query query) {
    StatementParser parser = new StatementParser();
    NamedParameters named = parser.scan(query.text());
    BoundParameters bound = BoundParameters.bind(named, query.parameters());
    io.trino.sql.tree.Query tree = parser.query(named);
    return StatementParser.guarded(() -> of(query, named, bound, tree));
  }

  private static AthenaStatement of(
      Query query, NamedParameters named, BoundParameters bound, io.trino.sql.tree.Query tree) {
    List<Boolean> inWhere = inWhere(tree);
    if (inWhere.size() != named.places().size() || inWhere.size() != bound.expressions().size()) {
      throw SqlErrors.refuse("it has a parameter where there can be none");
    }
    StringBuilder text = new StringBuilder();
    List<String> parameters = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < inWhere.size(); i++) {
      int place = named.places().get(i);
      text.append(named.sql(), end, place);
      String name = named.names().get(i);
      append(name, query.parameters().get(name), inWhere.get(i), text, parameters);
      end = place + 1;
    }
    text.append(named.sql().substring(end));
    return new AthenaStatement(text.toString(), parameters, tree, subject(tree, query.database()));
  }

  private static void append(
      String name,
      @Nullable Object value,
      boolean inWhere,
      StringBuilder text,
      List<String> parameters) {
    if (value instanceof List<?> list) {
      text.append("ARRAY[");
      for (int i = 0; i < list.size(); i++) {
        text.append(i == 0 ? "" : ", ");
        append(name, list.get(i), inWhere, text, parameters);
      }
      text.append(']');
      return;
    }
    String literal = SqlLiterals.of(name, value);
    if (inWhere && literal.length() <= LONGEST_PARAMETER) {
      text.append('?');
      parameters.add(literal);
    } else {
      text.append(literal);
    }
  }

  /** For each parameter in the order of the text, whether it stands in a WHERE. */
  private static List<Boolean> inWhere(Node tree) {
    Map<NodeLocation, Boolean> places = new HashMap<>();
    places(tree, false, places::put);
    return places.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparingInt(NodeLocation::getLineNumber)
                    .thenComparingInt(NodeLocation::getColumnNumber)))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static void places(Node node, boolean inWhere, BiConsumer<NodeLocation, Boolean> found) {
    if (node instanceof Parameter parameter) {
      found.accept(parameter.getLocation().orElseThrow(), inWhere);
    }
    for (Node child : node.getChildren()) {
      boolean here =
          node instanceof QuerySpecification select
              ? select.getWhere().filter(child::equals).isPresent()
              : inWhere;
      places(child, here, found);
    }
  }

  private static Subject subject(Node tree, String database) {
    Set<String> derived = new HashSet<>();
    each(
        tree,
        WithQuery.class,
        with -> derived.add(with.getName().getValue().toLowerCase(Locale.ROOT)));
    Set<String> names = new TreeSet<>();
    each(
        tree,
        Table.class,
        table -> {
          String name = table.getName().toString().toLowerCase(Locale.ROOT);
          boolean qualified = table.getName().getPrefix().isPresent();
          if (qualified || !derived.contains(name)) {
            names.add((qualified ? "" : database + ".") + name);
          }
        });
    return Subject.of(
        Subject.Kind.QUERY,
        names.isEmpty() ? "without datasets" : "over " + String.join(", ", names));
  }

  /** Visits the nodes of one kind. */
  static <T extends Node> void each(Node tree, Class<T> kind, Consumer<T> what) {
    if (kind.isInstance(tree)) {
      what.accept(kind.cast(tree));
    }
    for (Node child : tree.getChildren()) {
      each(child, kind, what);
    }
  }
}
