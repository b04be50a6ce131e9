package io.lakesdk.query.projection;

import com.google.common.collect.Range;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.query.projection.Domain.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** From one number to another, the latter not included. */
  private record Span(long from, long to) {}

  /** The values in their order, or nothing if they are too many. */
  Optional<List<String>> in(Domain domain) {
    boolean ordered = !domain.isAll() && values.isOrdered(key.kind());
    List<Span> spans = ordered ? spans(domain) : List.of(new Span(0, values.count()));
    long left = most;
    for (Span span : spans) {
      left -= span.to() - span.from();
      if (left < 0) {
        return Optional.empty();
      }
    }
    List<String> chosen = new ArrayList<>();
    for (Span span : spans) {
      for (long number = span.from(); number < span.to(); number++) {
        String value = values.value(number);
        // Several moments of a range may be written in one way, which is one value.
        boolean repeated = !chosen.isEmpty() && chosen.get(chosen.size() - 1).equals(value);
        if (!repeated && (ordered || domain.isAll() || domain.ranges().contains(typed(value)))) {
          chosen.add(value);
        }
      }
    }
    return Optional.of(chosen);
  }

  private List<Span> spans(Domain domain) {
    List<Span> spans = new ArrayList<>();
    for (Range<Value> range : domain.ranges().asRanges()) {
      long from = first(number -> !Domain.isBefore(typed(values.value(number)), range));
      long to = first(number -> Domain.isAfter(typed(values.value(number)), range));
      if (from < to) {
        spans.add(new Span(from, to));
      }
    }
    return spans;
  }

  /** The first number for which this holds, as it does for all that follow; or their count. */
  private long first(LongPredicate holds) {
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
    return low;
  }

  private Value typed(String value) {
    return new Value(key.kind() == Layout.Kind.INTEGER ? (Object) Long.valueOf(value) : value);
  }
}
