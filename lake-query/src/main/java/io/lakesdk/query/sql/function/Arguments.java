package io.lakesdk.query.sql.function;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The arguments of a call of a function in Java, counted from 0; none of them is NULL. */
public final class Arguments {

  private final Object[] values;

  public Arguments(Object[] values) {
    this.values = values;
  }

  public String text(int argument) {
    return (String) values[argument];
  }

  /** A whole number of any type. */
  public long whole(int argument) {
    return (Long) values[argument];
  }

  /** A whole number as an int; beyond it the nearest. */
  public int small(int argument) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, whole(argument)));
  }

  /** A double or real. */
  public double number(int argument) {
    return (Double) values[argument];
  }

  public boolean truth(int argument) {
    return (Boolean) values[argument];
  }

  public byte[] bytes(int argument) {
    return HexFormat.of().parseHex(text(argument));
  }

  public BigDecimal decimal(int argument) {
    return new BigDecimal(text(argument));
  }

  public LocalDate date(int argument) {
    return (LocalDate) values[argument];
  }

  public LocalDateTime time(int argument) {
    return (LocalDateTime) values[argument];
  }

  /** An array; its elements are what JSON makes of them. */
  public List<?> list(int argument) {
    return Json.read(text(argument), List.class);
  }

  public Map<?, ?> map(int argument) {
    return Json.read(text(argument), Map.class);
  }
}
