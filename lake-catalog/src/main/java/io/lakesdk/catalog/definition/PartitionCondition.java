package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.catalog.definition.ConditionTokens.Kind;
import io.lakesdk.catalog.definition.ConditionTokens.Token;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.And;
import io.lakesdk.publish.PartitionFilter.Compare;
import io.lakesdk.publish.PartitionFilter.IsNull;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.publish.PartitionFilter.Or;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Parses conditions on partition keys, by recursive descent:
 *
 * <pre>
 * any     = all { OR all }
 * all     = one { AND one }
 * one     = NOT one | ( any ) | key test
 * test    = comparison value | [NOT] BETWEEN value AND value | [NOT] IN ( value {, value} )
 *         | IS [NOT] NULL
 * </pre>
 *
 * A negation is carried down to the comparisons, where it turns them around: NULL then satisfies
 * neither a comparison nor its negation, as SQL has it.
 */
final class PartitionCondition {

  private static final int DEEPEST = 100;

  private final Dataset dataset;
  private final ConditionTokens tokens;
  private int depth;

  private PartitionCondition(String condition, Dataset dataset) {
    this.dataset = dataset;
    this.tokens = new ConditionTokens(condition, Subject.dataset(dataset.id()));
  }

  static PartitionFilter parse(String condition, Dataset dataset) {
    PartitionCondition parser = new PartitionCondition(condition, dataset);
    PartitionFilter filter = parser.any(Sense.AS_IS);
    if (parser.tokens.peek().kind() != Kind.END) {
      throw parser.tokens.expected("AND, OR or the end");
    }
    return filter;
  }

  /** Whether what is parsed stands below an odd number of NOTs. */
  private enum Sense {
    AS_IS,
    NEGATED;

    Sense turned() {
      return this == AS_IS ? NEGATED : AS_IS;
    }

    PartitionFilter and(List<PartitionFilter> parts) {
      return this == AS_IS ? new And(parts) : new Or(parts);
    }

    PartitionFilter or(List<PartitionFilter> parts) {
      return turned().and(parts);
    }
  }

  private PartitionFilter any(Sense sense) {
    List<PartitionFilter> parts = new ArrayList<>();
    do {
      parts.add(all(sense));
    } while (tokens.takeKeyword("or"));
    return parts.size() == 1 ? parts.get(0) : sense.or(parts);
  }

  private PartitionFilter all(Sense sense) {
    List<PartitionFilter> parts = new ArrayList<>();
    do {
      parts.add(one(sense));
    } while (tokens.takeKeyword("and"));
    return parts.size() == 1 ? parts.get(0) : sense.and(parts);
  }

  private PartitionFilter one(Sense sense) {
    int position = tokens.peek().position();
    if (++depth > DEEPEST) {
      throw tokens.wrong(position, "more than " + DEEPEST + " levels of NOT and parentheses");
    }
    try {
      if (tokens.takeKeyword("not")) {
        return one(sense.turned());
      }
      if (tokens.takeSymbol("(")) {
        PartitionFilter inside = any(sense);
        tokens.requireSymbol(")");
        return inside;
      }
      return test(key(), sense);
    } finally {
      depth--;
    }
  }

  private Column key() {
    Token token = tokens.peek();
    if (token.kind() != Kind.NAME && token.kind() != Kind.QUOTED_NAME) {
      throw tokens.expected("a partition key");
    }
    tokens.take();
    String name = token.text().toLowerCase(Locale.ROOT);
    return dataset.partitions().stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() -> tokens.wrong(token.position(), name + " is no partition key" + keys()));
  }

  private String keys() {
    return dataset.partitions().isEmpty()
        ? "; the dataset has none"
        : "; the keys are "
            + dataset.partitions().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private PartitionFilter test(Column key, Sense before) {
    if (tokens.takeKeyword("is")) {
      Sense sense = tokens.takeKeyword("not") ? before.turned() : before;
      tokens.requireKeyword("null");
      return sense == Sense.AS_IS ? new IsNull(key.name()) : isPresent(key);
    }
    Sense sense = tokens.takeKeyword("not") ? before.turned() : before;
    if (tokens.takeKeyword("between")) {
      PartitionFilter from = compare(key, Operator.AT_LEAST, sense);
      tokens.requireKeyword("and");
      return sense.and(List.of(from, compare(key, Operator.AT_MOST, sense)));
    }
    if (tokens.takeKeyword("in")) {
      tokens.requireSymbol("(");
      List<PartitionFilter> values = new ArrayList<>();
      do {
        values.add(compare(key, Operator.EQUAL, sense));
      } while (tokens.takeSymbol(","));
      tokens.requireSymbol(")");
      return sense.or(values);
    }
    if (sense != before) {
      throw tokens.expected("BETWEEN or IN");
    }
    return compare(key, operator(), sense);
  }

  private Operator operator() {
    Token token = tokens.peek();
    Operator operator =
        switch (token.kind() == Kind.SYMBOL ? token.text() : "") {
          case "=" -> Operator.EQUAL;
          case "<>", "!=" -> Operator.NOT_EQUAL;
          case "<" -> Operator.LESS;
          case "<=" -> Operator.AT_MOST;
          case ">" -> Operator.MORE;
          case ">=" -> Operator.AT_LEAST;
          default -> throw tokens.expected("one of = <> != < <= > >=, BETWEEN, IN or IS NULL");
        };
    tokens.take();
    return operator;
  }

  private PartitionFilter compare(Column key, Operator operator, Sense sense) {
    Operator effective = sense == Sense.AS_IS ? operator : negated(operator);
    return new Compare(key.name(), effective, value(key));
  }

  private static Operator negated(Operator operator) {
    return switch (operator) {
      case EQUAL -> Operator.NOT_EQUAL;
      case NOT_EQUAL -> Operator.EQUAL;
      case LESS -> Operator.AT_LEAST;
      case AT_MOST -> Operator.MORE;
      case MORE -> Operator.AT_MOST;
      case AT_LEAST -> Operator.LESS;
    };
  }

  private Object value(Column key) {
    if (isWhole(key.type())) {
      return number(key);
    }
    if (key.type() == Primitive.DATE) {
      tokens.takeKeyword("date");
      return date(key);
    }
    requireText(key);
    Token token = tokens.peek();
    if (token.kind() != Kind.TEXT) {
      throw mismatch(token, key, "a text in single quotes");
    }
    return tokens.take().text();
  }

  private Long number(Column key) {
    Token token = tokens.peek();
    try {
      if (token.kind() == Kind.NUMBER) {
        long value = Long.parseLong(token.text());
        tokens.take();
        return value;
      }
    } catch (NumberFormatException fractionOrTooLarge) {
      // told below
    }
    throw mismatch(token, key, "a whole number without quotes");
  }

  private String date(Column key) {
    Token token = tokens.peek();
    try {
      if (token.kind() == Kind.TEXT) {
        String value = LocalDate.parse(token.text()).toString();
        tokens.take();
        return value;
      }
    } catch (DateTimeParseException noSuchDate) {
      // told below
    }
    throw mismatch(token, key, "a date that exists, written 'YYYY-MM-DD',");
  }

  /** Every value is at least the smallest, and NULL is not. */
  private PartitionFilter isPresent(Column key) {
    if (isWhole(key.type())) {
      return new Compare(key.name(), Operator.AT_LEAST, Long.MIN_VALUE);
    }
    requireText(key);
    return new Compare(key.name(), Operator.AT_LEAST, "");
  }

  private void requireText(Column key) {
    DataType type = key.type();
    if (type != Primitive.STRING && type != Primitive.DATE) {
      throw tokens.wrong(
          tokens.peek().position(),
          "key "
              + key.name()
              + " is of type "
              + type
              + "; only keys of whole numbers, texts and dates are compared");
    }
  }

  private static boolean isWhole(DataType type) {
    return type == Primitive.TINYINT
        || type == Primitive.SMALLINT
        || type == Primitive.INT
        || type == Primitive.BIGINT;
  }

  private RuntimeException mismatch(Token token, Column key, String form) {
    return tokens.wrong(
        token.position(), form + " is expected for key " + key.name() + " of type " + key.type());
  }
}
