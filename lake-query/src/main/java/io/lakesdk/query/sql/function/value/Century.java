package io.lakesdk.query.sql.function.value;

import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalUnit;
import java.time.temporal.UnsupportedTemporalTypeException;
import java.time.temporal.ValueRange;

/** The century of a date as Joda-Time counts it: the year of its era, divided by 100. */
enum Century implements TemporalField {
  OF_ERA;

  private static final long YEARS = 100;
  private static final long MOST = 9_999_999;

  @Override
  public TemporalUnit getBaseUnit() {
    return ChronoUnit.CENTURIES;
  }

  @Override
  public TemporalUnit getRangeUnit() {
    return ChronoUnit.ERAS;
  }

  @Override
  public ValueRange range() {
    return ValueRange.of(0, MOST);
  }

  @Override
  public boolean isDateBased() {
    return true;
  }

  @Override
  public boolean isTimeBased() {
    return false;
  }

  @Override
  public boolean isSupportedBy(TemporalAccessor temporal) {
    return temporal.isSupported(ChronoField.YEAR_OF_ERA);
  }

  @Override
  public ValueRange rangeRefinedBy(TemporalAccessor temporal) {
    return range();
  }

  @Override
  public long getFrom(TemporalAccessor temporal) {
    return temporal.getLong(ChronoField.YEAR_OF_ERA) / YEARS;
  }

  @Override
  public <R extends Temporal> R adjustInto(R temporal, long newValue) {
    throw new UnsupportedTemporalTypeException("the century cannot be set");
  }
}
