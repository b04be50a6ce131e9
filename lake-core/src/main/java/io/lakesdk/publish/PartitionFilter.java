package io.lakesdk.publish;

import java.util.List;
import java.util.stream.Stream;

/**
 * A condition on partition values, to find the files that a query needs without looking at the
 * others. It may admit too much and never too little: what it admits is filtered again. It may be
 * of any length, and may nest 1,000 levels of And in Or in And.
 */
public sealed interface PartitionFilter {

  /** Every partition. */
  record Any() implements PartitionFilter {}

  /**
   * A key compared with a value.
   *
   * @param key the partition key, lower-case
   * @param operator how
   * @param value a {@code Long} for keys of integer types, compared as a number; a {@code String}
   *     for string and date keys, compared by its bytes in UTF-8. Keys of other types are not
   *     compared here
   */
  record Compare(String key, Operator operator, Object value) implements PartitionFilter {}

  /** A key that is NULL. */
  record IsNull(String key) implements PartitionFilter {}

  /**
   * All of these hold.
   *
   * @param all as many as there are; those of an And among them stand for it
   */
  record And(List<PartitionFilter> all) implements PartitionFilter {
    public And {
      all =
          all.stream()
              .flatMap(one -> one instanceof And and ? and.all().stream() : Stream.of(one))
              .toList();
    }
  }

  /**
   * One of these holds, at least.
   *
   * @param any as many as there are; those of an Or among them stand for it
   */
  record Or(List<PartitionFilter> any) implements PartitionFilter {
    public Or {
      any =
          any.stream()
              .flatMap(one -> one instanceof Or or ? or.any().stream() : Stream.of(one))
              .toList();
    }
  }

  /** How a key is compared; NULL compares with nothing. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** How SQL writes it. */
    public String symbol() {
      return symbol;
    }
  }

  static PartitionFilter any() {
    return new Any();
  }
}
