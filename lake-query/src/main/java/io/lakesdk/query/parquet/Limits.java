package io.lakesdk.query.parquet;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Two values with everything between them, in the terms of {@link StatisticsType}: what a column
 * can have in a row group, or what a constant stands for where files hold values finer than the
 * lake's, or a comparison rounds.
 */
record Limits(Object least, Object most) {

  private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1_000_000);
  private static final int ROUNDINGS = 4;

  /** Nothing if they are not in order. */
  static Optional<Limits> between(Object least, Object most) {
    Limits limits = new Limits(least, most);
    return Optional.of(limits).filter(l -> compare(l.least(), l.most()) <= 0);
  }

  /** A constant that a column is compared with; nothing if that is not understood here. */
  static Optional<Limits> of(Object constant, DataType column) {
    if (column == Primitive.FLOAT || column == Primitive.DOUBLE) {
      return constant instanceof Number number
          ? Optional.of(floating(number, column == Primitive.FLOAT))
          : Optional.empty();
    } else if (constant instanceof Long whole) {
      return Optional.of(exactly(BigDecimal.valueOf(whole)));
    } else if (constant instanceof BigDecimal) {
      return Optional.of(exactly(constant));
    } else if (constant instanceof Boolean bool) {
      return Optional.of(exactly(bool ? BigDecimal.ONE : BigDecimal.ZERO));
    } else if (constant instanceof LocalDate date) {
      return Optional.of(exactly(BigDecimal.valueOf(date.toEpochDay())));
    } else if (constant instanceof LocalDateTime time) {
      Instant instant = time.toInstant(ZoneOffset.UTC);
      BigDecimal at =
          BigDecimal.valueOf(instant.getEpochSecond(), -9)
              .add(BigDecimal.valueOf(instant.getNano()));
      return Optional.of(new Limits(at.subtract(MILLISECOND), at.add(MILLISECOND)));
    } else if (constant instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new String(bytes, StandardCharsets.UTF_8).equals(text)
          ? Optional.of(exactly(new String(bytes, StandardCharsets.ISO_8859_1)))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Limits exactly(Object value) {
    return new Limits(value, value);
  }

  private static Limits floating(Number number, boolean single) {
    double least = single ? number.floatValue() : number.doubleValue();
    double most = least;
    for (int i = 0; i < ROUNDINGS; i++) {
      least = single ? Math.nextDown((float) least) : Math.nextDown(least);
      most = single ? Math.nextUp((float) most) : Math.nextUp(most);
    }
    return new Limits(least + 0.0, most + 0.0);
  }

  /** Whether a value within these can be compared so with one within the others. */
  boolean mayBe(Operator operator, Limits others) {
    if (least.getClass() != others.least.getClass()) {
      return true;
    }
    int downwards = compare(least, others.most);
    int upwards = compare(most, others.least);
    return switch (operator) {
      case EQUAL -> downwards <= 0 && upwards >= 0;
      case NOT_EQUAL ->
          compare(least, most) != 0
              || compare(others.least, others.most) != 0
              || compare(least, others.least) != 0;
      case LESS -> downwards < 0;
      case AT_MOST -> downwards <= 0;
      case MORE -> upwards > 0;
      case AT_LEAST -> upwards >= 0;
    };
  }

  /** Two values of one class. */
  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) {
    return ((Comparable<Object>) one).compareTo(other);
  }
}
