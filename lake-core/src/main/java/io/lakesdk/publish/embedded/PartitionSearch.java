package io.lakesdk.publish.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.IsNull;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.PartitionFilter.Or;
import io.lakesdk.publish.draft.PartitionCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where to look for the partitions that a filter admits: a SELECT of the keys of them, and of
 * others maybe, by the index of values. Whoever reads those partitions checks each with {@link
 * PartitionCheck}, so the SELECT may leave any condition out, and is of bounded size whatever the
 * filter: a list of values is one parameter, of all else there are few.
 */
final class PartitionSearch {

  /** More partitions than these are many, however many there are. */
  private static final int MANY = 10_000;

  /** Checking partitions one by one costs as much as having so many more from the index. */
  private static final int DEARER = 10;

  /** So many conditions that all hold are tried; SQLite joins 500 SELECTs at most. */
  private static final int MOST_TRIED = 16;

  /** With more alternatives, besides lists of values, all partitions are looked at. */
  private static final int MOST_ALTERNATIVES = 100;

  private static final String SELECT =
      "SELECT partition FROM publish_partition_value WHERE dataset = ? AND position = ? AND value ";

  private final Entry entry;
  private final PartitionCheck check;

  /**
   * @param check of the filter that is searched with, which has found it well-formed
   */
  PartitionSearch(Entry entry, PartitionCheck check) {
    this.entry = entry;
    this.check = check;
  }

  /** A piece of SQL with the parameters of its question marks. */
  record Sql(String text, List<Object> parameters) {
    Sql {
      parameters = List.copyOf(parameters);
    }

    static Sql joined(String separator, Collection<Sql> pieces) {
      return new Sql(
          pieces.stream().map(Sql::text).collect(Collectors.joining(separator)),
          pieces.stream().flatMap(piece -> piece.parameters().stream()).toList());
    }
  }

  /**
   * Partitions of which one of these holds.
   *
   * @param values that a key has, by the key's position
   * @param others SELECTs of partitions
   */
  private record Start(Map<Integer, Set<Object>> values, Set<Sql> others) {

    boolean isOfValues() {
      return others.isEmpty();
    }
  }

  /** A SELECT of at least the partitions that the filter admits; empty to look at all. */
  Optional<Sql> start(Tx tx, PartitionFilter filter) {
    List<PartitionFilter> all = filter instanceof And and ? and.all() : List.of(filter);
    List<Sql> starts = starts(all).stream().limit(MOST_TRIED).map(this::select).toList();
    List<Sql> used = fewest(tx, starts);
    return used.isEmpty() ? Optional.empty() : Optional.of(Sql.joined(" INTERSECT ", used));
  }

  /** The start with the fewest partitions, and others that are not much dearer. */
  private static List<Sql> fewest(Tx tx, List<Sql> starts) {
    if (starts.size() < 2) {
      return starts;
    }
    Map<Sql, Long> counts = new LinkedHashMap<>();
    starts.forEach(start -> counts.put(start, count(tx, start)));
    long fewest = Collections.min(counts.values());
    if (fewest == MANY) {
      return starts.subList(0, 1);
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

  /** What the index can give for conditions that all hold, lists of values first. */
  private List<Start> starts(List<PartitionFilter> all) {
    Map<String, Map<Operator, Compare>> ranges = new LinkedHashMap<>();
    List<Start> starts = new ArrayList<>();
    for (PartitionFilter one : all) {
      if (one instanceof Compare compare) {
        if (isIndexed(compare)) {
          ranges
              .computeIfAbsent(compare.key(), key -> new LinkedHashMap<>())
              .merge(compare.operator(), compare, PartitionSearch::narrower);
        }
      } else {
        start(one).ifPresent(starts::add);
      }
    }
    ranges.forEach((key, range) -> starts.add(start(key, range)));
    return Stream.concat(
            starts.stream().filter(Start::isOfValues),
            starts.stream().filter(start -> !start.isOfValues()))
        .toList();
  }

  /** Of two comparisons with the same operator, which both hold, the one that implies the other. */
  private static Compare narrower(Compare a, Compare b) {
    int order = PartitionCheck.order(a.value(), b.value());
    return switch (a.operator()) {
      case LESS, AT_MOST -> order < 0 ? a : b;
      case MORE, AT_LEAST -> order > 0 ? a : b;
      // Of two values that the key cannot have at once, either will do.
      case EQUAL, NOT_EQUAL -> a;
    };
  }

  private boolean isIndexed(Compare compare) {
    return compare.operator() != Operator.NOT_EQUAL && check.isComparable(compare);
  }

  private Start start(String key, Map<Operator, Compare> range) {
    int position = check.position(key);
    Compare equal = range.get(Operator.EQUAL);
    if (equal != null) {
      return new Start(Map.of(position, Set.of(equal.value())), Set.of());
    }
    List<Sql> bounds =
        range.values().stream()
            .map(one -> new Sql(one.operator().symbol() + " ?", List.of(one.value())))
            .toList();
    return new Start(Map.of(), Set.of(values(position, Sql.joined(" AND value ", bounds))));
  }

  /** What the index can give for a condition, if anything but all partitions. */
  private Optional<Start> start(PartitionFilter filter) {
    if (filter instanceof Compare compare) {
      return isIndexed(compare)
          ? Optional.of(start(compare.key(), Map.of(compare.operator(), compare)))
          : Optional.empty();
    }
    if (filter instanceof IsNull isNull) {
      Sql isNullThere = values(check.position(isNull.key()), new Sql("IS NULL", List.of()));
      return Optional.of(new Start(Map.of(), Set.of(isNullThere)));
    }
    if (filter instanceof And and) {
      return starts(and.all()).stream().findFirst();
    }
    return filter instanceof Or or && !or.any().isEmpty() ? union(or.any()) : Optional.empty();
  }

  private Optional<Start> union(List<PartitionFilter> alternatives) {
    Map<Integer, Set<Object>> values = new LinkedHashMap<>();
    Set<Sql> others = new LinkedHashSet<>();
    for (PartitionFilter alternative : alternatives) {
      Optional<Start> start = start(alternative);
      if (start.isEmpty()) {
        return Optional.empty();
      }
      start
          .get()
          .values()
          .forEach(
              (position, more) ->
                  values.computeIfAbsent(position, key -> new LinkedHashSet<>()).addAll(more));
      others.addAll(start.get().others());
      if (others.size() > MOST_ALTERNATIVES) {
        return Optional.empty();
      }
    }
    return Optional.of(new Start(values, others));
  }

  private Sql select(Start start) {
    List<Sql> selects = new ArrayList<>(start.others());
    start.values().forEach((position, list) -> selects.add(values(position, oneOf(list))));
    Sql union = Sql.joined(" UNION ", selects);
    return selects.size() == 1
        ? union
        : new Sql("SELECT partition FROM (" + union.text() + ")", union.parameters());
  }

  private Sql values(int position, Sql test) {
    List<Object> parameters = new ArrayList<>(List.of(entry.id(), position));
    parameters.addAll(test.parameters());
    return new Sql(SELECT + test.text(), parameters);
  }

  /** A list of any length is one parameter in JSON, with texts in hexadecimal. */
  private static Sql oneOf(Set<Object> list) {
    Object first = list.iterator().next();
    if (list.size() == 1) {
      return new Sql("= ?", List.of(first));
    }
    if (first instanceof Long) {
      return new Sql("IN (SELECT value FROM json_each(?))", List.of(list.toString()));
    }
    String texts =
        list.stream()
            .map(text -> '"' + HexFormat.of().formatHex(((String) text).getBytes(UTF_8)) + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return new Sql("IN (SELECT CAST(unhex(value) AS TEXT) FROM json_each(?))", List.of(texts));
  }
}
