package io.lakesdk.query.aws;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays, maps and rows as Athena prints them, {@code [1, 2]}, {@code {a=1}}: without quotes,
 * so that a text in them may look like something else. All ways to read a value are followed; it
 * has a meaning where there is one way.
 */
final class NestedText {

  /** More work than this is given up, since it is quadratic where texts are. */
  private static final int MOST_STEPS = 2_000_000;

  private static final String NULL = "null";
  private static final String SEPARATOR = ", ";

  private final String text;
  private final Map<Start, Map<Integer, Reading>> known = new HashMap<>();
  private int steps;

  private NestedText(String text) {
    this.text = text;
  }

  /** Of what a text is the print. */
  sealed interface Outcome {
    /** Of one value. */
    record Value(Object value) implements Outcome {}

    /** Of several values, or of so many that nobody can tell. */
    record Ambiguous() implements Outcome {}

    /** Of none. */
    record Malformed() implements Outcome {}
  }

  private record Start(SqlType type, int at) {}

  /**
   * A way to read a piece of text.
   *
   * @param sure whether it is the only way to read what ends at the same place
   */
  private record Reading(@Nullable Object value, boolean sure) {
    Reading unsure() {
      return new Reading(value, false);
    }
  }

  /** Elements that were read so far, the last first; shared by all ways to go on. */
  private record Chain(
      @Nullable Chain before, @Nullable Object key, @Nullable Object value, boolean sure) {

    static Chain either(Chain one, Chain other) {
      return new Chain(other.before, other.key, other.value, false);
    }

    static Deque<Chain> inOrder(@Nullable Chain last) {
      Deque<Chain> order = new ArrayDeque<>();
      for (Chain link = last; link != null; link = link.before) {
        order.push(link);
      }
      return order;
    }
  }

  private static final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Reads the print of an array, map or row. */
  static Outcome read(String text, SqlType type) {
    Reading whole;
    try {
      whole = new NestedText(text).container(type, 0).get(text.length());
    } catch (TooMuchException tooLong) {
      return new Outcome.Ambiguous();
    }
    if (whole == null || whole.value() == null) {
      return new Outcome.Malformed();
    }
    return whole.sure() ? new Outcome.Value(whole.value()) : new Outcome.Ambiguous();
  }

  /** All ways to read a value that starts here, by the position where it ends. */
  private Map<Integer, Reading> value(SqlType type, int at) {
    Start start = new Start(type, at);
    Map<Integer, Reading> earlier = known.get(start);
    if (earlier != null) {
      return earlier;
    }
    Map<Integer, Reading> ends = isContainer(type) ? container(type, at) : scalar(type, at);
    if (text.startsWith(NULL, at)) {
      ends.merge(at + NULL.length(), new Reading(null, true), (text, nothing) -> nothing.unsure());
    }
    known.put(start, ends);
    return ends;
  }

  static boolean isContainer(SqlType type) {
    return type instanceof SqlType.Array
        || type instanceof SqlType.MapOf
        || type instanceof SqlType.Row;
  }

  private Map<Integer, Reading> scalar(SqlType type, int at) {
    Map<Integer, Reading> ends = new TreeMap<>();
    boolean free = isFree(type);
    for (int end = at; end <= text.length(); end++) {
      if (end < text.length() && !mayEnd(end)) {
        continue;
      }
      Optional<Object> value =
          type == Simple.VARBINARY
              ? Optional.empty()
              : ResultValues.scalar(text.substring(at, end), type);
      if (value.isPresent()) {
        ends.put(end, new Reading(value.get(), true));
      }
      if (!free) {
        return ends;
      }
      step(end - at);
    }
    return ends;
  }

  /** Whether a value of the type may hold what separates values. */
  private static boolean isFree(SqlType type) {
    return type instanceof SqlType.Varchar || type instanceof SqlType.Char || type == Simple.JSON;
  }

  private boolean mayEnd(int at) {
    char next = text.charAt(at);
    return next == ']' || next == '}' || next == '=' || text.startsWith(SEPARATOR, at);
  }

  private void step(int work) {
    steps += 1 + work;
    if (steps > MOST_STEPS) {
      throw new TooMuchException();
    }
  }

  private Map<Integer, Reading> container(SqlType type, int at) {
    Map<Integer, Reading> ends = new TreeMap<>();
    if (type instanceof SqlType.Array array) {
      closed(at, '[', ']', from -> elements(array, from))
          .forEach((end, last) -> ends.put(end, new Reading(list(last), isSure(last))));
    } else if (type instanceof SqlType.MapOf map) {
      closed(at, '{', '}', from -> entries(map, from))
          .forEach((end, last) -> ends.put(end, new Reading(map(last), isSure(last))));
    } else {
      fields((SqlType.Row) type, at)
          .forEach((end, last) -> ends.put(end, new Reading(map(last), isSure(last))));
    }
    return ends;
  }

  /** A chain that something precedes is as sure as all of it. */
  private static boolean isSure(Optional<Chain> last) {
    return last.isEmpty() || last.get().sure();
  }

  private static Object list(Optional<Chain> last) {
    List<@Nullable Object> list = new ArrayList<>();
    Chain.inOrder(last.orElse(null)).forEach(link -> list.add(link.value()));
    return Collections.unmodifiableList(list);
  }

  private static Object map(Optional<Chain> last) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    Chain.inOrder(last.orElse(null)).forEach(link -> map.put(link.key(), link.value()));
    return Collections.unmodifiableMap(map);
  }

  /** Reads one more element from a place. */
  private interface Element {
    Map<Integer, Chain> from(int at);
  }

  /** What stands in brackets, separated. */
  private Map<Integer, Optional<Chain>> closed(int at, char open, char close, Element element) {
    Map<Integer, Optional<Chain>> ends = new TreeMap<>();
    if (at >= text.length() || text.charAt(at) != open) {
      return ends;
    }
    if (at + 1 < text.length() && text.charAt(at + 1) == close) {
      ends.put(at + 2, Optional.empty());
    }
    TreeMap<Integer, Optional<Chain>> pending = new TreeMap<>();
    pending.put(at + 1, Optional.empty());
    while (!pending.isEmpty()) {
      Map.Entry<Integer, Optional<Chain>> first = pending.pollFirstEntry();
      Optional<Chain> before = first.getValue();
      element
          .from(first.getKey())
          .forEach(
              (end, one) -> {
                Optional<Chain> next =
                    Optional.of(
                        new Chain(
                            before.orElse(null),
                            one.key(),
                            one.value(),
                            isSure(before) && one.sure()));
                if (end < text.length() && text.charAt(end) == close) {
                  ends.merge(end + 1, next, NestedText::either);
                }
                if (text.startsWith(SEPARATOR, end)) {
                  pending.merge(end + SEPARATOR.length(), next, NestedText::either);
                }
              });
    }
    return ends;
  }

  private static Optional<Chain> either(Optional<Chain> one, Optional<Chain> other) {
    return other.or(() -> one).map(chain -> Chain.either(chain, chain));
  }

  private Map<Integer, Chain> elements(SqlType.Array type, int at) {
    Map<Integer, Chain> next = new TreeMap<>();
    value(type.element(), at)
        .forEach((end, one) -> next.put(end, new Chain(null, null, one.value(), one.sure())));
    return next;
  }

  private Map<Integer, Chain> entries(SqlType.MapOf type, int at) {
    Map<Integer, Chain> next = new TreeMap<>();
    value(type.key(), at)
        .forEach(
            (equals, key) -> {
              if (equals < text.length() && text.charAt(equals) == '=') {
                value(type.value(), equals + 1)
                    .forEach(
                        (end, value) -> {
                          step(1);
                          boolean sure = key.sure() && value.sure();
                          next.merge(
                              end,
                              new Chain(null, key.value(), value.value(), sure),
                              Chain::either);
                        });
              }
            });
    return next;
  }

  private Map<Integer, Optional<Chain>> fields(SqlType.Row type, int at) {
    Map<Integer, Optional<Chain>> states = new TreeMap<>();
    states.put(at, Optional.empty());
    for (int i = 0; i < type.fields().size(); i++) {
      String name = type.duckName(i);
      String before = (i == 0 ? "{" : SEPARATOR) + name + "=";
      SqlType field = type.fields().get(i).type();
      Map<Integer, Optional<Chain>> next = new TreeMap<>();
      states.forEach(
          (from, soFar) -> {
            if (text.startsWith(before, from)) {
              value(field, from + before.length())
                  .forEach(
                      (end, value) -> {
                        step(1);
                        boolean sure = isSure(soFar) && value.sure();
                        next.merge(
                            end,
                            Optional.of(new Chain(soFar.orElse(null), name, value.value(), sure)),
                            NestedText::either);
                      });
            }
          });
      states = next;
    }
    Map<Integer, Optional<Chain>> ends = new TreeMap<>();
    states.forEach(
        (end, last) -> {
          if (end < text.length() && text.charAt(end) == '}') {
            ends.put(end + 1, last);
          }
        });
    return ends;
  }
}
