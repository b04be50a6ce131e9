package io.lakesdk.schema;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param javaType the Java type with its article, for messages: {@code a long}
 * @param orWrapper for a primitive its wrapper, which could hold null; otherwise null
 * @param write from Java to the column
 * @param read from the column to Java; null when the value does not fit
 */
record ScalarCodec(
    DataType type,
    Place place,
    String javaType,
    @Nullable String orWrapper,
    Function<Object, Object> write,
    Function<Object, @Nullable Object> read)
    implements Codec {

  @Override
  public @Nullable Object toLake(@Nullable Object value) {
    return value == null ? null : write.apply(value);
  }

  @Override
  public @Nullable Object toJava(@Nullable Object value) {
    if (value == null) {
      if (orWrapper != null) {
        throw place.unreadable(
            "is "
                + javaType
                + " and cannot hold the null in the column; use "
                + orWrapper
                + " or Optional<"
                + orWrapper
                + ">");
      }
      return null;
    }
    Object read = this.read.apply(value);
    if (read == null) {
      throw place.misfit(value, javaType);
    }
    return read;
  }
}
