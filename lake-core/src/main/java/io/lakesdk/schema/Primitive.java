package io.lakesdk.schema;

import java.util.Locale;

/** The types without parameters; described at the constants of {@link DataType}. */
public enum Primitive implements DataType {
  BOOLEAN,
  TINYINT,
  SMALLINT,
  INT,
  BIGINT,
  FLOAT,
  DOUBLE,
  STRING,
  BINARY,
  DATE,
  TIMESTAMP;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Hive's name of the type: {@code bigint}. */
  @Override
  public String toString() {
    return text;
  }
}
