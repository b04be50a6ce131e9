package io.lakesdk.query.projection;

import io.lakesdk.publish.draft.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * Chooses those values of a key that a domain admits. Where values are ordered, only those that are
 * chosen are looked at, and a few for each range.
 */
final class Selection {

  private final Layout.Key key;
  private final KeyValues values;
  private final long most;

  /**
   * @param most values that may be chosen or looked at
   */
  Selection(Layout.Key key, KeyValues values, long most) {
    this.key = key;
    this.values = values;
    this.most = most;
  }

  /** From one number to another, both included. */
  private record Span(long from, long to) {}

  /** The values in their order, or nothing if they are too many. */
  Optional<List<String>> in(Domain domain) {
    if (values.count() == 0) {
      return Optional.of(List.of());
    }
    boolean ordered = domain.ranges().isPresent() && values.isOrdered(key.kind());
    List<Span> spans =
        ordered ? spans(domain.ranges().orElseThrow()) : List.of(new Span(0, values.count() - 1));
    long left = most;
    for (Span span : spans) {
      if (span.to() - span.from() >= left) {
        return Optional.empty();
      }
      left -= span.to() - span.from() + 1;
    }
    List<String> chosen = new ArrayList<>();
    for (Span span : spans) {
      for (long number = span.from(); number <= span.to(); number++) {
        add(values.value(number), domain, chosen);
      }
    }
    return Optional.of(chosen);
  }

  /** Several moments of a range may be written in one way, which is one value. */
  private void add(String value, Domain domain, List<String> chosen) {
    boolean repeated = !chosen.isEmpty() && chosen.get(chosen.size() - 1).equals(value);
    if (!repeated && (domain.ranges().isEmpty() || domain.contains(typed(value)))) {
      chosen.add(value);
    }
  }

  private List<Span> spans(List<Domain.Range> ranges) {
    List<Span> found = new ArrayList<>();
    for (Domain.Range range : ranges) {
      OptionalLong from = first(number -> !range.isAbove(typed(values.value(number))));
      OptionalLong after = first(number -> range.isBelow(typed(values.value(number))));
      long to = after.orElse(values.count()) - 1;
      if (from.isPresent() && from.getAsLong() <= to) {
        found.add(new Span(from.getAsLong(), to));
      }
    }
    found.sort(Comparator.comparingLong(Span::from));
    List<Span> merged = new ArrayList<>();
    for (Span span : found) {
      Span last = merged.isEmpty() ? span : merged.get(merged.size() - 1);
      if (!merged.isEmpty() && span.from() <= last.to()) {
        merged.set(merged.size() - 1, new Span(last.from(), Math.max(last.to(), span.to())));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  /** The first number for which this holds, as it does for all that follow. */
  private OptionalLong first(LongPredicate holds) {
    long low = 0;
    long high = values.count();
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < values.count() ? OptionalLong.of(low) : OptionalLong.empty();
  }

  private Object typed(String value) {
    return key.kind() == Layout.Kind.INTEGER ? (Object) Long.valueOf(value) : value;
  }
}
