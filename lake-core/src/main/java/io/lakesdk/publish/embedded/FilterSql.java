package io.lakesdk.publish.embedded;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Any;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.IsNull;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.PartitionFilter.Or;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A filter as SQL over the partitions {@code p} of one dataset. It starts from the part of the
 * filter that the index of values answers with the fewest partitions, and checks the rest on those.
 */
final class FilterSql {

  /** More partitions than these are many, however many there are. */
  private static final int MANY = 10_000;

  /** Checking partitions one by one costs as much as having so many more from the index. */
  private static final int DEARER = 10;

  private static final Sql TRUE = new Sql("1", List.of());

  private final Entry entry;

  FilterSql(Entry entry) {
    this.entry = entry;
  }

  /** A piece of SQL with the parameters of its question marks. */
  record Sql(String text, List<Object> parameters) {
    Sql {
      parameters = List.copyOf(parameters);
    }

    static Sql joined(String separator, Collection<Sql> pieces) {
      return new Sql(
          String.join(separator, pieces.stream().map(Sql::text).toList()),
          pieces.stream().flatMap(piece -> piece.parameters().stream()).toList());
    }
  }

  /**
   * How to find partitions.
   *
   * @param start a SELECT of their keys by the index; empty to look at all
   * @param condition what must hold of them besides
   */
  record Plan(Optional<Sql> start, Sql condition) {}

  Plan plan(Tx tx, PartitionFilter filter) {
    List<PartitionFilter> all = conjuncts(filter).toList();
    Map<Sql, List<PartitionFilter>> starts = new LinkedHashMap<>();
    Map<String, List<PartitionFilter>> byKey = new LinkedHashMap<>();
    for (PartitionFilter one : all) {
      if (one instanceof Compare compare && isIndexed(compare)) {
        byKey.computeIfAbsent(compare.key(), key -> new ArrayList<>()).add(compare);
      } else if (!(one instanceof Compare)) {
        start(one).ifPresent(start -> starts.put(start, exact(one)));
      }
    }
    byKey.forEach((key, comparisons) -> starts.put(start(key, comparisons), comparisons));
    List<Sql> used = fewest(tx, starts.keySet());
    Set<PartitionFilter> answered =
        used.stream()
            .flatMap(start -> starts.getOrDefault(start, List.of()).stream())
            .collect(Collectors.toSet());
    return new Plan(
        used.isEmpty() ? Optional.empty() : Optional.of(Sql.joined(" INTERSECT ", used)),
        condition(new And(all.stream().filter(one -> !answered.contains(one)).toList())));
  }

  private static Stream<PartitionFilter> conjuncts(PartitionFilter filter) {
    return filter instanceof And and
        ? and.all().stream().flatMap(FilterSql::conjuncts)
        : Stream.of(filter);
  }

  /** What a start answers completely, so that it need not be checked again. */
  private static List<PartitionFilter> exact(PartitionFilter filter) {
    return filter instanceof IsNull ? List.of(filter) : List.of();
  }

  /** The start with the fewest partitions, and others that are not much dearer. */
  private static List<Sql> fewest(Tx tx, Collection<Sql> starts) {
    if (starts.size() < 2) {
      return List.copyOf(starts);
    }
    Map<Sql, Long> counts = new LinkedHashMap<>();
    starts.forEach(start -> counts.put(start, count(tx, start)));
    long fewest = Collections.min(counts.values());
    if (fewest == MANY) {
      return List.of(counts.keySet().iterator().next());
    }
    return counts.entrySet().stream()
        .filter(start -> start.getValue() < MANY && start.getValue() <= fewest * DEARER)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static long count(Tx tx, Sql start) {
    return tx.first(
            "SELECT count(*) AS n FROM (" + start.text() + " LIMIT " + MANY + ")",
            row -> row.number("n"),
            start.parameters().toArray())
        .orElseThrow();
  }

  /** A SELECT of at least the partitions that the filter admits, if the index can give them. */
  private Optional<Sql> start(PartitionFilter filter) {
    if (filter instanceof Compare compare) {
      return isIndexed(compare)
          ? Optional.of(start(compare.key(), List.of(compare)))
          : Optional.empty();
    }
    if (filter instanceof IsNull isNull) {
      return Optional.of(
          new Sql(select() + " AND value IS NULL", List.of(entry.id(), position(isNull.key()))));
    }
    if (filter instanceof And and) {
      return and.all().stream().flatMap(one -> start(one).stream()).findFirst();
    }
    if (filter instanceof Or or && !or.any().isEmpty()) {
      List<Sql> alternatives = or.any().stream().flatMap(one -> start(one).stream()).toList();
      return alternatives.size() == or.any().size()
          ? Optional.of(union(alternatives))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Sql union(List<Sql> alternatives) {
    Sql joined = Sql.joined(" UNION ", alternatives);
    return new Sql("SELECT partition FROM (" + joined.text() + ")", joined.parameters());
  }

  private Sql start(String key, List<PartitionFilter> comparisons) {
    StringBuilder text = new StringBuilder(select());
    List<Object> parameters = new ArrayList<>(List.of(entry.id(), position(key)));
    for (PartitionFilter one : comparisons) {
      Compare compare = (Compare) one;
      text.append(" AND value ").append(symbol(compare.operator())).append(" ?");
      parameters.add(compare.value());
    }
    return new Sql(text.toString(), parameters);
  }

  private static String select() {
    return "SELECT partition FROM publish_partition_value WHERE dataset = ? AND position = ?";
  }

  private boolean isIndexed(Compare compare) {
    return compare.operator() != Operator.NOT_EQUAL && isComparable(compare);
  }

  private boolean isComparable(Compare compare) {
    Object value = compare.value();
    return switch (entry.layout().keys().get(position(compare.key())).kind()) {
      case INTEGER -> value instanceof Long;
      case TEXT -> value instanceof String;
      case OTHER -> false;
    };
  }

  private Sql condition(PartitionFilter filter) {
    if (filter instanceof Any) {
      return TRUE;
    }
    if (filter instanceof Compare compare) {
      return isComparable(compare)
          ? value(compare.key(), symbol(compare.operator()) + " ?", List.of(compare.value()))
          : TRUE;
    }
    if (filter instanceof IsNull isNull) {
      return value(isNull.key(), "IS NULL", List.of());
    }
    if (filter instanceof And and) {
      return join(and.all(), " AND ", TRUE);
    }
    return join(((Or) filter).any(), " OR ", new Sql("0", List.of()));
  }

  private Sql join(List<PartitionFilter> filters, String separator, Sql ofNone) {
    if (filters.isEmpty()) {
      return ofNone;
    }
    Sql joined = Sql.joined(separator, filters.stream().map(this::condition).toList());
    return new Sql("(" + joined.text() + ")", joined.parameters());
  }

  private Sql value(String key, String test, List<Object> parameters) {
    List<Object> all = new ArrayList<>(List.of(position(key)));
    all.addAll(parameters);
    return new Sql(
        "EXISTS (SELECT 1 FROM publish_partition_value v WHERE v.partition = p.id"
            + " AND v.position = ? AND v.value "
            + test
            + ")",
        all);
  }

  private int position(String key) {
    return entry
        .layout()
        .position(key)
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "filter by",
                    Subject.column(key),
                    "dataset " + entry.dataset() + " is " + entry.layout()));
  }

  private static String symbol(Operator operator) {
    return switch (operator) {
      case EQUAL -> "=";
      case NOT_EQUAL -> "<>";
      case LESS -> "<";
      case AT_MOST -> "<=";
      case MORE -> ">";
      case AT_LEAST -> ">=";
    };
  }
}
