package io.lakesdk.metadata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** The current row of a result, valid while the function that it was passed to runs. */
public final class Row {

  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  private interface Get<T> {
    T from(ResultSet results) throws SQLException;
  }

  private <T> T get(Get<T> get) {
    try {
      return get.from(results);
    } catch (SQLException e) {
      throw new IllegalStateException("a metadata statement and its reader do not agree", e);
    }
  }

  private <T> Optional<T> optional(Get<T> get) {
    return get(
        r -> {
          T value = get.from(r);
          return r.wasNull() ? Optional.empty() : Optional.of(value);
        });
  }

  public String text(String column) {
    return get(r -> r.getString(column));
  }

  public Optional<String> optionalText(String column) {
    return get(r -> Optional.ofNullable(r.getString(column)));
  }

  public long number(String column) {
    return get(r -> r.getLong(column));
  }

  public OptionalLong optionalNumber(String column) {
    return optional(r -> r.getLong(column)).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  public boolean flag(String column) {
    return get(r -> r.getLong(column) != 0);
  }

  public byte[] bytes(String column) {
    return get(r -> r.getBytes(column));
  }

  public Instant instant(String column) {
    return Instant.EPOCH.plus(number(column), ChronoUnit.MICROS);
  }

  public Optional<Instant> optionalInstant(String column) {
    return optional(r -> r.getLong(column)).map(n -> Instant.EPOCH.plus(n, ChronoUnit.MICROS));
  }
}
